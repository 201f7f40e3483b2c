package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// plainWidth is how wide text is made on a terminal that does not tell, columns.
const plainWidth = 80

// sheet prints named fields under each other. On a terminal long values go on in
// the next line, broken between words; elsewhere they stay whole.
type sheet struct {
	fields []sheetField
}

type sheetField struct {
	name  string
	lines []string
	mood  mood
}

// add puts a field on the sheet, unless it is empty.
func (s *sheet) add(name, value string) { s.addAs(moodPlain, name, value) }

func (s *sheet) addAs(m mood, name, value string) {
	if value != "" {
		s.fields = append(s.fields, sheetField{name, []string{value}, m})
	}
}

// addList puts a list on the sheet: as many values in a line as a terminal has
// room for, else one a line.
func (s *sheet) addList(name string, values []string) { s.addListAs(moodPlain, name, values) }

func (s *sheet) addListAs(m mood, name string, values []string) {
	if len(values) > 0 {
		s.fields = append(s.fields, sheetField{name, values, m})
	}
}

func (p *program) printSheet(s sheet) error {
	names := 0
	for _, f := range s.fields {
		names = max(names, ansi.StringWidth(f.name))
	}
	var t table
	for _, f := range s.fields {
		lines := f.lines
		if isTerminal(p.out) {
			width := p.width(p.out)
			if width == 0 {
				width = plainWidth
			}
			lines = wrap(strings.Join(lines, "  "), width-names-2)
		}
		name := f.name
		for _, line := range lines {
			t.row(left(name).as(moodMuted), left(line).as(f.mood))
			name = ""
		}
	}
	return t.write(p.out, p.palette(p.out))
}

// wrap breaks text at spaces only: a scope or an address that is cut is hard to
// read and to copy. A word that is too long has a line of its own.
func wrap(text string, width int) []string {
	var lines []string
	line, gap := "", ""
	for text != "" {
		word := text
		if end := strings.IndexByte(text, ' '); end >= 0 {
			word = text[:end]
		}
		if line != "" && ansi.StringWidth(safe(line+gap+word)) > width {
			lines, line, gap = append(lines, line), "", ""
		}
		line += gap + word
		rest := strings.TrimLeft(text[len(word):], " ")
		gap = strings.Repeat(" ", len(text)-len(word)-len(rest))
		text = rest
	}
	return append(lines, line)
}
