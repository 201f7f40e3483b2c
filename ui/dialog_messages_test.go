package ui

import (
	"fmt"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestMessagesAreKeptNewestFirst(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.press("M")
		if s.m.dialog != nil {
			s.t.Error("an empty list of messages opens")
		}
		s.press("S")
		s.send(toastMsg{err: &oauth.Error{Class: oauth.ClassTransient, Portal: "globex", Message: "no answer came: refused.", Hint: "Try again."}})
		s.send(toastMsg{text: "answer copied", done: true})
		s.press("M")
		golden(s.t, "messages_120x36", s.frame(), 120, 36)
		if s.press("enter"); !s.m.is(inMessages) {
			s.t.Error("good news has no more to it than its sentence")
		}
		s.press("j", "enter")
		s.sees("Last error", "Try again.", "globex")
		s.press("M", "esc")
		if s.m.dialog != nil {
			s.t.Error("esc does not close it")
		}
	})
}

// is tells whether the dialog of a scope is open.
func (m *Model) is(s scope) bool { return m.dialog != nil && m.dialog.scope() == s }

// They are bounded, and a long list scrolls in a window of any size.
func TestMessagesAreBounded(t *testing.T) {
	for _, size := range [][2]int{{20, 4}, {80, 24}} {
		play(t, scenario, size[0], size[1], nil, func(s *stage) {
			for i := range mostMessages + 50 {
				s.handle(toastMsg{text: fmt.Sprintf("message %d", i)})
			}
			if n := len(s.m.toasts.said); n != mostMessages {
				s.t.Errorf("%d are kept", n)
			}
			s.press("M")
			for range mostMessages {
				s.press("down")
			}
			if size[0] == 80 {
				s.sees("message 50")
			}
			s.press("pgup", "up")
		})
	}
}
