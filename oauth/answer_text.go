package oauth

import (
	"encoding/base64"
	"net/url"
	"strings"
)

const (
	maxServerText = 300 // characters of a server's message that are repeated
	maxCodeText   = 64  // of a code, category or id
	leastSecret   = 4   // shorter secrets are not searched for: they would match anything
)

// redact replaces what was sent, in the forms a server is likely to echo it.
func redact(text string, secrets []Secret) string {
	for _, s := range secrets {
		raw := s.Reveal()
		if len(raw) < leastSecret {
			continue
		}
		for _, form := range []string{
			raw, url.QueryEscape(raw), url.PathEscape(raw),
			base64.StdEncoding.EncodeToString([]byte(raw)), base64.RawURLEncoding.EncodeToString([]byte(raw)),
		} {
			text = strings.ReplaceAll(text, form, "····")
		}
	}
	return text
}

// text cleans what the server wrote. Cleaning comes before redacting, so that a
// control character inside a secret does not hide it, and cutting comes last.
func (a Answer) text(raw string, limit int) string {
	const all = 64 << 10
	return plainText(redact(plainText(raw, all), a.Secrets), limit)
}
