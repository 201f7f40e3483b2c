package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/theme"
)

// textWidth is how many cells s takes, painted or not.
func textWidth(s string) int {
	if plain(s) {
		return len(s)
	}
	if cells, ok := quickWidth(s); ok {
		return cells
	}
	return ansi.StringWidth(s)
}

// quickWidth measures what nearly every painted line is made of: US-ASCII, the
// colours of our own inks, and signs that are one cell wide. Anything else it
// leaves to the library, which is ten times slower and knows all of Unicode.
func quickWidth(s string) (cells int, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == 0x1b:
			end := strings.IndexByte(s[i:], 'm')
			if i+1 >= len(s) || s[i+1] != '[' || end < 0 {
				return 0, false
			}
			i += end + 1
		case c >= ' ' && c <= '~':
			cells++
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !narrow(r) {
				return 0, false
			}
			cells++
			i += size
		}
	}
	return cells, true
}

// narrow are runs of characters that are one cell wide and do not combine:
// letters of Latin-1 and its extensions, and arrows, lines, blocks and shapes.
func narrow(r rune) bool {
	switch {
	case r >= 0xa1 && r <= 0x17f && r != 0xad,
		r >= 0x2010 && r <= 0x2027,
		r >= 0x2190 && r <= 0x21ff,
		r >= 0x2500 && r <= 0x25fc,
		r == 0x2713, r == 0x2715:
		return true
	}
	return false
}

// cut shortens s to width cells, with ellipsis as its last one when something
// was left out.
func cut(s string, width int, ellipsis string) string {
	if width <= 0 {
		return ""
	}
	if plain(s) {
		switch {
		case len(s) <= width:
			return s
		case width == 1:
			return ellipsis
		}
		return s[:width-1] + ellipsis
	}
	return ansi.Truncate(s, width, ellipsis)
}

// left is s in exactly width cells, words to the left.
func left(s string, width int, ellipsis string) string {
	s = cut(s, width, ellipsis)
	return s + blank(width-textWidth(s))
}

// right is s in exactly width cells, numbers to the right.
func right(s string, width int, ellipsis string) string {
	s = cut(s, width, ellipsis)
	return blank(width-textWidth(s)) + s
}

// blank is n spaces, or none.
func blank(n int) string {
	if n <= 0 {
		return ""
	}
	return strings.Repeat(" ", n)
}

// box cuts and pads painted lines to exactly width by height cells.
func box(lines []string, width, height int) []string {
	out := make([]string, height)
	for i := range out {
		if i >= len(lines) {
			out[i] = blank(width)
			continue
		}
		line, w := lines[i], textWidth(lines[i])
		if w > width {
			line = ansi.Truncate(line, width, "")
			w = textWidth(line)
		}
		out[i] = line + blank(width-w)
	}
	return out
}

// wrap breaks unpainted text into lines of at most width cells, between words
// where it can.
func wrap(s string, width int) []string {
	if width <= 0 || s == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(s, width, ""), "\n")
}

// run paints a line piece by piece and knows how wide it has become, so that
// nobody has to measure painted text.
type run struct {
	b     strings.Builder
	cells int
}

// add paints text.
func (r *run) add(ink theme.Ink, text string) *run {
	r.b.WriteString(ink.Render(text))
	r.cells += textWidth(text)
	return r
}

// gap adds n cells in ink, which matters on a coloured background.
func (r *run) gap(ink theme.Ink, n int) *run {
	if n > 0 {
		r.b.WriteString(ink.Render(blank(n)))
		r.cells += n
	}
	return r
}

// painted adds text that is painted already and takes that many cells.
func (r *run) painted(text string, cells int) *run {
	r.b.WriteString(text)
	r.cells += cells
	return r
}

// to fills up to a column.
func (r *run) to(ink theme.Ink, column int) *run { return r.gap(ink, column-r.cells) }

func (r *run) String() string { return r.b.String() }

// repeat is glyph n times.
func repeat(glyph string, n int) string {
	if n <= 0 {
		return ""
	}
	return strings.Repeat(glyph, n)
}

// wrapped is text in ink, broken into lines.
func wrapped(ink theme.Ink, text string, width int) []string {
	var lines []string
	for _, line := range wrap(text, width) {
		lines = append(lines, ink.Render(line))
	}
	return lines
}
