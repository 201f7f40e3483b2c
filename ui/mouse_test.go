package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// click presses the left button on the last place that shows a text.
func (s *stage) click(text string) {
	s.t.Helper()
	lines := strings.Split(s.text(), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if i := strings.LastIndex(lines[y], text); i >= 0 {
			s.send(tea.MouseClickMsg{X: textWidth(lines[y][:i]) + 1, Y: y, Button: tea.MouseLeft})
			return
		}
	}
	s.t.Fatalf("nothing shows %q", text)
}

func TestMouse(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		play(t, scenario, size[0], size[1], nil, func(s *stage) {
			s.click("umbrella")
			if p, _ := s.m.selected(); p.Alias != "umbrella" {
				s.t.Errorf("a click on a row leads to %s", p.Alias)
			}
			s.send(tea.MouseWheelMsg{X: 5, Y: 4, Button: tea.MouseWheelUp})
			if p, _ := s.m.selected(); p.Alias == "umbrella" {
				s.t.Error("the wheel does not move the list")
			}
			s.click("Events")
			if s.m.tab != tabEvents || s.m.focus != focusDetail {
				s.t.Error("a click on a tab does not open it")
			}
			s.click("? help")
			if !s.m.is(inHelp) {
				s.t.Fatal("a click on a key of the footer does nothing")
			}
			s.send(tea.MouseWheelMsg{X: 5, Y: 4, Button: tea.MouseWheelDown})
			if s.m.dialog.(*helpDialog).top != 1 {
				s.t.Error("the wheel does not move a dialog")
			}
			s.click("esc close")
			if s.m.dialog != nil {
				s.t.Error("a click on a key of a dialog does nothing")
			}
			s.send(tea.MouseClickMsg{X: 500, Y: 500, Button: tea.MouseLeft}, tea.MouseClickMsg{X: 3, Y: 3, Button: tea.MouseRight})
		})
	}
}

func TestMouseIsOffOnRequest(t *testing.T) {
	for _, off := range []bool{false, true} {
		play(t, scenario, 80, 24, func(o *Options) { o.NoMouse = off }, func(s *stage) {
			if on := s.m.View().MouseMode != tea.MouseModeNone; on == off {
				s.t.Errorf("off is %v and the mouse is on: %v", off, on)
			}
		})
	}
}
