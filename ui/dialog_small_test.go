package ui

import (
	"strings"
	"testing"
)

// TestLongNames: what has to be typed or read in full is not cut.
func TestLongNames(t *testing.T) {
	alias := strings.Repeat("long-", 12) + "x"
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		play(t, scenario, size[0], size[1], nil, func(s *stage) {
			s.fake.change(func() { s.fake.portals[0].Alias = alias })
			s.pass(pollPace * 2)
			s.press("g", "x", "tab")
			seen := strings.Join(strings.Fields(plainText(s.m.dialog.view(s.m, s.m.dialogFrame()))), "")
			for _, w := range []string{alias, "therefreshtokenisrevoked;theappstaysinstalled"} {
				if !strings.Contains(seen, w) {
					s.t.Errorf("%q is cut:\n%s", w, s.text())
				}
			}
		})
	}
}

// TestSmallDialogs: the main key stays, and scopes are whole.
func TestSmallDialogs(t *testing.T) {
	play(t, scenario, 35, 10, nil, func(s *stage) {
		for _, c := range []struct{ open, key string }{{"c", "enter open the browser"}, {"a", "enter connect   n new app"}, {"x", "enter disconnect"}} {
			s.press(c.open)
			s.sees(c.key)
			s.press("esc")
		}
		s.press("a", "x")
		s.sees("Remove main and its client", "y remove it")
		s.press("n", "n", "enter")
		s.sees("The name is missing.", "enter add the app")
		s.press("esc", "esc", "x", "enter")
		s.sees("Type acme-prod to disconnect it.")
		s.press("esc")
	})
	play(t, nobody, 35, 10, nil, func(s *stage) {
		s.sees("c   connect a portal", "e   explore the sandbox", "a   add an app", "? help")
		s.press("e")
		s.sees("The sandbox is temporary", "enter open the browser")
	})
	play(t, scenario, 35, 20, nil, func(s *stage) {
		s.press("c")
		s.sees("crm.objects.contacts.read", "crm.objects.companies.read")
	})
}

func TestHelpIgnoresASlash(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("?", "/")
		s.typeText("clipboard")
		s.sees("search  clipboard", "copy the access token")
	})
}
