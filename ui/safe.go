package ui

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostMarks is how many combining marks one character may carry; more of them
// climb into the lines above.
const mostMarks = 4

// Safe makes text from outside drawable as one line. What is not a visible
// character becomes a visible mark: control characters of either set, DEL,
// bidirectional controls, zero-width characters, tags, private use and broken
// UTF-8 are written as \x1b, \u202e or \U000e0041, so that nothing from outside
// can move the cursor, reorder a line or hide in one. Call it on decoded text,
// once, where the text comes in.
func Safe(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	marks := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case unicode.In(r, unicode.Mn, unicode.Me) && !invisible(r):
			if marks++; marks <= mostMarks {
				b.WriteRune(r)
			}
			i += size
			continue
		case !unicode.IsPrint(r) || invisible(r):
			escape(&b, r)
		default:
			b.WriteRune(r)
		}
		marks = 0
		i += size
	}
	return b.String()
}

// SafeText is [Safe] for text of several lines: line ends stay, tabs become
// spaces.
func SafeText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = Safe(strings.ReplaceAll(line, "\t", "    "))
	}
	return strings.Join(lines, "\n")
}

// plain is the fast way out: printable US-ASCII needs no work.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// invisible names characters that count as printable and yet draw nothing, or
// change how wide or in which form another is drawn.
func invisible(r rune) bool {
	switch {
	case r == 0x034f, // combining grapheme joiner
		r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0, // Hangul fillers
		r == 0x17b4, r == 0x17b5, // Khmer inherent vowels
		r == 0x2800,                  // braille blank
		r >= 0x180b && r <= 0x180f,   // Mongolian variation selectors
		r >= 0xfe00 && r <= 0xfe0f,   // variation selectors
		r >= 0xe0100 && r <= 0xe01ef: // more of them
		return true
	}
	return false
}

func escape(b *strings.Builder, r rune) {
	switch {
	case r < 0x100:
		fmt.Fprintf(b, `\x%02x`, r)
	case r < 0x10000:
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		fmt.Fprintf(b, `\U%08x`, r)
	}
}
