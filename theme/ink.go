package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Ink is one way to paint text. It is a [lipgloss.Style] whose escape sequence
// is worked out once: a frame paints some hundred pieces of text, and a style
// that measures and wraps each of them is most of the frame's cost.
//
// The zero Ink paints nothing on.
type Ink struct {
	open  string
	style lipgloss.Style
}

// stroke is what an ink is made of: a colour (nil for the terminal's own) and
// attributes.
type stroke struct {
	colour    color.Color
	bold      bool
	faint     bool
	underline bool
	reverse   bool
}

func newInk(s stroke, background color.Color) Ink {
	var sgr ansi.Style
	style := lipgloss.NewStyle()
	if s.bold {
		sgr, style = sgr.Bold(), style.Bold(true)
	}
	if s.faint {
		sgr, style = sgr.Faint(), style.Faint(true)
	}
	if s.underline {
		sgr, style = sgr.Underline(true), style.Underline(true)
	}
	if s.reverse {
		sgr, style = sgr.Reverse(true), style.Reverse(true)
	}
	if s.colour != nil {
		sgr, style = sgr.ForegroundColor(s.colour), style.Foreground(s.colour)
	}
	if background != nil {
		sgr, style = sgr.BackgroundColor(background), style.Background(background)
	}
	if len(sgr) == 0 {
		return Ink{style: style}
	}
	return Ink{open: sgr.String(), style: style}
}

// Render paints text, which must be one line without escape sequences of its
// own: the first reset in it would end this ink too.
func (i Ink) Render(text string) string {
	if i.open == "" || text == "" {
		return text
	}
	return i.open + text + ansi.ResetStyle
}

// Style is the same as a lipgloss style, for components that want one.
func (i Ink) Style() lipgloss.Style { return i.style }
