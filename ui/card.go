package ui

import (
	"strconv"
	"strings"

	"github.com/hsterm/hsterm/theme"
)

// card is a failure as it is shown everywhere: what happened in one line, the
// evidence, what it means, and the keys that help. [failureCard] makes one.
type card struct {
	warn     bool // passes by itself or wants a look: amber, not red
	headline string
	status   int // HTTP, 0 when no answer came
	code     string
	lines    []cardLine
	keys     []cardKey
	trace    string // HubSpot's name for this one answer, for its support
}

// cardLine is a sentence, or words followed by names worth standing out, such
// as scopes.
type cardLine struct {
	text  string
	names []string
	muted bool
}

// cardKey is a key that helps, as [keys] calls it, with what it does here.
type cardKey struct{ key, words string }

// cardIndent is where the text of a card begins, behind its glyph.
const cardIndent = 4

// view paints the card in at most width cells a line.
func (c card) view(t theme.Theme, width int) []string {
	if width <= cardIndent {
		return nil
	}
	lines := c.head(t, width)
	for _, l := range c.lines {
		lines = append(lines, l.view(t, width)...)
	}
	if foot := c.foot(t, width); len(foot) > 0 {
		lines = append(append(lines, ""), foot...)
	}
	return lines
}

// head is the glyph, the headline and at the right end what the server said; on
// a line of its own where both do not fit.
func (c card) head(t theme.Theme, width int) []string {
	glyph, ink := t.Glyphs.Cancel, t.Bad
	if c.warn {
		glyph, ink = t.Glyphs.Due, t.Warn
	}
	var said []string
	if c.status != 0 {
		said = append(said, strconv.Itoa(c.status))
	}
	if c.code != "" {
		said = append(said, c.code)
	}
	right := strings.Join(said, "  ")
	words := cardText(c.headline, width-cardIndent, t)
	var lines []string
	for i, w := range words {
		var r run
		if i == 0 {
			r.gap(t.Text, 1).add(ink, glyph)
		}
		r.to(t.Text, cardIndent).add(t.Strong, w)
		room := width - r.cells - textWidth(right)
		if i == 0 && len(words) == 1 && right != "" && room >= 3 {
			r.gap(t.Text, room).add(t.Muted, right)
			right = ""
		}
		lines = append(lines, r.String())
	}
	if right != "" {
		var r run
		r.gap(t.Text, cardIndent).add(t.Muted, cut(right, width-cardIndent, t.Glyphs.Ellipsis))
		lines = append(lines, r.String())
	}
	return lines
}

// view is the line, wrapped; names follow the words where they fit and begin a
// line of their own where not.
func (l cardLine) view(t theme.Theme, width int) []string {
	ink := t.Text
	if l.muted {
		ink = t.Muted
	}
	var lines []string
	var r run
	for i, w := range cardText(l.text, width-cardIndent, t) {
		if i > 0 {
			lines = append(lines, r.String())
		}
		r = run{}
		r.gap(t.Text, cardIndent).add(ink, w)
	}
	for _, name := range l.names {
		name = cut(name, width-cardIndent, t.Glyphs.Ellipsis)
		if r.cells > cardIndent && r.cells+2+textWidth(name) > width {
			lines = append(lines, r.String())
			r = run{}
		}
		if r.cells == 0 {
			r.gap(t.Text, cardIndent)
		} else if r.cells > cardIndent {
			r.gap(t.Text, 2)
		}
		r.add(t.Accent, name)
	}
	return append(lines, r.String())
}

// cardText is wrap without the overhang it leaves in a few cells, where a word
// breaks at a hyphen.
func cardText(text string, width int, t theme.Theme) []string {
	lines := wrap(text, width)
	for i, l := range lines {
		lines[i] = cut(strings.TrimRight(l, " "), width, t.Glyphs.Ellipsis)
	}
	return lines
}

// foot is the keys and the correlation id, as many to a line as fit.
func (c card) foot(t theme.Theme, width int) []string {
	if width < 2*cardIndent {
		return nil
	}
	var lines []string
	var r run
	put := func(cells int) {
		if r.cells > 0 && r.cells+4+cells > width {
			lines = append(lines, r.String())
			r = run{}
		}
		if r.cells == 0 {
			r.gap(t.Text, cardIndent)
		} else {
			r.gap(t.Text, 4)
		}
	}
	for _, k := range c.keys {
		words := cut(k.words, width-cardIndent-textWidth(k.key)-2, t.Glyphs.Ellipsis)
		put(textWidth(k.key) + 2 + textWidth(words))
		r.add(t.Key, k.key).gap(t.Text, 2).add(t.Text, words)
	}
	if c.trace != "" {
		id := "correlation " + c.trace
		if textWidth(id) > width-cardIndent {
			id = cut(c.trace, width-cardIndent, t.Glyphs.Ellipsis)
		}
		put(textWidth(id))
		r.add(t.Muted, id)
	}
	if r.cells > 0 {
		lines = append(lines, r.String())
	}
	return lines
}
