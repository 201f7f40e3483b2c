package ui

import (
	"fmt"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// TestTabFrames keeps the looks of the API and Scopes tabs.
func TestTabFrames(t *testing.T) {
	refused := &oauth.Error{
		Class: oauth.ClassPermissionDenied, Message: "This call needs one of two scopes.", Status: 403, Code: "MISSING_SCOPES",
		Scopes: []string{"crm.objects.deals.read", "crm.schemas.deals.read"}, CorrelationID: "019cd9fe-6bd0-7f3e-9d57-0f6e2b7a4c11",
	}
	scenes := []struct {
		name string
		play func(*stage)
	}{
		{"api", func(s *stage) { s.press("t") }},
		{"api_search", func(s *stage) { s.find("deals") }},
		{"api_answer", func(s *stage) {
			s.answers(200, "application/json", string(contactList(3)), nil)
			s.find("list contacts")
			s.press("enter", "j", "j")
		}},
		{"api_refused", func(s *stage) {
			s.answers(403, "application/json", `{"status":"error","category":"MISSING_SCOPES"}`, refused)
			s.find("list deals")
			s.press("enter", "enter")
		}},
		{"api_compose", func(s *stage) {
			s.find("create contact")
			s.press("enter", "tab")
		}},
		{"api_confirm", func(s *stage) {
			s.find("archive contact")
			s.press("enter", "enter")
			s.typeText("acme")
		}},
		{"scopes", func(s *stage) { s.press("s", "s", "j") }},
	}
	for _, scene := range scenes {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			name := fmt.Sprintf("%s_%dx%d", scene.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				play(t, scenario, size[0], size[1], frozen, func(s *stage) {
					scene.play(s)
					golden(s.t, name, s.frame(), size[0], size[1])
				})
			})
		}
	}
	t.Run("api_wide", func(t *testing.T) {
		play(t, scenario, 160, 40, frozen, func(s *stage) {
			s.answers(200, "application/json", string(contactList(3)), nil)
			s.find("list contacts")
			s.press("enter", "z")
			golden(s.t, "api_wide_160x40", s.frame(), 160, 40)
		})
	})
}

// TestTabsAtEverySize draws every state of both tabs at many sizes; frames that
// do not fit fail on the stage.
func TestTabsAtEverySize(t *testing.T) {
	states := [][]string{
		{"t"}, {"t", "/", "d"}, {"t", "enter"}, {"t", "e"}, {"t", "enter", "/", "x"}, {"t", "enter", "w"}, {"s"}, {"s", "s"},
	}
	for _, keys := range states {
		t.Run(fmt.Sprint(keys), func(t *testing.T) {
			play(t, scenario, 120, 36, frozen, func(s *stage) {
				s.press(keys...)
				for width := 1; width <= 200; width += 11 {
					for height := 1; height <= 60; height += 5 {
						s.m.width, s.m.height = width, height
						s.frame()
					}
				}
			})
		})
	}
}
