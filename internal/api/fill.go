package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/hsterm/hsterm/oauth"
)

// Target is the sample's path with values in place of its placeholders, and its
// query, as one line that can be edited: /crm/objects/…/contacts/1?limit=10.
// values overrides what the catalogue suggests, by parameter name.
func (s Sample) Target(values map[string]string) string {
	pick := func(p Param) string {
		if v, ok := values[p.Name]; ok && v != "" {
			return v
		}
		return p.Value
	}
	path := s.Path
	for _, p := range s.Params {
		path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(pick(p)))
	}
	if len(s.Query) == 0 {
		return path
	}
	pairs := make([]string, len(s.Query))
	for i, p := range s.Query {
		pairs[i] = url.QueryEscape(p.Name) + "=" + url.QueryEscape(pick(p))
	}
	return path + "?" + strings.Join(pairs, "&")
}

// Request is the sample as it is sent, with the catalogue's own suggestions.
func (s Sample) Request() Request {
	req := Request{Method: s.Method, Path: s.Target(nil)}
	if s.Body != "" {
		req.Body = []byte(s.Body)
	}
	return req
}

// ParseTarget reads a path with an optional query, the way a person types it or
// pastes it. A failure is of ClassUsage and says what to type instead.
func ParseTarget(line string) (path string, query url.Values, err error) {
	line = strings.TrimSpace(line)
	if err := checkPath(line); err != nil {
		return "", nil, err
	}
	path, raw, _ := strings.Cut(line, "?")
	query, perr := url.ParseQuery(raw)
	if perr != nil {
		return "", nil, usage("The query of this address cannot be read.",
			"Write it as ?name=value&name=value, with %XX for special characters.")
	}
	return path, query, nil
}

// checkPath refuses everything that could lead a token to another host than the
// portal's own.
func checkPath(path string) error {
	switch {
	case path == "":
		return usage("There is no path to call.", `Give one that begins with "/", such as /crm/objects/2026-09/contacts.`)
	case strings.Contains(path, "://"), strings.HasPrefix(path, "//"), strings.HasPrefix(path, `/\`):
		return usage("A full address is not called: a token is only ever sent to the portal's own API host.",
			`Give only the path, beginning with one "/", such as /crm/objects/2026-09/contacts.`)
	case path[0] != '/':
		return usage(`A path begins with "/".`, `Did you mean "/`+printable(path)+`"?`)
	case strings.ContainsAny(path, "#{}"):
		return usage("The path holds a placeholder or a fragment.", "Replace {…} by a value and leave # out.")
	case strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }):
		return usage("The path holds a space or a control character.", "Write a space as %20.")
	}
	clean, _, _ := strings.Cut(path, "?")
	for segment := range strings.SplitSeq(clean, "/") {
		if plain, err := url.PathUnescape(segment); err != nil || plain == "." || plain == ".." {
			return usage(`The path holds "." or "..", or a % that is not followed by two hex digits.`, "Write the path out.")
		}
	}
	return nil
}

// checkMethod accepts what HubSpot's APIs use.
func checkMethod(method string) error {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return nil
	}
	return usage(fmt.Sprintf("%q is not a method of HubSpot's APIs.", method), "Use GET, HEAD, POST, PUT, PATCH or DELETE.")
}

// printable keeps what came from outside to one short word of visible ASCII.
// Each run of anything else becomes one mark, so that it is seen that something
// was there.
func printable(s string) string {
	const limit = 60
	const mark = unicode.ReplacementChar
	var out []rune
	for _, r := range s {
		if r < 0x21 || r > 0x7e {
			r = mark
		}
		if n := len(out); r == mark && n > 0 && out[n-1] == mark {
			continue
		}
		if out = append(out, r); len(out) == limit {
			break
		}
	}
	return string(out)
}

func usage(message, hint string) error {
	return &oauth.Error{Class: oauth.ClassUsage, Message: message, Hint: hint}
}
