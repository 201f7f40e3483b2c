package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/theme"
)

// sheet lays a dialog's lines out from the top; the keys come last.
type sheet struct {
	m      *Model
	f      frame
	lines  []string
	cursor *point
}

const sheetName = 15

func (s *sheet) line(painted string) { s.lines = append(s.lines, painted) }

// gap is an empty line, never two and never the first.
func (s *sheet) gap() {
	if n := len(s.lines); n > 0 && s.lines[n-1] != "" {
		s.lines = append(s.lines, "")
	}
}

func (s *sheet) text(ink theme.Ink, text string) {
	s.lines = append(s.lines, wrapped(ink, text, s.f.width)...)
}

// status is what is going on, with a figure or a spinner at the right end.
func (s *sheet) status(text, figure string) {
	t := s.m.theme
	var r run
	r.add(t.Strong, cut(text, s.f.width-textWidth(figure)-1, t.Glyphs.Ellipsis))
	r.to(t.Text, s.f.width-textWidth(figure)).add(t.Accent, figure)
	s.line(r.String())
}

func (s *sheet) fact(name, value, aside string) {
	if value == "" && aside == "" {
		return
	}
	if textWidth(value) > s.f.width-sheetName {
		s.prose(name, s.m.theme.Text, value)
		s.prose("", s.m.theme.Muted, aside)
		return
	}
	s.line(fact{name, value, s.m.theme.Text, aside}.named(s.m.theme, s.f.width, sheetName))
}

// prose is a name and a text of any length, in as many lines as it takes.
func (s *sheet) prose(name string, ink theme.Ink, text string) {
	s.named(name, ink, wrap(text, s.f.width-sheetName))
}

// named puts a name before lines.
func (s *sheet) named(name string, ink theme.Ink, lines []string) {
	for i, line := range lines {
		if i > 0 {
			name = ""
		}
		s.line(fact{name, strings.TrimSpace(line), ink, ""}.named(s.m.theme, s.f.width, sheetName))
	}
}

// words is a name and a list of words, as many to a line as fit. None of them is
// broken: where one is too long to stand beside the name, they stand below it.
func (s *sheet) words(name string, ink theme.Ink, words []string) {
	if len(words) == 0 {
		return
	}
	const indent = 2
	room := s.f.width - sheetName
	for _, w := range words {
		if textWidth(w) > room {
			s.line(s.m.theme.Muted.Render(name))
			for _, line := range fill(words, s.f.width-indent) {
				s.line(blank(indent) + ink.Render(cut(line, s.f.width-indent, s.m.theme.Glyphs.Ellipsis)))
			}
			return
		}
	}
	s.named(name, ink, fill(words, room))
}

// fill puts whole words into lines, as many to a line as fit in width cells.
func fill(words []string, width int) []string {
	var lines []string
	for _, w := range words {
		if n := len(lines); n > 0 && textWidth(lines[n-1])+2+textWidth(w) <= width {
			lines[n-1] += "  " + w
			continue
		}
		lines = append(lines, w)
	}
	return lines
}

// link draws an address of our own making over as many lines as it takes; where
// the terminal can, it can be clicked.
func (s *sheet) link(address string) {
	t := s.m.theme
	if !plain(address) {
		s.text(t.Text, Safe(address))
		return
	}
	for rest := address; rest != ""; {
		n := min(len(rest), s.f.width)
		s.line(ansi.SetHyperlink(address, "id=consent") + t.Muted.Render(rest[:n]) + ansi.ResetHyperlink())
		rest = rest[n:]
	}
}

// field is a text field with its name; the cursor is in it when it has the focus.
func (s *sheet) field(name string, input *textinput.Model) {
	t, shown := s.m.theme, *input
	paintInput(&shown, t, s.f.width-sheetName)
	ink := t.Muted
	if shown.Focused() {
		ink = t.Accent
		if c := shown.Cursor(); c != nil {
			s.cursor = &point{sheetName + c.X, len(s.lines)}
		}
	}
	s.line(ink.Render(left(name, sheetName, t.Glyphs.Ellipsis)) + shown.View())
}

func (s *sheet) finish() picture {
	s.gap()
	keys := s.m.keysLines(s.f.width)
	return picture{lines: append(s.lines, keys...), cursor: s.cursor, foot: len(keys)}
}

// choice is a field that left and right change.
func (s *sheet) choice(name, value string, focused bool) {
	t, g := s.m.theme, s.m.theme.Glyphs
	var r run
	if !focused {
		r.add(t.Muted, left(name, sheetName, g.Ellipsis)).add(t.Text, value)
		s.line(r.String())
		return
	}
	s.cursor = &point{sheetName, len(s.lines)}
	r.add(t.Accent, left(name, sheetName, g.Ellipsis)).add(t.Strong, value)
	r.gap(t.Text, 2).add(t.Muted, g.Left+" "+g.Right)
	s.line(r.String())
}
