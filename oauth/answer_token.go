package oauth

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// assumedLifetime is used when the answer has no expires_in, which RFC 6749
	// section 5.1 only recommends. It is the lifetime HubSpot gives.
	assumedLifetime = 30 * time.Minute
	maxLifetime     = 24 * time.Hour
)

// parseToken reads a token answer strictly: what would be stored in place of a
// working pair has to be beyond doubt. sent is when the request left, so that
// the expiry is never later than the server's.
func parseToken(a Answer, sent time.Time) (Token, error) {
	bad := func(what string) (Token, error) { return Token{}, badToken(a, what) }
	if a.Status != http.StatusOK {
		return bad("has the status " + strconv.Itoa(a.Status) + " instead of 200")
	}
	fields, what := object(a)
	if what != "" {
		return bad(what)
	}
	access := jsonText(fields["access_token"])
	switch {
	case absent(fields["access_token"]):
		return bad("has no access_token")
	case access == "":
		return bad("has an access_token that is empty or no string")
	case !printable(access):
		return bad("has an access_token with characters that no token has")
	}
	kind := jsonText(fields["token_type"])
	if !strings.EqualFold(kind, "bearer") {
		return bad("has no token_type “bearer”")
	}
	refresh := jsonText(fields["refresh_token"])
	if refresh == "" && !absent(fields["refresh_token"]) && !isEmptyString(fields["refresh_token"]) || refresh != "" && !printable(refresh) {
		return bad("has a refresh_token that is no token")
	}
	lifetime, ok := expiresIn(fields["expires_in"])
	if !ok {
		return bad("has an expires_in that is no whole number from 1 to 86400")
	}
	token := Token{
		Access:  NewSecret(access),
		Refresh: NewSecret(refresh),
		Type:    kind,
		HubID:   jsonID(fields["hub_id"]),
		UserID:  jsonID(fields["user_id"]),
		Scopes:  grantedScopes(fields),
	}.lives(lifetime, sent)
	token.LifetimeAssumed = absent(fields["expires_in"])
	return token, nil
}

func badToken(a Answer, what string) *Error {
	return &Error{
		Class:         ClassBadResponse,
		Message:       "The token endpoint's answer " + what + ". Nothing stored was changed.",
		Hint:          "Check the app's API URL; if it is right, try again later.",
		Status:        a.Status,
		CorrelationID: a.read().correlation,
	}
}

// object reads a body that must be one JSON object. Field names are exact, unlike
// those of encoding/json's structs.
func object(a Answer) (fields map[string]json.RawMessage, what string) {
	if looksLikeHTML(a.Header, a.Body) {
		return nil, "is a web page instead of JSON"
	}
	if JSONDepth(a.Body) > MaxJSONDepth {
		return nil, "nests deeper than " + strconv.Itoa(MaxJSONDepth) + " levels"
	}
	dec := json.NewDecoder(bytes.NewReader(withoutMark(a.Body)))
	if err := dec.Decode(&fields); err != nil || fields == nil {
		return nil, "is not a JSON object"
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, "has something after its JSON object"
	}
	return fields, ""
}

// expiresIn reads whole seconds. A string or a fraction is refused: guessing a
// lifetime too long means calls with a dead token.
func expiresIn(raw json.RawMessage) (time.Duration, bool) {
	if absent(raw) {
		return assumedLifetime, true
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || n < 1 || n > int64(maxLifetime/time.Second) {
		return 0, false
	}
	return time.Duration(n) * time.Second, true
}

// grantedScopes reads HubSpot's scopes array or RFC 6749's scope string; nil
// when neither is there.
func grantedScopes(fields map[string]json.RawMessage) []string {
	var scopes []string
	for _, text := range append(jsonTexts(fields["scopes"]), jsonText(fields["scope"])) {
		for _, scope := range strings.Fields(text) {
			scopes = append(scopes, plainText(scope, maxServerText))
		}
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}

// jsonID reads a positive whole number, 0 for anything else.
func jsonID(raw json.RawMessage) int64 {
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func absent(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

func isEmptyString(raw json.RawMessage) bool { return string(raw) == `""` }

// printable tells whether text is visible ASCII only, as RFC 6749 appendix A
// has it for tokens (without the space, which no header could carry safely).
func printable(text string) bool {
	for _, b := range []byte(text) {
		if b < 0x21 || b > 0x7e {
			return false
		}
	}
	return true
}
