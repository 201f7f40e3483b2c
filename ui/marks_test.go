package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// aliases of the marked portals, in the order of the store.
func (s *stage) marked() string {
	var names []string
	for _, p := range s.m.list.portals {
		if s.m.list.marked[p.ID] {
			names = append(names, p.Alias)
		}
	}
	return strings.Join(names, " ")
}

func TestMarking(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		for _, step := range []struct{ keys, want string }{
			{"space", "acme-prod"},
			{"space", "acme-prod acme-sandbox"},
			{"k space", "acme-prod"},
			{"S S", "acme-prod"},
			{"/ g l o b enter", "acme-prod"},
			{"*", "acme-prod globex"},
			{"*", "acme-prod"},
			{"esc", "acme-prod"}, // the filter goes first
			{"ctrl+a", "acme-prod acme-sandbox globex hooli-key initech northwind umbrella"},
			{"ctrl+a", ""},
			{"g space esc", ""},
		} {
			s.press(strings.Fields(step.keys)...)
			if got := s.marked(); got != step.want {
				t.Fatalf("%s: marked are %q, not %q", step.keys, got, step.want)
			}
		}
		s.press("space")
		s.sees("1 marked")
		s.press("/")
		s.typeText("hooli")
		s.sees("1 marked · 1 of 7")
		s.press("esc")
		s.fake.change(func() { s.fake.portals = s.fake.portals[2:] })
		s.pass(2 * pollPace)
		s.misses("marked")
	})
}

// TestMarksAimTheKeys: r refreshes what is marked, whatever the filter hides, and
// x takes nobody along.
func TestMarksAimTheKeys(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("space", "space", "space")
		s.press("/", "h", "o", "o", "enter", "r")
		s.sees("refreshed 3 of 3 ✓")
		if n := s.fake.called("Refresh"); n != 3 {
			t.Errorf("%d refreshes", n)
		}
		s.press("x")
		s.sees("one at a time")
		if s.m.dialog != nil {
			t.Error("a portal is being disconnected")
		}
		s.press("esc", "enter", "r") // in a tab a key is about its portal
		if n := s.fake.called("Refresh"); n != 3 {
			t.Errorf("hooli-key has no refresh, and there were %d", n)
		}
	})
}

func TestMarkedRefreshFails(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.hinder(fails("Refresh", &oauth.Error{Class: oauth.ClassTransient, Message: "HubSpot did not answer in 20 s"}))
		s.press("space", "space", "r")
		s.sees("✕ refreshed 0 of 2, 2 failed", "E whole error", "V each result")
		s.press("E")
		s.sees("No answer came: acme-prod, acme-sandbox.")
		s.press("esc", "V")
		s.sees("refreshed 0 of 2, 2 failed", "acme-prod", "No answer came")
	})
}

func TestSameReadOnAllMarked(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		delay := 3 * time.Second
		s.hinder(waits(&delay))
		s.press("space", "space", "t")
		s.sees("Send which read to 2 portals?", "Account details")
		s.press("enter")
		s.sees("testing 0/2", "GET /account-info", "cancel the rest")
		s.pass(delay)
		s.sees("tested 2 of 2", "200", "118 ms", "108/110")
		golden(t, "results_120x36", s.frame(), 120, 36)
		s.press("esc")
		s.misses("108/110")
		s.press("t", "enter", "esc")
		s.sees("tested 0 of 2, 2 cancelled")
		s.press("esc")
		if n := s.fake.called("Send"); n != 4 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestOneOfAReadFails(t *testing.T) {
	play(t, scenario, 80, 24, frozen, func(s *stage) {
		s.hinder(fails("Send", &oauth.Error{Class: oauth.ClassRevoked, Message: "The grant is gone."}))
		s.press("*", "t", "enter")
		s.sees("tested 0 of 7, 7 failed", "This portal has to be con")
	})
}

func TestProbeAndKeepAllMarked(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("space", "space", "s")
		s.sees("probed 2 of 2", "works 7")
		s.press("esc", "K")
		s.sees("changed 2 of 2 ✓")
		if !s.fake.portals[1].KeepFresh {
			t.Error("acme-sandbox is not kept fresh")
		}
		s.press("K") // all of them are
		for _, p := range s.fake.portals[:2] {
			if p.KeepFresh {
				t.Errorf("%s is still kept fresh", p.Alias)
			}
		}
	})
}
