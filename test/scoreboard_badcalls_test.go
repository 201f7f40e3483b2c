//go:build scoreboard

package test

import (
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// badFaults are those of `hsterm sandbox`, asked for as a person would.
func badFaults(thief string) []badAnswer {
	transient, bad := oauth.ClassTransient, oauth.ClassBadResponse
	all := []badAnswer{
		{class: transient, fault: `{"kind":"drip","delay_ms":1000,"body":{"token_type":"bearer","expires_in":1800}}`, slow: true},
		{class: transient, fault: `{"delay_ms":19000}`, slow: true, calls: -1}, // nobody is there any more when it looks
		{class: transient, fault: `{"status":503}`},
		{class: transient, fault: `{"kind":"reset"}`},
		{class: transient, fault: `{"kind":"truncate","body":{"token_type":"bearer"}}`},
		{class: bad, fault: `{"kind":"html"}`},
		{class: bad, fault: `{"kind":"html","status":403}`},
		{class: bad, fault: `{"kind":"huge"}`},
		{class: bad, fault: `{"kind":"gzip_bomb"}`},
		{class: bad, fault: `{"kind":"redirect","body":"` + thief + `"}`},
		{class: bad, fault: `{"kind":"redirect","status":308,"body":"` + thief + `"}`},
		{class: bad, fault: `{"kind":"wrong_types"}`},
		{class: bad, fault: `{"status":204}`},
		{class: oauth.ClassRateLimited, fault: `{"kind":"rate_limit","retry_after":["3","600"]}`},
		{class: oauth.ClassRateLimited, fault: `{"kind":"rate_limit","body":"DAILY","retry_after":-1}`},
	}
	for i, c := range all {
		all[i].name = "sandbox " + strings.TrimSuffix(strings.ReplaceAll(c.fault, thief, "..."), "}")
		all[i].fault = `{"route":"token",` + strings.TrimPrefix(c.fault, "{")
	}
	return all
}

// oddButGood are answers that are unusual and allowed: refusing one would lose the
// tokens in it. Each is the sandbox's own, in another shape.
func oddButGood() []badAnswer {
	fields := func(replace ...string) func(*exchange) {
		return func(x *exchange) { says(200, strings.NewReplacer(replace...).Replace(x.honest()))(x) }
	}
	rows := []struct {
		name   string
		answer func(*exchange)
	}{
		{"BEARER", fields(`"bearer"`, `"BEARER"`)},
		{"no expires_in", fields(`"expires_in":1800,`, ``)},
		{"null expires_in", fields(`"expires_in":1800`, `"expires_in":null`)},
		{"one second to live, told as a day", fields(`"expires_in":1800`, `"expires_in":86400`)},
		{"no hub_id", fields(`"hub_id":62515,`, ``)},
		{"hub_id as text", fields(`"hub_id":62515`, `"hub_id":"62515"`)},
		{"scopes of another type", fields(`"scopes":[`, `"scopes":[7,`)},
		{"unknown fields", fields(`{`, `{"x":{"y":[1,2,{"z":null}]},`)},
		{"space around", func(x *exchange) { says(200, "\r\n\t "+x.honest()+"\n\n")(x) }},
		{"a byte order mark", func(x *exchange) { says(200, "\ufeff"+x.honest())(x) }},
		{"no content type", func(x *exchange) { say(200, "", x.honest())(x) }},
		{"text/plain", func(x *exchange) { say(200, "text/plain", x.honest())(x) }},
		{"packed", func(x *exchange) { says(200, packed(x.honest()), "Content-Encoding: gzip")(x) }},
		{"a coding it does not have", func(x *exchange) { says(200, x.honest(), "Content-Encoding: zstd")(x) }},
		{"HTTP/1.0, no length", func(x *exchange) { x.write("HTTP/1.0 200 OK\r\n\r\n" + x.honest()) }},
		{"small letters, no reason", func(x *exchange) {
			x.write("HTTP/1.1 200\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n" + x.honest())
		}},
		{"early hints before", func(x *exchange) {
			x.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n")
			says(200, x.honest())(x)
		}},
		{"one byte a chunk, and a trailer", func(x *exchange) {
			x.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n")
			for _, b := range []byte(x.honest()) {
				x.write(fmt.Sprintf("1;x=y\r\n%c\r\n", b))
			}
			x.write("0\r\nX-Sum: 1\r\n\r\n")
		}},
		{"a reset after the whole answer", func(x *exchange) { says(200, x.honest())(x); silent(x.conn) }},
		{"a clock a day behind", func(x *exchange) { says(200, x.honest(), "Date: Thu, 01 Jan 1970 00:00:00 GMT")(x) }},
	}
	var all []badAnswer
	for _, r := range rows {
		all = append(all, badAnswer{name: "good: " + r.name, answer: r.answer})
	}
	return all
}

// honest is the body of the answer the sandbox gives, rotation included.
func (x *exchange) honest() string { return x.host.honest(x.req, x.body).Body.String() }

const contactsPath = "/crm/objects/2026-09/contacts"

// badCalls are bad answers of the API to `hsterm api`.
func badCalls(thief string) []badAnswer {
	transient, bad := oauth.ClassTransient, oauth.ClassBadResponse
	const expired = `{"status":"error","category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired 3 second(s) ago."}`
	rows := []badAnswer{
		{name: "page", class: bad, answer: say(200, htmlType, badPage)},
		{name: "JSON that is none", class: bad, answer: says(200, `{"results":[`)},
		{name: "deep JSON", class: bad, answer: says(200, strings.Repeat("[", 5000)+strings.Repeat("]", 5000))},
		{name: "10 MB", class: bad, answer: says(200, `{"results":"`+strings.Repeat("x", 10<<20)+`"}`)},
		{name: "gzip bomb", class: bad, answer: says(200, packed(strings.Repeat(" ", 64<<20)), "Content-Encoding: gzip")},
		{name: "307 to another host", class: bad, answer: say(307, "", "", "Location: "+thief+contactsPath)},
		{name: "302 to another host", class: bad, answer: say(302, "", "", "Location: "+thief+contactsPath)},
		{name: "reset", class: transient, calls: 3, answer: func(x *exchange) { reset(x.raw) }},
		{name: "truncated", class: transient, calls: 3, answer: raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")},
		{name: "a body that drips", class: transient, slow: true, answer: endlessDrip},
		{name: "101 and silence", class: bad, answer: func(x *exchange) {
			x.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
			silent(x.conn)
		}},
		{name: "500 page", class: transient, calls: 3, answer: say(500, htmlType, badPage)},
		{name: "503 for an hour", class: transient, answer: say(503, htmlType, badPage, "Retry-After: 3600")},
		{name: "477 for a day", class: transient, answer: says(477, `{}`, "Retry-After: 86400")},
		{name: "429 daily", class: oauth.ClassRateLimited, answer: says(429, `{"errorType":"RATE_LIMIT","policyName":"DAILY"}`)},
		{name: "429 for an hour", class: oauth.ClassRateLimited, answer: says(429, `{}`, "Retry-After: 3600")},
		{name: "403 page", class: oauth.ClassForbidden, answer: say(403, htmlType, badPage)},
		{name: "403 scopes", class: oauth.ClassPermissionDenied, answer: says(403, `{"category":"MISSING_SCOPES","errors":[{"context":{"requiredGranularScopes":["tickets"]}}]}`)},
		{name: "404 page", class: oauth.ClassRejected, answer: say(404, htmlType, badPage)},
		{name: "401 page of a proxy", class: oauth.ClassWrongCredential, answer: say(401, htmlType, badPage)},
		{name: "401 for another credential", class: oauth.ClassWrongCredential, answer: says(401, `{"category":"INVALID_AUTHENTICATION"}`)},
		{name: "401 to no token at all", class: oauth.ClassNotAToken, answer: says(401, `{"category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired 20705 day(s) ago."}`)},
		{name: "401 expired, always", class: oauth.ClassExpired, calls: 2, renewed: true, answer: says(401, expired)},
		{name: "401 invalid_grant", class: oauth.ClassWrongCredential, answer: says(401, `{"error":"invalid_grant"}`)},
		{name: "400 invalid_grant", class: oauth.ClassRejected, answer: says(400, `{"error":"invalid_grant","status":"BAD_REFRESH_TOKEN"}`)},
	}
	for i := range rows {
		rows[i].name, rows[i].path = "call: "+rows[i].name, contactsPath
		rows[i].args, rows[i].after = []string{"api", "--json"}, []string{"GET", contactsPath}
	}
	return rows
}

// badWrites are answers to a POST that must not be sent twice.
func badWrites() []badAnswer {
	unknown := oauth.ClassUnknownOutcome
	rows := []badAnswer{
		{name: "reset", class: unknown, answer: func(x *exchange) { reset(x.raw) }},
		{name: "an end", class: unknown, answer: raw("")},
		{name: "no status", class: unknown, answer: raw("HTTP/1.1 OK\r\n\r\n{}")},
		{name: "truncated", class: unknown, answer: raw("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{")},
		{name: "silence", class: unknown, slow: true, answer: func(x *exchange) { silent(x.conn) }},
		{name: "500", class: oauth.ClassTransient, answer: say(500, htmlType, badPage)},
		{name: "502", class: unknown, answer: say(502, htmlType, badPage)},
		{name: "307", class: oauth.ClassBadResponse, answer: say(307, "", "", "Location: "+contactsPath+"/2")},
		{name: "an end before the request", class: unknown, early: func(c net.Conn) { _ = c.Close() }},
	}
	for i := range rows {
		rows[i].name, rows[i].path = "write: "+rows[i].name, contactsPath
		rows[i].args, rows[i].after = []string{"api", "--json"}, []string{"POST", contactsPath, "-d", `{"properties":{}}`}
	}
	return rows
}

func endlessDrip(x *exchange) {
	dripping("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"+strings.Repeat(" ", 1000), 60*time.Millisecond)(x)
}
