package oauth

import (
	"strings"
	"unicode"
)

// mark stands for what has no picture of its own.
const mark = unicode.ReplacementChar

// plainText makes words that came from outside fit to stand in a sentence: one
// line, printable runes only, at most limit of them. Each run of control, format
// or private-use runes, of anything that moves a cursor or turns the writing
// direction, becomes one mark, so that it is seen that something was there.
func plainText(text string, limit int) string {
	var out strings.Builder
	count, space, marked := 0, false, false
	for _, r := range text {
		if blank(r) {
			space, marked = out.Len() > 0, false
			continue
		}
		if !unicode.IsPrint(r) {
			r = mark
		}
		if r == mark && marked {
			continue
		}
		marked = r == mark
		if space {
			out.WriteByte(' ')
			count++
			space = false
		}
		if count >= limit {
			return strings.TrimRight(out.String(), " ") + "…"
		}
		out.WriteRune(r)
		count++
	}
	return out.String()
}

// blank tells what becomes a space: Unicode's white space without the control
// characters that no text is written with.
func blank(r rune) bool {
	switch r {
	case '\v', '\f', '\u0085':
		return false
	}
	return unicode.IsSpace(r)
}
