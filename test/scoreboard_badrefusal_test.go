//go:build scoreboard

package test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// badLimits are 429 with every kind of Retry-After, and how long each holds the
// next refresh back. The portal's own back-off is one to two seconds, and no wait
// is longer than ten minutes; what the program adds to spread processes is at
// most a minute.
func badLimits() []badAnswer {
	ten := bounds{10*time.Minute - 5*time.Second, 11 * time.Minute}
	rows := []struct {
		name string
		more []string
		wait bounds
	}{
		{"none", nil, bounds{0, 2 * time.Minute}},
		{"seconds", []string{"60"}, bounds{55 * time.Second, 2 * time.Minute}},
		{"date", []string{"+90s"}, bounds{85 * time.Second, 3 * time.Minute}},
		{"date long gone", []string{"-240h"}, bounds{0, 2 * time.Minute}},
		{"date far away", []string{"+240h"}, ten},
		{"zero", []string{"0"}, bounds{0, 2 * time.Minute}},
		{"negative", []string{"-60"}, bounds{0, 2 * time.Minute}},
		{"fraction", []string{"1.5"}, bounds{0, 2 * time.Minute}},
		{"garbage", []string{"soon"}, bounds{0, 2 * time.Minute}},
		{"huge", []string{"31536000"}, ten},
		{"overflow", []string{"99999999999999999999999"}, ten},
		{"twice", []string{"60", "86400"}, bounds{55 * time.Second, 11 * time.Minute}},
		{"list", []string{"60, 120"}, bounds{0, 3 * time.Minute}},
		{"empty", []string{""}, bounds{0, 2 * time.Minute}},
		{"other spelling of a date", []string{"RFC 850"}, bounds{110 * time.Second, 4 * time.Minute}},
	}
	var all []badAnswer
	for _, r := range rows {
		all = append(all, badAnswer{
			name: "429 Retry-After " + r.name, class: oauth.ClassRateLimited, wait: r.wait,
			answer: func(x *exchange) {
				var more []string
				for _, value := range r.more {
					more = append(more, "Retry-After: "+inTime(value))
				}
				says(429, `{"status":"error","errorType":"RATE_LIMIT","message":"slow down"}`, more...)(x)
			},
		})
	}
	return append(all,
		badAnswer{name: "429 page", class: oauth.ClassRateLimited, answer: say(429, htmlType, badPage)},
		badAnswer{name: "429 invalid_grant", class: oauth.ClassRateLimited, answer: says(429, `{"error":"invalid_grant"}`)},
		badAnswer{name: "429 daily", class: oauth.ClassRateLimited, answer: says(429, `{"errorType":"RATE_LIMIT","policyName":"DAILY"}`)},
		badAnswer{name: "503 Retry-After", class: oauth.ClassTransient, wait: bounds{55 * time.Second, 3 * time.Minute}, answer: say(503, htmlType, badPage, "Retry-After: 60")},
		badAnswer{
			name: "429 date by a clock that is a day ahead", class: oauth.ClassRateLimited, wait: bounds{55 * time.Second, 3 * time.Minute},
			answer: func(x *exchange) {
				says(429, `{}`, "Date: "+inTime("+24h"), "Retry-After: "+inTime("+24h1m"))(x)
			},
		})
}

// inTime is a date so far from now for a text such as +90s, which is dated when
// it is sent; any other text is left as it is.
func inTime(text string) string {
	if text == "RFC 850" { // the other spelling of RFC 9110 section 5.6.7
		return time.Now().UTC().Add(2 * time.Minute).Format("Monday, 02-Jan-06 15:04:05 GMT")
	}
	from, err := time.ParseDuration(text)
	if err != nil || !strings.ContainsAny(text, "smh") {
		return text
	}
	return time.Now().UTC().Add(from).Format(http.TimeFormat)
}

// badSettings are refusals of the app, which a person has to mend; the grant is
// not touched.
func badSettings() []badAnswer {
	rows := []struct {
		status int
		body   string
	}{
		{401, `{"error":"invalid_client"}`},
		{400, `{"status":"BAD_CLIENT_SECRET","error":"invalid_client","message":"missing or invalid client secret"}`},
		{400, `{"status":"BAD_CLIENT_ID","error":"invalid_client"}`},
		{400, `{"error":"unauthorized_client"}`},
		{400, `{"error":"unsupported_grant_type"}`},
		{400, `{"error":"invalid_request"}`},
		{400, `{"error":"invalid_scope"}`},
		{400, `{"status":"MISMATCH_REDIRECT_URI_AUTH_CODE","error":"invalid_grant"}`},
		{400, `{"status":"BAD_CODE_VERIFIER","error":"invalid_grant"}`},
	}
	var all []badAnswer
	for _, r := range rows {
		all = append(all, badAnswer{
			name: fmt.Sprint(r.status, " ", r.body), class: oauth.ClassAppMisconfigured, status: oauth.StatusAppMisconfigured,
			answer: says(r.status, r.body),
		})
	}
	return append(all,
		badAnswer{name: "403 JSON of a proxy", class: oauth.ClassAppMisconfigured, answer: says(403, `{"message":"blocked by policy"}`)},
		badAnswer{name: "401 JSON of a proxy", class: oauth.ClassAppMisconfigured, answer: says(401, `{"message":"who are you?"}`)},
		badAnswer{name: "400 empty object", class: oauth.ClassAppMisconfigured, answer: says(400, `{}`)},
	)
}

// trueRefusals really end the connection, and have to be recognised.
func trueRefusals() []badAnswer {
	rows := []struct {
		name   string
		answer func(*exchange)
	}{
		{"HubSpot's refusal", says(400, `{"status":"BAD_REFRESH_TOKEN","error":"invalid_grant","message":"missing or invalid refresh token"}`)},
		{"invalid_grant alone", says(400, `{"error":"invalid_grant"}`)},
		{"BAD_REFRESH_TOKEN alone", says(400, `{"status":"BAD_REFRESH_TOKEN"}`)},
		{"the portal is gone", says(400, `{"status":"BAD_HUB","error":"access_denied"}`)},
		{"invalid_grant with 401", says(401, `{"error":"invalid_grant"}`)},
		{"invalid_grant with 403", says(403, `{"error":"invalid_grant"}`)},
		{"invalid_grant as text/plain", say(400, "text/plain", `{"error":"invalid_grant"}`)},
		{"invalid_grant behind a byte order mark", says(400, "\ufeff"+`{"error":"invalid_grant"}`)},
		{"invalid_grant in pieces", raw("HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"error\":\r\n10\r\n\"invalid_grant\"}\r\n0\r\n\r\n")},
		{"invalid_grant packed", func(x *exchange) {
			says(400, packed(`{"error":"invalid_grant"}`), "Content-Encoding: gzip")(x)
		}},
		{"a refusal that repeats what was sent", func(x *exchange) {
			token := x.form().Get("refresh_token")
			says(400, fmt.Sprintf(`{"error":"invalid_grant","error_description":"the token %s of %s is bad"}`, token, x.form().Get("client_secret")))(x)
		}},
	}
	var all []badAnswer
	for _, r := range rows {
		all = append(all, badAnswer{name: r.name, class: oauth.ClassRevoked, status: oauth.StatusReconnectRequired, answer: r.answer})
	}
	return all
}

// noRefusals look like the end of a grant, and are not.
func noRefusals() []badAnswer {
	app, bad := oauth.ClassAppMisconfigured, oauth.ClassBadResponse
	refused := oauth.StatusAppMisconfigured
	return []badAnswer{
		{name: "INVALID_GRANT in capitals", class: app, status: refused, answer: says(400, `{"error":"INVALID_GRANT"}`)},
		{name: "Invalid_Grant", class: app, status: refused, answer: says(400, `{"error":"Invalid_Grant"}`)},
		{name: "invalid-grant", class: app, status: refused, answer: says(400, `{"error":"invalid-grant"}`)},
		{name: "invalid_grant_type", class: app, status: refused, answer: says(400, `{"error":"invalid_grant_type"}`)},
		{name: "bad_refresh_token in small letters", class: app, status: refused, answer: says(400, `{"status":"bad_refresh_token"}`)},
		{name: "invalid_grant in the description", class: app, status: refused, answer: says(400, `{"error":"odd","error_description":"invalid_grant"}`)},
		{name: "invalid_grant in a list", class: app, answer: says(400, `{"error":["invalid_grant"]}`)},
		{name: "invalid_grant deeper down", class: app, answer: says(400, `{"error":{"code":"invalid_grant"}}`)},
		{name: "invalid_grant with 404", class: app, status: refused, answer: says(404, `{"error":"invalid_grant"}`)},
		{name: "BAD_AUTH_CODE to a refresh", class: app, status: refused, answer: says(400, `{"status":"BAD_AUTH_CODE"}`)},
		{name: "invalid_grant on a page", class: bad, answer: say(400, htmlType, `{"error":"invalid_grant"}`)},
		{name: "invalid_grant inside a page", class: bad, answer: say(400, htmlType, `<p>{"error":"invalid_grant"}</p>`)},
		{name: "invalid_grant and a page", class: bad, answer: says(400, `{"error":"invalid_grant"}`+badPage)},
		{name: "half of invalid_grant", class: bad, answer: says(400, `{"error":"invalid_gra`)},
		{name: "invalid_grant broken off", class: oauth.ClassTransient, answer: raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n{\"error\":\"invalid_grant\"}")},
	}
}
