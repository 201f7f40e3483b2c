package oauth

import (
	"strings"
	"unicode"
)

// plainText makes words that came from outside fit to stand in a sentence: one
// line, printable runes only (no control, format or private-use ones, so nothing
// that moves a cursor or turns the writing direction), at most limit runes.
func plainText(text string, limit int) string {
	var out strings.Builder
	count, space := 0, false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = out.Len() > 0
			continue
		}
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			continue
		}
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
