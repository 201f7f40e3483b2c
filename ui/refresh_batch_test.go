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

// TestBatchIsCounted while it is under way, and esc ends it.
func TestBatchIsCounted(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		delay := 5 * time.Second
		s.hinder(waits(&delay))
		s.press("R")
		s.sees("refreshing 0/2")
		s.press("esc")
		s.sees("cancelled")
		s.misses("refreshing")
		s.pass(2 * delay)
		s.misses("refreshing", "refreshed 2")
	})
}

// TestBatchOfAPausedApp says when it may go on, and counts what it waits for.
func TestBatchOfAPausedApp(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.hinder(fails("Refresh", &oauth.Error{
			Class: oauth.ClassRateLimited, Message: "The app main is paused until 12:03:10. Too many calls.", Hint: "Try again then.",
		}))
		s.press("R")
		s.sees("✕ refreshed 0 of 2, 2 wait…")
		s.press("E")
		s.sees("The app main is paused until 12:03:10.", "rate limited", "Try again then.")
	})
}

func TestBatchInWords(t *testing.T) {
	b := newBatch(deedRefresh, []oauth.Portal{{ID: 1}, {ID: 2}, {ID: 3}})
	for _, c := range []struct {
		id      int64
		failure error
		want    string
	}{
		{9, nil, "refreshing 0/3"},
		{1, nil, "refreshing 1/3"},
		{2, &oauth.Error{Class: oauth.ClassTransient}, "refreshing 2/3 · 1 failed"},
		{3, nil, ""},
	} {
		b.settle(deedRefresh, c.id, batchOutcome{}, c.failure)
		if got := b.progress("·"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
