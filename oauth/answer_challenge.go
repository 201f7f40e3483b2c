package oauth

import "strings"

// challenge is a Bearer challenge of RFC 6750 section 3, which servers other
// than HubSpot use to say why a token was refused.
type challenge struct {
	err   string // invalid_token, insufficient_scope, …
	scope []string
}

// parseChallenge reads the attributes it needs out of WWW-Authenticate and
// ignores what it does not understand.
func parseChallenge(values []string) challenge {
	var c challenge
	for _, value := range values {
		scheme, rest, _ := strings.Cut(strings.TrimSpace(value), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			continue
		}
		for rest != "" {
			var name, text string
			name, text, rest = challengeParam(rest)
			switch strings.ToLower(name) {
			case "error":
				c.err = plainText(text, maxCodeText)
			case "scope":
				c.scope = strings.Fields(plainText(text, maxServerText))
			}
		}
	}
	return c
}

// challengeParam takes the first name=value of a comma-separated list; value
// may be a quoted string.
func challengeParam(s string) (name, value, rest string) {
	s = strings.TrimLeft(s, " ,")
	name, after, found := strings.Cut(s, "=")
	if !found {
		return "", "", ""
	}
	after = strings.TrimLeft(after, " ")
	if !strings.HasPrefix(after, `"`) {
		value, rest, _ = strings.Cut(after, ",")
		return strings.TrimSpace(name), strings.TrimSpace(value), rest
	}
	var b strings.Builder
	for i := 1; i < len(after); i++ {
		switch after[i] {
		case '\\':
			if i++; i < len(after) {
				b.WriteByte(after[i])
			}
		case '"':
			return strings.TrimSpace(name), b.String(), after[i+1:]
		default:
			b.WriteByte(after[i])
		}
	}
	return strings.TrimSpace(name), b.String(), ""
}
