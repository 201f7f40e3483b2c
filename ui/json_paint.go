package ui

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/theme"
)

// piece is text in one ink.
type piece struct {
	ink  theme.Ink
	text string
}

// pieces is a document's line as it is shown: keys muted, strings plain, numbers
// accented, null grey. Only the first limit bytes of the span are looked at,
// because a string may be as long as the body.
func (d *document) pieces(line, limit int, inks theme.Inks, ellipsis string) []piece {
	l := d.lines[line]
	text := d.text(line)
	if !d.json {
		return []piece{{inks.Text, safeBytes(bytes.ReplaceAll(clip(text, limit), []byte("\t"), []byte("    ")))}}
	}
	out := []piece{{inks.Text, blank(2 * int(l.depth))}}
	if l.keyed {
		end := stringEnd(text, 0)
		out = append(out, piece{inks.Muted, safeBytes(clip(text[:end], limit))}, piece{inks.Muted, ": "})
		text = bytes.TrimLeft(text[end:], " \t\r\n:")
	}
	switch {
	case l.opens():
		return d.opening(out, line, inks, ellipsis)
	case len(text) > 0 && (text[0] == '{' || text[0] == '['):
		// An empty array or object, whatever white space it came with.
		out = append(out, piece{inks.Muted, string(text[0]) + string(text[len(text)-1])})
	default:
		out = append(out, piece{valueInk(text, inks), safeBytes(clip(text, limit))})
	}
	return comma(out, l.comma, inks)
}

// opening is a bracket, with what a fold hides or how long a list is.
func (d *document) opening(out []piece, line int, inks theme.Inks, ellipsis string) []piece {
	l := d.lines[line]
	left, right, what := "[", "]", "items"
	if d.bracket(line) == '{' {
		left, right, what = "{", "}", "members"
	}
	if l.items == 1 {
		what = strings.TrimSuffix(what, "s")
	}
	count := fmt.Sprintf("%d %s", l.items, what)
	out = append(out, piece{inks.Muted, left})
	switch {
	case d.folded[line]:
		out = append(out, piece{inks.Accent, " " + ellipsis + " "}, piece{inks.Muted, count + " " + right})
		return comma(out, d.lines[l.mate].comma, inks)
	case left == "[" && l.items > 1:
		return append(out, piece{inks.Null, "  " + count})
	}
	return out
}

func comma(out []piece, has bool, inks theme.Inks) []piece {
	if !has {
		return out
	}
	return append(out, piece{inks.Muted, ","})
}

func valueInk(text []byte, inks theme.Inks) theme.Ink {
	if len(text) == 0 {
		return inks.Text
	}
	switch text[0] {
	case '"':
		return inks.Text
	case 'n':
		return inks.Null
	case '{', '}', '[', ']':
		return inks.Muted
	default:
		return inks.Number // numbers, true and false
	}
}

// clip keeps the first limit bytes; a rune cut in half becomes a visible mark.
func clip(b []byte, limit int) []byte { return b[:min(len(b), limit)] }

func safeBytes(b []byte) string { return Safe(string(b)) }

// mark splits pieces where term occurs and paints those parts in ink. It looks
// at the text as it is shown.
func mark(pieces []piece, term string, ink theme.Ink) []piece {
	if term == "" {
		return pieces
	}
	needle := string(lowerASCII([]byte(term)))
	var out []piece
	for _, p := range pieces {
		low := string(lowerASCII([]byte(p.text)))
		at := 0
		for {
			i := strings.Index(low[at:], needle)
			if i < 0 {
				break
			}
			out = append(out, piece{p.ink, p.text[at : at+i]}, piece{ink, p.text[at+i : at+i+len(needle)]})
			at += i + len(needle)
		}
		out = append(out, piece{p.ink, p.text[at:]})
	}
	return out
}

// paintPieces draws the cells from skip on, at most width of them, with an
// ellipsis where something was left out, and tells how many it drew.
func paintPieces(pieces []piece, skip, width int, ellipsis string, inks theme.Inks) (string, int) {
	total := 0
	for _, p := range pieces {
		total += textWidth(p.text)
	}
	room, cutRight := width, total > skip+width
	if cutRight {
		room -= textWidth(ellipsis)
	}
	var r run
	if skip > 0 && total > 0 && room > textWidth(ellipsis) {
		r.add(inks.Null, ellipsis)
		skip += textWidth(ellipsis)
	}
	for _, p := range pieces {
		w := textWidth(p.text)
		if w <= skip {
			skip -= w
			continue
		}
		text := p.text
		if skip > 0 || w-skip > room-r.cells {
			text = cells(text, skip, min(w, skip+room-r.cells))
			skip = 0
		}
		if text != "" {
			r.add(p.ink, text)
		}
		if r.cells >= room {
			break
		}
	}
	if cutRight {
		r.add(inks.Null, ellipsis)
	}
	return r.String(), r.cells
}

// cells is the text between two columns.
func cells(s string, from, to int) string {
	if to <= from {
		return ""
	}
	if plain(s) {
		return s[from:min(to, len(s))]
	}
	// A wide character across the left edge comes whole; it must not push
	// another one over the right edge.
	return ansi.Truncate(ansi.Cut(s, from, to), to-from, "")
}
