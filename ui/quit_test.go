package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
)

func loud(o *Options) { o.Quiet, o.Theme = false, "" }

// TestQuitWaitsForTheTerminal: what the terminal still has to say would be typed
// into the shell.
func TestQuitWaitsForTheTerminal(t *testing.T) {
	play(t, scenario, 120, 36, loud, func(s *stage) {
		s.press("q")
		if s.quit {
			s.t.Fatal("quit before the terminal answered")
		}
		s.pass(patience - 10*time.Millisecond)
		if s.quit {
			s.t.Fatal("quit before patience was over")
		}
		s.pass(20 * time.Millisecond)
		if !s.quit {
			s.t.Fatal("did not quit though the terminal never answers")
		}
	})
	play(t, scenario, 120, 36, loud, func(s *stage) {
		s.press("q")
		s.send(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput}, tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore})
		if s.quit {
			s.t.Fatal("quit before the last reply")
		}
		s.send(tea.BackgroundColorMsg{Color: colorful.Color{}})
		if !s.quit {
			s.t.Fatal("did not quit after the last reply")
		}
	})
	play(t, scenario, 120, 36, loud, func(s *stage) {
		s.pass(time.Second)
		s.press("ctrl+c")
		if !s.quit {
			s.t.Fatal("waited for replies that will not come any more")
		}
	})
}

// TestThemeFollowsTheTerminal, live, and stays where it was chosen.
func TestThemeFollowsTheTerminal(t *testing.T) {
	white, black := colorful.Color{R: 1, G: 1, B: 1}, colorful.Color{}
	play(t, scenario, 120, 36, loud, func(s *stage) {
		if s.m.theme.Light {
			s.t.Error("light without a word from the terminal")
		}
		s.send(tea.BackgroundColorMsg{Color: white})
		if !s.m.theme.Light {
			s.t.Error("dark on white")
		}
		s.send(tea.BackgroundColorMsg{Color: black})
		if s.m.theme.Light {
			s.t.Error("light on black")
		}
	})
	play(t, scenario, 120, 36, func(o *Options) { o.Quiet, o.Theme = false, "light" }, func(s *stage) {
		s.send(tea.BackgroundColorMsg{Color: black})
		if !s.m.theme.Light {
			s.t.Error("a chosen theme was left")
		}
	})
}

func TestProfileComesFromTheTerminal(t *testing.T) {
	play(t, scenario, 120, 36, loud, func(s *stage) {
		good := s.m.theme.Good.Render("x")
		s.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
		if s.m.theme.Good.Render("x") == good {
			s.t.Error("16 colours look like 16 million")
		}
	})
}

func TestNoColor(t *testing.T) {
	for environ, want := range map[string]bool{"NO_COLOR=1": true, "NO_COLOR=yes": true, "NO_COLOR=0": true, "NO_COLOR=": false, "NO_COLORS=1": false, "XNO_COLOR=1": false} {
		if noColor([]string{"TERM=xterm", environ}) != want {
			t.Errorf("%s: %v", environ, !want)
		}
	}
}

// TestBackgroundIsAskedAgain, of a terminal that answers, while it is looked at.
func TestBackgroundIsAskedAgain(t *testing.T) {
	play(t, scenario, 120, 36, loud, func(s *stage) {
		s.pass(time.Minute)
		if s.asked != 1 {
			s.t.Errorf("a terminal that never answers was asked %d times", s.asked)
		}
		s.send(tea.BackgroundColorMsg{Color: colorful.Color{}})
		s.pass(2 * time.Second)
		if s.asked != 2 {
			s.t.Errorf("asked %d times", s.asked)
		}
		s.send(tea.BackgroundColorMsg{Color: colorful.Color{R: 1, G: 1, B: 1}}, tea.BlurMsg{})
		if !s.m.theme.Light {
			s.t.Error("did not follow")
		}
		s.pass(time.Minute)
		if s.asked != 2 {
			s.t.Errorf("asked %d times while nobody looked", s.asked)
		}
		s.send(tea.FocusMsg{})
		if s.asked != 3 {
			s.t.Errorf("asked %d times after somebody looked again", s.asked)
		}
	})
}
