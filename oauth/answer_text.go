package oauth

import (
	"encoding/base64"
	"net/url"
	"strings"
	"unicode/utf8"
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
			text = replaceUnmarked(text, form, "····")
		}
	}
	return text
}

// replaceUnmarked is [strings.ReplaceAll] that finds old in text also where
// marks stand between its characters.
func replaceUnmarked(text, old, with string) string {
	var bare strings.Builder // text without its marks
	var at []int             // where each byte of bare is in text
	for i, r := range text {
		if r == mark {
			continue
		}
		for j := range utf8.RuneLen(r) {
			at = append(at, i+j)
		}
		bare.WriteRune(r)
	}
	var out strings.Builder
	rest, done := bare.String(), 0
	for {
		i := strings.Index(rest, old)
		if i < 0 {
			return out.String() + text[done:]
		}
		first := len(at) - len(rest) + i
		out.WriteString(text[done:at[first]] + with)
		done = at[first+len(old)-1] + 1
		rest = rest[i+len(old):]
	}
}

// text cleans what the server wrote. Cleaning comes before redacting, which sees
// through the marks it leaves, so that a control character inside a secret does
// not hide it; cutting comes last.
func (a Answer) text(raw string, limit int) string {
	const all = 64 << 10
	return plainText(redact(plainText(raw, all), a.Secrets), limit)
}
