package ui

import (
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// refusal is a failure with more to say than a footer has room for.
func refusal() *oauth.Error {
	return &oauth.Error{
		Class: oauth.ClassAppMisconfigured, Portal: "acme-prod", Status: 401, Code: "BAD_CLIENT_SECRET",
		Message:       "HubSpot refused the refresh: the client secret is not the one the app has, and this sentence goes on for longer than any footer is wide.",
		Hint:          "Set the app's current client secret.",
		CorrelationID: "019cd9fe-6bd0-7f3e-9d57-0f6e2b7a4c11",
	}
}

// TestLongFailure: the footer keeps a hint or two, and E shows all of it.
func TestLongFailure(t *testing.T) {
	play(t, scenario, 80, 24, frozen, func(s *stage) {
		s.hinder(fails("Refresh", refusal()))
		s.press("r")
		last := footerOf(s)
		for _, w := range []string{"✕ HubSpot refused the refresh…", "E whole error", "? help"} {
			if !strings.Contains(last, w) {
				s.t.Errorf("the footer misses %q: %s", w, last)
			}
		}
		s.press("E")
		s.sees("Last error", "goes on for longer than any footer is", "Set the app's current client secret.",
			"app misconfigured", "acme-prod", "401  BAD_CLIENT_SECRET", "019cd9fe-6bd0-7f3e-9d57-0f6e2b7a4c11", "14:32:07 UTC", "esc close")
		if last := strings.TrimSpace(footerOf(s)); last != "" {
			s.t.Errorf("the footer says %q while a dialog is open", last)
		}
		golden(s.t, "last_error_80x24", s.frame(), 80, 24)
		s.press("esc")
		s.misses("Last error")
	})
	play(t, scenario, 35, 10, frozen, func(s *stage) {
		if last := footerOf(s); !strings.Contains(last, "? help") {
			s.t.Errorf("no way to the keys at 35x10: %q", last)
		}
		s.hinder(fails("Refresh", refusal()))
		s.press("r")
		if last := footerOf(s); !strings.Contains(last, "? help") || !strings.Contains(last, "…") {
			s.t.Errorf("the footer says %q", last)
		}
		s.press("E")
		s.sees("HubSpot refused the refresh", "more", "esc close")
		for range 20 {
			s.press("down")
		}
		s.sees("UTC")
	})
}

func footerOf(s *stage) string {
	lines := strings.Split(s.text(), "\n")
	return lines[len(lines)-1]
}

func TestBrief(t *testing.T) {
	for _, c := range [][2]string{
		{"no free port", "no free port"},
		{"The store is locked.", "The store is locked"},
		{"refused: because. And so on.", "refused…"},
		{"One thing. Another thing.", "One thing…"},
	} {
		if got := brief(c[0], "…"); got != c[1] {
			t.Errorf("%q becomes %q, not %q", c[0], got, c[1])
		}
	}
}
