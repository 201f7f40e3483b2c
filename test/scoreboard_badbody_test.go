//go:build scoreboard

package test

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/hsterm/hsterm/oauth"
)

// badToken is a token answer with fields changed: pairs of a name and the JSON in
// its place, "" to leave the field out. What it gives is worth nothing, and must
// never be stored.
func badToken(changes ...string) string {
	fields := map[string]json.RawMessage{
		"token_type": json.RawMessage(`"bearer"`), "access_token": json.RawMessage(`"` + marker + `-bad-access"`),
		"refresh_token": json.RawMessage(`"` + marker + `-bad-refresh"`), "expires_in": json.RawMessage(`1800`),
		"hub_id": json.RawMessage(`62515`),
	}
	for i := 0; i < len(changes); i += 2 {
		delete(fields, changes[i])
		if changes[i+1] != "" {
			fields[changes[i]] = json.RawMessage(changes[i+1])
		}
	}
	var b strings.Builder
	for name, value := range fields { // by hand: what is no JSON has to get through
		fmt.Fprintf(&b, ",%q:%s", name, value)
	}
	return "{" + strings.TrimPrefix(b.String(), ",") + "}"
}

// badBodies are answers of 200 whose body is no token answer.
func badBodies() []badAnswer {
	rows := []struct{ name, contentType, body string }{
		{"200 page", htmlType, badPage},
		{"200 page that calls itself JSON", jsonType, badPage},
		{"200 page without a type", "", "\r\n  " + badPage},
		{"200 token that calls itself a page", htmlType, badToken()},
		{"200 empty", jsonType, ""},
		{"200 spaces", jsonType, "  \r\n "},
		{"200 null", jsonType, "null"},
		{"200 array", jsonType, "[" + badToken() + "]"},
		{"200 string", jsonType, `"bearer"`},
		{"200 number", jsonType, "7"},
		{"200 empty object", jsonType, "{}"},
		{"200 half an object", jsonType, badToken()[:60]},
		{"200 two objects", jsonType, badToken() + badToken()},
		{"200 object and a page", jsonType, badToken() + badPage},
		{"200 form", "application/x-www-form-urlencoded", "access_token=" + marker + "-bad&token_type=bearer&expires_in=1800"},
		{"200 JSONP", "application/javascript", "callback(" + badToken() + ")"},
		{"200 JSON with a comment", jsonType, "/* token */" + badToken()},
		{"200 UTF-16", jsonType, inUTF16(badToken())},
		{"200 NUL bytes before", jsonType, "\x00\x00" + badToken()},
		{"200 NUL bytes after", jsonType, badToken() + "\x00"},
		{"200 NUL in a key", jsonType, strings.Replace(badToken(), "access_token", "access\x00_token", 1)},
		{"200 keys in capitals", jsonType, strings.ToUpper(badToken())},
		{"200 deep arrays", jsonType, strings.Repeat("[", 20000) + strings.Repeat("]", 20000)},
		{"200 deep and never closed", jsonType, strings.Repeat(`{"a":`, 12000)},
		{"200 token beside something deep", jsonType, badToken("scopes", strings.Repeat("[", 500)+strings.Repeat("]", 500))},
		{"200 error object", jsonType, `{"status":"error","message":"Something went wrong","category":"INTERNAL"}`},
		{"200 invalid_grant", jsonType, `{"error":"invalid_grant","error_description":"revoked"}`},
		{"200 BAD_REFRESH_TOKEN", jsonType, `{"status":"BAD_REFRESH_TOKEN","message":"missing or invalid refresh token"}`},
		{"200 active false", jsonType, `{"active":false}`},
		{"200 token inside another object", jsonType, `{"data":` + badToken() + `}`},
	}
	var all []badAnswer
	for _, r := range rows {
		all = append(all, badAnswer{name: r.name, class: oauth.ClassBadResponse, answer: say(200, r.contentType, r.body)})
	}
	return all
}

// badTokens are token answers with one field wrong.
func badTokens() []badAnswer {
	const access, refresh, kind = "access_token", "refresh_token", "token_type"
	rows := []struct{ field, json string }{
		{kind, `"mac"`},
		{kind, `""`},
		{kind, `7`},
		{kind, `null`},
		{kind, `["bearer"]`},
		{kind, `"bearer "`},
		{kind, ""},
		{access, `""`},
		{access, ""},
		{access, `null`},
		{access, `12345`},
		{access, `{}`},
		{access, `true`},
		{access, `"a\nb"`},
		{access, `"a\r\nX-Other: b"`},
		{access, `"a\u0000b"`},
		{access, `"a\u001b[2Jb"`},
		{access, `"a b"`},
		{access, `"tökén"`},
		{refresh, `5`},
		{refresh, `["no"]`},
		{refresh, `{}`},
		{refresh, `false`},
		{refresh, `"a\nb"`},
		{refresh, `"a\u007fb"`},
	}
	var all []badAnswer
	for _, r := range rows {
		all = append(all, badAnswer{
			name: strings.TrimSpace(r.field + " " + r.json), class: oauth.ClassBadResponse, answer: says(200, badToken(r.field, r.json)),
		})
	}
	return append(all,
		badAnswer{name: "every type wrong", class: oauth.ClassBadResponse, answer: says(200, `{"token_type":7,"access_token":12345,"refresh_token":["no"],"expires_in":"soon"}`)},
		badAnswer{name: "a token of another portal", class: oauth.ClassWrongPortal, answer: says(200, badToken("hub_id", "771204"))},
	)
}

func badLifetimes() []badAnswer {
	var all []badAnswer
	for _, text := range []string{`0`, `-1`, `86401`, `9223372036854775807`, `99999999999999999999999`, `1e400`, `1800.5`, `1e3`, `"1800"`, `"soon"`, `true`, `[]`, `{}`, `NaN`} {
		all = append(all, badAnswer{name: "expires_in " + text, class: oauth.ClassBadResponse, answer: says(200, badToken("expires_in", text))})
	}
	return all
}

func inUTF16(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}
