package theme

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Backgrounds that terminals come with.
func darkBackgrounds() []string {
	return []string{"#000000", "#14151a", "#1e1e1e", "#282c34", "#1e1e2e", "#002b36"}
}

func lightBackgrounds() []string { return []string{"#ffffff", "#fafafa", "#fdf6e3", "#eff1f5"} }

// TestContrast holds every word-bearing ink to the 4.5:1 of WCAG 2.2 (1.4.3)
// on common backgrounds and on the selected row, 7:1 (1.4.6) for high contrast.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		name    string
		hues    hues
		grounds []string
		least   float64
	}{
		{Dark, darkHues(), darkBackgrounds(), 4.5},
		{Light, lightHues(), lightBackgrounds(), 4.5},
		{HighContrast + " on dark", highContrastHues(false), darkBackgrounds(), 7},
		{HighContrast + " on light", highContrastHues(true), lightBackgrounds(), 7},
	} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
			least, h := c.least, c.hues.on(profile)
			if profile == colorprofile.ANSI256 {
				least = 4.5 // no dark brown or green among them is darker
			}
			for role, hex := range map[string]string{"muted": h.muted, "accent": h.accent, "good": h.good, "warn": h.warn, "bad": h.bad} {
				for _, ground := range append([]string{c.hues.selection}, c.grounds...) {
					ratio := contrast(profile.Convert(lipgloss.Color(hex)), lipgloss.Color(ground))
					if ratio < least {
						t.Errorf("%s, %v: %s on %s is %.2f:1, less than %.1f", c.name, profile, role, ground, ratio, least)
					}
				}
			}
		}
	}
}

// contrast is the ratio of WCAG 2.2.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// TestStatesDiffer: good, warn, bad and accent are four colours wherever there
// are colours, and on each background.
func TestStatesDiffer(t *testing.T) {
	for _, name := range []string{Dark, Light, HighContrast} {
		for _, profile := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor} {
			for _, light := range []bool{false, true} {
				p := paletteFor(Options{Name: name, Profile: profile, LightBackground: light})
				seen := map[string]string{}
				for role, s := range map[string]stroke{"good": p.good, "warn": p.warn, "bad": p.bad, "accent": p.accent} {
					shown := fmt.Sprint(profile.Convert(s.colour))
					if other, taken := seen[shown]; taken {
						t.Errorf("%s, %v: %s and %s are both %s", name, profile, role, other, shown)
					}
					seen[shown] = role
				}
			}
		}
	}
}

func TestNoColourWithoutColours(t *testing.T) {
	for _, o := range []Options{{Name: Mono, Profile: colorprofile.TrueColor}, {Name: Dark, Profile: colorprofile.ASCII}, {Name: Light, Profile: colorprofile.NoTTY}} {
		p := paletteFor(o)
		for _, s := range []stroke{p.strong, p.muted, p.faint, p.accent, p.key, p.good, p.warn, p.bad, p.number, p.null, p.backdrop} {
			if s.colour != nil {
				t.Errorf("%+v has a colour", o)
			}
		}
		if p.selection != nil {
			t.Errorf("%+v has a background", o)
		}
	}
}

func TestGlyphsAreOneCell(t *testing.T) {
	for name, g := range map[string]Glyphs{"unicode": unicodeGlyphs(), "ascii": asciiGlyphs()} {
		v := reflect.ValueOf(g)
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			var all []string
			switch f := v.Field(i).Interface().(type) {
			case string:
				all = []string{f}
			case []string:
				all = f
			}
			want := 1
			switch field {
			case "Dots":
				want = 4
			case "Up", "Down", "Left", "Right", "Enter":
				want = 0
			}
			for _, s := range all {
				if w := ansi.StringWidth(s); s == "" || want > 0 && w != want {
					t.Errorf("%s %s %q is %d cells", name, field, s, w)
				}
				for _, r := range s {
					if name == "ascii" && (r < ' ' || r > '~') {
						t.Errorf("ascii %s is %q", field, s)
					}
				}
			}
		}
	}
}

// TestStatesDifferWithoutColour: glyphs alone tell the states apart.
func TestStateGlyphsDiffer(t *testing.T) {
	for _, g := range []Glyphs{unicodeGlyphs(), asciiGlyphs()} {
		seen := map[string]bool{}
		for _, s := range []string{g.Active, g.Due, g.Expired, g.Broken, g.Static} {
			if seen[s] {
				t.Errorf("%q stands for two states", s)
			}
			seen[s] = true
		}
	}
}

func TestInkIsItsStyle(t *testing.T) {
	ink := newInk(stroke{colour: lipgloss.Color("#ff7a59"), bold: true}, lipgloss.Color("#2a2d34"))
	if got, want := ansi.Strip(ink.Render("x")), "x"; got != want {
		t.Errorf("text is %q", got)
	}
	if ink.Render("") != "" || (Ink{}).Render("x") != "x" {
		t.Error("an ink paints nothing on nothing")
	}
	if got := ink.Style().Render("x"); ansi.Strip(got) != "x" || !ink.Style().GetBold() {
		t.Errorf("the style paints %q", got)
	}
}
