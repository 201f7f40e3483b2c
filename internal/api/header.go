package api

import (
	"net/http"
	"net/textproto"
	"strings"
)

// checkHeader refuses headers that decide where a request goes, who sends it or
// how it is framed: those are not the caller's.
func checkHeader(h http.Header) error {
	for name, values := range h {
		if !isToken(name) {
			return usage("A header's name holds a character that is not allowed there.", "Write it as Name: value.")
		}
		switch textproto.CanonicalMIMEHeaderKey(name) {
		case "Authorization", "Cookie", "Proxy-Authorization":
			return usage("The header "+name+" is not sent: the portal's token is the only credential of a call.", "Leave it out.")
		case "Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Te", "Trailer",
			"Accept-Encoding", "Content-Encoding", "Expect":
			return usage("The header "+name+" is set by hsterm itself.", "Leave it out.")
		}
		for _, v := range values {
			if strings.ContainsFunc(v, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
				return usage("The header "+name+" holds a control character.", "Leave it out.")
			}
		}
	}
	return nil
}

// setHeader copies the caller's headers and fills in what an API call needs.
// Accept-Encoding stays unset: net/http then asks for gzip and undoes it by
// itself, so that the limit of a body counts what comes out.
func setHeader(out *http.Request, req Request) {
	for name, values := range req.Header {
		for _, v := range values {
			out.Header.Add(name, v)
		}
	}
	fill := func(name, value string) {
		if out.Header.Get(name) == "" {
			out.Header.Set(name, value)
		}
	}
	fill("Accept", "application/json")
	if len(req.Body) > 0 {
		fill("Content-Type", "application/json")
	}
}

// isToken is the grammar of a header's name (RFC 9110 section 5.6.2).
func isToken(s string) bool {
	for _, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != ""
}
