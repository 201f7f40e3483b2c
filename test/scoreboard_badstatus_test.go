//go:build scoreboard

package test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

const (
	jsonType = "application/json;charset=utf-8"
	htmlType = "text/html; charset=utf-8"
	badPage  = "<!doctype html><title>Oops</title><h1>Oops</h1>"
)

// say answers with a status, a content type and a body; more are header lines.
func say(status int, contentType, body string, more ...string) func(*exchange) {
	return func(x *exchange) {
		head := []string{
			fmt.Sprintf("HTTP/1.1 %d %s", status, http.StatusText(status)),
			"Content-Length: " + strconv.Itoa(len(body)), "Connection: close",
		}
		if contentType != "" {
			head = append(head, "Content-Type: "+contentType)
		}
		x.write(strings.Join(append(head, more...), "\r\n") + "\r\n\r\n" + body)
	}
}

// says is say with JSON.
func says(status int, body string, more ...string) func(*exchange) {
	return say(status, jsonType, body, more...)
}

// badStatuses are answers that pass by themselves, and answers that are none.
func badStatuses() []badAnswer {
	transient, bad := oauth.ClassTransient, oauth.ClassBadResponse
	return []badAnswer{
		{name: "500 page", class: transient, answer: say(500, htmlType, badPage)},
		{name: "500 invalid_grant", class: transient, answer: says(500, `{"error":"invalid_grant"}`)},
		{name: "500 BAD_REFRESH_TOKEN", class: transient, answer: says(500, `{"status":"BAD_REFRESH_TOKEN","error":"invalid_grant"}`)},
		{name: "501 empty", class: transient, answer: say(501, "", "")},
		{name: "502 page", class: transient, answer: say(502, htmlType, badPage)},
		{name: "503 JSON", class: transient, answer: says(503, `{"error":"temporarily_unavailable"}`)},
		{name: "504 text", class: transient, answer: say(504, "text/plain", "upstream timed out")},
		{name: "521 page", class: transient, answer: say(521, htmlType, badPage)},
		{name: "599", class: transient, answer: say(599, "", "")},
		{name: "408", class: transient, answer: say(408, "", "")},
		{name: "423 locked", class: transient, answer: says(423, `{"category":"LOCKED"}`)},
		{name: "425", class: transient, answer: say(425, "", "")},
		{name: "477 migrating for a day", class: transient, answer: says(477, `{}`, "Retry-After: 86400")},
		{name: "400 server_error", class: transient, answer: says(400, `{"error":"server_error"}`)},
		{name: "400 page", class: bad, answer: say(400, htmlType, badPage)},
		{name: "401 page of a proxy", class: bad, answer: say(401, htmlType, badPage, `WWW-Authenticate: Basic realm="proxy"`)},
		{name: "403 page of a proxy", class: bad, answer: say(403, htmlType, badPage)},
		{name: "404 page", class: bad, answer: say(404, htmlType, badPage)},
		{name: "405 text", class: bad, answer: say(405, "text/plain", "no", "Allow: GET")},
		{name: "407 page", class: bad, answer: say(407, htmlType, badPage, `Proxy-Authenticate: Basic realm="proxy"`)},
		{name: "413 empty", class: bad, answer: say(413, "", "")},
		{name: "451 page", class: bad, answer: say(451, htmlType, badPage)},
		{name: "400 empty", class: bad, answer: say(400, "", "")},
		{name: "400 array", class: bad, answer: says(400, `["invalid_grant"]`)},
		{name: "400 string", class: bad, answer: says(400, `"invalid_grant"`)},
		{name: "201 with a token", class: bad, answer: says(201, badToken())},
		{name: "202 with a token", class: bad, answer: says(202, badToken())},
		{name: "203 with a token", class: bad, answer: says(203, badToken())},
		{name: "204", class: bad, answer: func(x *exchange) { x.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n") }},
		{name: "205", class: bad, answer: says(205, "")},
		{name: "206 part of a token", class: bad, answer: says(206, badToken(), "Content-Range: bytes 0-10/500")},
		{name: "status 600", class: bad, answer: says(600, badToken())},
		{name: "status 999", class: bad, answer: says(999, badToken())},
		{name: "status 100 and then nothing", class: transient, answer: func(x *exchange) { x.write("HTTP/1.1 100 Continue\r\n\r\n") }},
		{name: "101 to another protocol", class: bad, answer: func(x *exchange) {
			x.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nPRI")
		}},
	}
}

// badRedirects point to a host that would collect what is sent.
func badRedirects(thief string) []badAnswer {
	var all []badAnswer
	for _, status := range []int{300, 301, 302, 303, 304, 305, 307, 308} {
		all = append(all, badAnswer{
			name: fmt.Sprintf("%d to another host", status), class: oauth.ClassBadResponse,
			answer: say(status, "", "", "Location: "+thief+"/oauth/2026-09/token"),
		})
	}
	return append(all,
		badAnswer{name: "302 to itself", class: oauth.ClassBadResponse, answer: say(302, "", "", "Location: /oauth/2026-09/token")},
		badAnswer{name: "307 to nowhere", class: oauth.ClassBadResponse, answer: say(307, "", "")},
		badAnswer{name: "307 with two places", class: oauth.ClassBadResponse, answer: say(307, "", "", "Location: "+thief, "Location: "+thief+"/b")},
		badAnswer{name: "200 with a Refresh header", class: oauth.ClassBadResponse, answer: say(200, htmlType, badPage, "Refresh: 0; url="+thief)},
	)
}
