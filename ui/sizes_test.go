package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// TestEverySize draws every size there is: nothing panics, and nothing is larger
// than the screen. The states take turns, so that each size is drawn in one of
// them; the sizes at which a layout changes are drawn in all.
func TestEverySize(t *testing.T) {
	states := [][]string{
		nil,
		{"enter"},
		{"4", "enter"},
		{"enter", "5"},
		{"enter", "z"},
		{"/"},
		{"?"},
		{"n"},
		{"c", "enter"},
		{"a"},
		{"a", "n"},
		{"x"},
		{"2", "enter"},
		{"3", "enter"},
	}
	for i, keys := range states {
		t.Run(strings.Join(keys, " "), func(t *testing.T) {
			play(t, scenario, 80, 24, frozen, func(s *stage) {
				s.press(keys...)
				everySize(s, i, len(states)+1)
			})
		})
	}
	t.Run("welcome", func(t *testing.T) {
		play(t, nobody, 80, 24, frozen, func(s *stage) { everySize(s, len(states), len(states)+1) })
	})
}

func everySize(s *stage, turn, of int) {
	s.t.Helper()
	widths := []int{1, 2, 19, 20, 39, 40, 45, 46, 57, 58, 59, 60, 71, 72, 109, 110, 200}
	heights := []int{1, 2, 3, 4, 5, 6, 7, 11, 12, 15, 16, 17, 18, 60}
	for width := 1; width <= 200; width++ {
		for height := 1; height <= 60; height++ {
			limit := slices.Contains(widths, width) && slices.Contains(heights, height)
			if !limit && (width*61+height)%of != turn {
				continue
			}
			s.m.width, s.m.height = width, height
			s.m.list.follow(listRows(s.m.layout()))
			checkFits(s.t, s.m.picture(), width, height)
			if s.t.Failed() {
				s.t.Fatalf("at %dx%d", width, height)
			}
		}
	}
}

func TestResizeKeepsTheChoiceVisible(t *testing.T) {
	now := func(f func() time.Time) *fakeBackend { return many(500, f) }
	play(t, now, 120, 36, func(o *Options) { o.Quiet = false }, func(s *stage) {
		s.press("G")
		s.sees("portal-499")
		for _, size := range [][2]int{{80, 24}, {40, 10}, {200, 60}, {30, 6}} {
			s.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			s.sees("portal-499")
		}
		s.send(tea.WindowSizeMsg{})
		s.sees("portal-499")
	})
}

func TestLayoutLimits(t *testing.T) {
	for _, c := range []struct {
		width, height int
		want          arrangement
	}{
		{19, 24, sentence},
		{80, 3, sentence},
		{20, 4, bare},
		{39, 40, bare},
		{40, 24, oneAtATime},
		{71, 40, oneAtATime},
		{72, 24, stacked},
		{72, 12, oneAtATime},
		{109, 40, stacked},
		{110, 24, sideBySide},
		{200, 60, sideBySide},
	} {
		if got := layoutFor(shape{width: c.width, height: c.height, rows: 5}); got.arrangement != c.want {
			t.Errorf("%dx%d is %v, not %v", c.width, c.height, got.arrangement, c.want)
		}
	}
}

// TestSixteenColours: the states can be told apart where colours are few.
func TestStatesHaveColoursOfTheirOwn(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor} {
		play(t, scenario, 120, 36, func(o *Options) { o.Now, o.Profile = noon, profile }, func(s *stage) {
			seen := map[string]string{}
			for name, ink := range map[string]string{"good": s.m.theme.Good.Render("x"), "warn": s.m.theme.Warn.Render("x"), "bad": s.m.theme.Bad.Render("x"), "accent": s.m.theme.Accent.Render("x")} {
				if other, taken := seen[ink]; taken {
					s.t.Errorf("%v: %s and %s look the same", profile, name, other)
				}
				seen[ink] = name
			}
		})
	}
}
