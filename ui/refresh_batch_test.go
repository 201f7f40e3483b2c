package ui

import (
	"slices"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// TestRemovedPortalEndsItsBatch: another process removes a portal while R is
// refreshing it.
func TestRemovedPortalEndsItsBatch(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		delay := 5 * time.Second
		s.hinder(waits(&delay))
		s.press("R")
		s.fake.change(func() {
			s.fake.portals = slices.DeleteFunc(s.fake.portals, func(p oauth.Portal) bool { return p.Alias == "umbrella" })
		})
		s.pass(2 * pollPace)
		s.misses("umbrella")
		s.pass(delay)
		s.sees("refreshed 1 of 2, 1 failed")
		delay = 0
		s.press("r")
		s.sees("refreshed acme-prod in 92 ms ✓")
	})
}

// TestRefreshBesideABatch has its own toast, and the batch goes on counting its
// own portals only.
func TestRefreshBesideABatch(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		delay := 5 * time.Second
		s.hinder(waits(&delay))
		s.press("R")
		delay = 0
		s.press("r")
		s.sees("refreshed acme-prod in 92 ms ✓")
		s.pass(5 * time.Second)
		s.sees("refreshed 2 of 2 ✓")
	})
}

func TestFailureBesideABatch(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		delay := 5 * time.Second
		s.hinder(waits(&delay))
		s.press("R")
		s.hinder(fails("Refresh", &oauth.Error{Class: oauth.ClassTransient, Message: "HubSpot did not answer in 20 s"}))
		s.press("r")
		s.sees("✕ HubSpot did not answer in 20 s")
		s.pass(5 * time.Second)
		s.sees("refreshed 2 of 2 ✓")
		s.misses("1 failed")
	})
}

// TestRefreshAgainInABatch counts the portal once.
func TestRefreshAgainInABatch(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		delay := 5 * time.Second
		s.hinder(waits(&delay))
		s.press("R", "G")
		s.pass(time.Second)
		s.press("r")
		s.pass(5 * time.Second)
		s.sees("refreshed 2 of 2 ✓")
	})
}
