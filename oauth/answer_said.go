package oauth

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
)

// said is what the body and headers of a failed answer say, as far as they can
// be understood. Every field is optional: HubSpot documents none as certain.
type said struct {
	html   bool // a web page: a gateway or an unknown route
	object bool // a JSON object

	rfcError    string // RFC 6749 section 5.2
	description string
	status      string // HubSpot's token endpoint, such as BAD_REFRESH_TOKEN
	message     string
	category    string
	policy      string
	correlation string
	expireTimes []string // context["expire time"]
	scopes      []string
	allScopes   bool
	challenge   challenge
}

// read understands a failed answer. Texts come out cleaned and redacted.
func (a Answer) read() said {
	s := said{
		html:        looksLikeHTML(a.Header, a.Body),
		correlation: a.text(a.Header.Get("X-HubSpot-Correlation-Id"), maxCodeText),
		challenge:   parseChallenge(a.Header.Values("WWW-Authenticate")),
	}
	var fields map[string]json.RawMessage
	if s.html || JSONDepth(a.Body) > MaxJSONDepth || json.Unmarshal(withoutMark(a.Body), &fields) != nil || fields == nil {
		return s
	}
	s.object = true
	code := func(name string) string { return a.text(jsonText(fields[name]), maxCodeText) }
	s.rfcError = code("error")
	s.description = a.text(jsonText(fields["error_description"]), maxServerText)
	s.status = code("status")
	s.message = a.text(jsonText(fields["message"]), maxServerText)
	s.category = code("category")
	s.policy = code("policyName")
	if id := code("correlationId"); s.correlation == "" {
		s.correlation = id
	}
	s.expireTimes = jsonTexts(jsonFields(fields["context"])["expire time"])
	s.scopes, s.allScopes = a.requiredScopes(fields)
	return s
}

// words is the server's own message, "" when it sent none.
func (s said) words() string {
	if s.description != "" {
		return s.description
	}
	return s.message
}

// code is the most telling code: HubSpot's status names more cases than the
// error of RFC 6749. "error" as status is the API's envelope and tells nothing.
func (s said) code() string {
	for _, c := range []string{s.category, s.status, s.rfcError, s.challenge.err} {
		if c != "" && c != "error" {
			return c
		}
	}
	return ""
}

// requiredScopes finds the scopes of a MISSING_SCOPES answer and whether all of
// them are needed. The names of the context fields have changed over the years.
func (a Answer) requiredScopes(fields map[string]json.RawMessage) (scopes []string, all bool) {
	var errs []json.RawMessage
	if json.Unmarshal(fields["errors"], &errs) != nil {
		errs = []json.RawMessage{fields["errors"]}
	}
	places := []map[string]json.RawMessage{fields}
	for _, raw := range errs {
		places = append(places, jsonFields(raw))
	}
	for _, place := range places {
		context := jsonFields(place["context"])
		for _, name := range []string{"requiredGranularScopes", "requiredScopes", "missingScopes"} {
			for _, text := range jsonTexts(context[name]) {
				for _, scope := range strings.FieldsFunc(text, betweenScopes) {
					scopes = appendNew(scopes, a.text(scope, maxServerText))
				}
			}
			if len(scopes) > 0 {
				return scopes, strings.HasPrefix(strings.ToLower(jsonText(place["message"])), "all of ")
			}
		}
	}
	return nil, false
}

// betweenScopes is what stands between scopes that share a string: no scope has it
// (RFC 6749 section 3.3 for the space).
func betweenScopes(r rune) bool { return strings.ContainsRune(" ,[]", r) }

func appendNew(list []string, item string) []string {
	for _, have := range list {
		if have == item {
			return list
		}
	}
	if item == "" {
		return list
	}
	return append(list, item)
}

// withoutMark takes the byte order mark off that some gateways put before JSON; a
// reader may ignore it (RFC 8259 section 8.1).
func withoutMark(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\ufeff")) }

func looksLikeHTML(h http.Header, body []byte) bool {
	kind, _, _ := strings.Cut(strings.ToLower(h.Get("Content-Type")), ";")
	switch strings.TrimSpace(kind) {
	case "text/html", "application/xhtml+xml":
		return true
	}
	return bytes.HasPrefix(bytes.TrimSpace(withoutMark(body)), []byte("<"))
}

// jsonText returns a JSON string's text, "" for anything else.
func jsonText(raw json.RawMessage) string {
	var s string
	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// jsonTexts returns the strings of an array, or the one string there is.
func jsonTexts(raw json.RawMessage) []string {
	var list []string
	if len(raw) > 0 && json.Unmarshal(raw, &list) == nil {
		return list
	}
	if s := jsonText(raw); s != "" {
		return []string{s}
	}
	return nil
}

// jsonFields returns an object's fields, nil for anything else.
func jsonFields(raw json.RawMessage) map[string]json.RawMessage {
	var fields map[string]json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	return fields
}
