package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// palette is a stroke for each role.
type palette struct {
	strong, muted, faint, accent, key stroke
	good, warn, bad                   stroke
	number, null                      stroke
	backdrop                          stroke
	selection                         color.Color // behind the selected row, nil for none
	light                             bool
}

func (p palette) inks(background color.Color) Inks {
	return Inks{
		Text:   newInk(stroke{}, background),
		Strong: newInk(p.strong, background),
		Muted:  newInk(p.muted, background),
		Faint:  newInk(p.faint, background),
		Accent: newInk(p.accent, background),
		Key:    newInk(p.key, background),
		Good:   newInk(p.good, background),
		Warn:   newInk(p.warn, background),
		Bad:    newInk(p.bad, background),
		Number: newInk(p.number, background),
		Null:   newInk(p.null, background),
	}
}

// hues are the colours of a theme for terminals with 256 colours or more.
type hues struct {
	muted, faint, accent, good, warn, bad, selection, backdrop string
	boldState                                                  bool
	light                                                      bool
}

// The accent is HubSpot's coral, darkened on light backgrounds until it can be
// read. Red leans to crimson so that it is not taken for the accent.
func darkHues() hues {
	return hues{
		muted: "#9ba3af", faint: "#4a505a", accent: "#ff7a59",
		good: "#57c785", warn: "#f0b429", bad: "#ff6178",
		selection: "#2a2d34", backdrop: "#5d6470",
	}
}

func lightHues() hues {
	return hues{
		muted: "#5b6270", faint: "#c3c8d0", accent: "#b03a17",
		good: "#0d6b3c", warn: "#7d5200", bad: "#b3123b",
		selection: "#eceef2", backdrop: "#a3a9b3", light: true,
	}
}

func highContrastHues(light bool) hues {
	if light {
		return hues{
			muted: "#33383f", faint: "#6b7280", accent: "#7d2206",
			good: "#00451f", warn: "#4f3300", bad: "#7d0050",
			selection: "#e6e9ef", backdrop: "#7b828e", boldState: true, light: true,
		}
	}
	return hues{
		muted: "#d3d8df", faint: "#8b929d", accent: "#ffc7ab",
		good: "#8df0b4", warn: "#ffdc7a", bad: "#ffb3bf",
		selection: "#30343c", backdrop: "#7b828e", boldState: true,
	}
}

// on is the same for a terminal's colours. Of 256 the nearest match of a dark
// coral is a brown that is too light to read.
func (h hues) on(p colorprofile.Profile) hues {
	if p == colorprofile.ANSI256 && h.light && !h.boldState {
		h.accent, h.bad = "#870000", "#af005f"
	}
	return h
}

func paletteFor(o Options) palette {
	light := o.Name == Light || o.Name == HighContrast && o.LightBackground
	switch {
	case o.Name == Mono || o.Profile != colorprofile.Unknown && o.Profile <= colorprofile.ASCII:
		return monoPalette()
	case o.Profile == colorprofile.ANSI:
		return sixteenPalette(light)
	case o.Name == HighContrast:
		return huePalette(highContrastHues(light).on(o.Profile))
	case light:
		return huePalette(lightHues().on(o.Profile))
	default:
		return huePalette(darkHues().on(o.Profile))
	}
}

func huePalette(h hues) palette {
	ink := func(hex string, bold bool) stroke {
		return stroke{colour: lipgloss.Color(hex), bold: bold}
	}
	return palette{
		strong: stroke{bold: true},
		muted:  ink(h.muted, false),
		faint:  ink(h.faint, false),
		accent: ink(h.accent, false),
		key:    ink(h.accent, true),
		good:   ink(h.good, h.boldState), warn: ink(h.warn, h.boldState), bad: ink(h.bad, h.boldState),
		number:    ink(h.accent, false),
		null:      ink(h.muted, false),
		backdrop:  ink(h.backdrop, false),
		selection: lipgloss.Color(h.selection),
		light:     h.light,
	}
}

// sixteenPalette names colours of the terminal's own palette. Left to the
// nearest match amber and red both become bright red, and a dim grey becomes
// black; grey is therefore the faint attribute, and on a light background,
// where yellow cannot be read, magenta stands for amber.
func sixteenPalette(light bool) palette {
	p := palette{
		strong: stroke{bold: true},
		muted:  stroke{faint: true},
		faint:  stroke{faint: true},
		accent: stroke{colour: lipgloss.BrightCyan},
		key:    stroke{colour: lipgloss.BrightCyan, bold: true},
		good:   stroke{colour: lipgloss.BrightGreen},
		warn:   stroke{colour: lipgloss.BrightYellow},
		bad:    stroke{colour: lipgloss.BrightRed},
		number: stroke{colour: lipgloss.BrightCyan},
		null:   stroke{faint: true}, backdrop: stroke{faint: true},
	}
	if light {
		p.light = true
		p.accent, p.number = stroke{colour: lipgloss.Blue}, stroke{colour: lipgloss.Blue}
		p.key = stroke{colour: lipgloss.Blue, bold: true}
		p.good, p.warn, p.bad = stroke{colour: lipgloss.Green}, stroke{colour: lipgloss.Magenta}, stroke{colour: lipgloss.Red}
	}
	return p
}

// monoPalette uses attributes only. State is told by its glyph and its word.
func monoPalette() palette {
	return palette{
		strong: stroke{bold: true},
		muted:  stroke{faint: true},
		faint:  stroke{faint: true},
		accent: stroke{bold: true},
		key:    stroke{bold: true},
		warn:   stroke{bold: true},
		bad:    stroke{bold: true, underline: true},
		null:   stroke{faint: true}, backdrop: stroke{faint: true},
	}
}
