package cli

import (
	"os"

	"github.com/charmbracelet/colorprofile"

	"github.com/hsterm/hsterm/theme"
)

// palette dresses text for its mood.
type palette func(m mood, text string) string

// plain leaves text as it is.
func plain(_ mood, text string) string { return text }

// palette returns how text on f is dressed. The background of the terminal is
// not asked for, as an answer may never come; the terminal's own sixteen colours
// suit whatever it is.
func (p *program) palette(f *os.File) palette {
	if !p.coloured(f) {
		return plain
	}
	name := ""
	if s, err := p.settings(); err == nil {
		name = s.theme
	}
	t := theme.New(theme.Options{Name: name, Profile: colorprofile.ANSI})
	return func(m mood, text string) string {
		switch m {
		case moodGood:
			return t.Good.Render(text)
		case moodDue:
			return t.Warn.Render(text)
		case moodBad:
			return t.Bad.Render(text)
		case moodMuted:
			return t.Muted.Render(text)
		}
		return text
	}
}
