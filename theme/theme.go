// Package theme turns colour tokens into inks and chooses glyphs. It is pure:
// what the terminal can do and which background it has come in as options, and
// nothing here asks it.
package theme

import "github.com/charmbracelet/colorprofile"

// The names a theme can be chosen by.
const (
	Dark         = "dark"
	Light        = "light"
	HighContrast = "high-contrast"
	Mono         = "mono"
)

// Names lists what [Options.Name] may be.
func Names() []string { return []string{Dark, Light, HighContrast, Mono} }

// Options choose a theme.
type Options struct {
	Name    string // one of [Names]; any other counts as Dark
	Profile colorprofile.Profile

	// LightBackground says what lies behind the high-contrast theme. Dark and
	// light have their background in their name, mono needs none.
	LightBackground bool

	// ASCII keeps glyphs to the printable characters of US-ASCII.
	ASCII bool
}

// Theme is what a screen is painted with. Its zero value paints plain text with
// no glyphs; get one from [New].
type Theme struct {
	Inks            // on the terminal's own background
	Picked   Inks   // on the selected row
	Backdrop Ink    // everything behind a dialog
	Glyphs   Glyphs // shapes that carry state beside colour
	Name     string
	Light    bool
}

// Inks are the colour tokens, each a role and never a hue.
type Inks struct {
	Text   Ink // what is read first; the terminal's own foreground
	Strong Ink // names and titles
	Muted  Ink // everything secondary
	Faint  Ink // hairlines and the empty part of a bar; never words
	Accent Ink // the one colour that is hsterm's
	Key    Ink // a key to press
	Good   Ink
	Warn   Ink
	Bad    Ink
	Number Ink // numbers in JSON
	Null   Ink // null in JSON, and what is not there
}

// New makes the theme for o.
func New(o Options) Theme {
	p := paletteFor(o)
	t := Theme{
		Inks:     p.inks(nil),
		Picked:   p.inks(p.selection),
		Backdrop: newInk(p.backdrop, nil),
		Glyphs:   unicodeGlyphs(),
		Name:     o.Name,
		Light:    p.light,
	}
	if o.ASCII {
		t.Glyphs = asciiGlyphs()
	}
	return t
}
