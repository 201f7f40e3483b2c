package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
)

// writeJSON prints one value as one line of JSON. Characters that could act on a
// terminal or hide text are escaped: they occur only inside strings, where the
// escape means the same.
func writeJSON(w io.Writer, value any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return writeEscaped(w, b.Bytes())
}

// writePretty prints one value as indented JSON, for a person to read.
func writePretty(w io.Writer, value any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return writeEscaped(w, b.Bytes())
}

// data prints a value as JSON on stdout: indented for a person, one line for a
// program.
func (p *program) data(value any) error {
	if isTerminal(p.out) {
		return writePretty(p.out, value)
	}
	return writeJSON(p.out, value)
}

func writeEscaped(w io.Writer, text []byte) error {
	var b bytes.Buffer
	for _, r := range string(text) {
		switch {
		case r == '\n' || !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := surrogates(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// hidden tells whether a character has no picture of its own: controls, format
// characters such as bidi marks, private use, tags.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}

func surrogates(r rune) (high, low rune) {
	r -= 0x10000
	return 0xd800 + r>>10, 0xdc00 + r&0x3ff
}

// stamp is a time in JSON: RFC 3339 in UTC, null when it never happened.
type stamp time.Time

func (s stamp) MarshalJSON() ([]byte, error) {
	t := time.Time(s)
	if t.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(t.UTC().Format(time.RFC3339))
}

// separator stands between parts of a line of words.
func (p *program) separator() string {
	if s, err := p.settings(); err != nil || s.ascii {
		return " - "
	}
	return " · "
}

// words prints a line for the person on stderr. A program that asked for JSON
// finds nothing there but a failure.
func (p *program) words(format string, args ...any) {
	if !p.flags.json {
		p.say(format, args...)
	}
}

// say prints a line on stderr that a person needs whatever was asked for, such as
// a question.
func (p *program) say(format string, args ...any) {
	fmt.Fprintf(p.err, format+"\n", args...)
}
