package oauth

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret holds a token, code or client secret and keeps it out of everything
// that prints: fmt under every verb, JSON, text encodings and slog all show
// only [Secret.Hint]. The text sits behind a pointer because fmt reaches into
// unexported fields without calling methods; all it finds there is an address.
//
// The zero Secret is empty.
type Secret struct{ text *string }

// NewSecret wraps text. The empty text gives the zero Secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: &text}
}

// Reveal returns the text itself. Every call of it is a place to review.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty tells whether there is no text.
func (s Secret) Empty() bool { return s.text == nil }

// Hint is the form that may be shown: "····" and the last four characters, or
// only the dots where four characters would give away too much of the text.
func (s Secret) Hint() string {
	const dots, shown, least = "····", 4, 16
	text := s.Reveal()
	switch {
	case text == "":
		return ""
	case len(text) < least:
		return dots
	}
	for _, b := range []byte(text[len(text)-shown:]) {
		if b < 0x21 || b > 0x7e {
			return dots
		}
	}
	return dots + text[len(text)-shown:]
}

// String returns the hint.
func (s Secret) String() string { return s.Hint() }

// Format prints the hint under every verb, so that %q, %x and %#v leak nothing.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.Hint()) }

// MarshalText returns the hint; JSON uses it too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.Hint()), nil }

// LogValue gives slog the hint.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.Hint()) }
