package ui

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// waits makes slow methods take as long as delay says, unless they are cancelled.
func waits(delay *time.Duration) func(context.Context, string) error {
	return func(ctx context.Context, method string) error {
		switch method {
		case "Refresh", "AccessToken", "Send", "CheckApp", "ProbeScopes", "ExploreSandbox":
			select {
			case <-time.After(*delay):
			case <-ctx.Done():
			}
		}
		return ctx.Err()
	}
}

// fails makes a method fail.
func fails(method string, err error) func(context.Context, string) error {
	return func(ctx context.Context, m string) error {
		if m == method {
			return err
		}
		return ctx.Err()
	}
}

func TestRefreshShowsTheNewCountdownAtOnce(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("G")
		s.sees("expired 3 min ago")
		s.press("r")
		s.sees("refreshed umbrella in 92 ms ✓", "30:00")
		s.misses("expired 3 min ago")
		s.pass(toastTime)
		s.misses("refreshed umbrella")
	})
}

func TestRefreshDue(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("R")
		if n := s.fake.called("Refresh"); n != 2 {
			s.t.Errorf("%d portals were refreshed, not the 2 that are due", n)
		}
		s.sees("refreshed 2 of 2 ✓")
		s.press("R")
		s.sees("no portal is due")
		if n := s.fake.called("Refresh"); n != 2 {
			s.t.Error("refreshed again what is fresh")
		}
	})
}

func TestFailedRefreshStaysUntilAKey(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.hinder(fails("Refresh", &oauth.Error{Class: oauth.ClassTransient, Message: "HubSpot did not answer in 20 s", Hint: "Try again."}))
		s.press("r")
		s.sees("✕ HubSpot did not answer in 20 s", "No answer came")
		s.pass(time.Minute)
		s.sees("✕ HubSpot did not answer in 20 s")
		s.press("j")
		s.misses("HubSpot did not answer")
		s.press("E")
		s.sees("Last error", "HubSpot did not answer in 20 s")
		s.press("esc", "k", "5")
		s.sees("No answer came")
	})
}

func TestASlowPortalDoesNotHoldTheOthersUp(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		delay := time.Hour
		s.hinder(waits(&delay))
		s.press("r")
		s.pass(time.Second)
		delay = 0
		s.press("j", "r")
		s.sees("refreshed acme-sandbox")
		s.pass(time.Second)
		s.press("esc")
		s.sees("cancelled")
	})
}

func TestWhatCannotBeRefreshed(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("j", "j", "j", "r")
		s.sees("a static token does not expire")
		s.press("c")
		s.sees("a static token is replaced with: hsterm add-token")
		s.press("j", "r")
		s.sees("refreshing cannot help: press c to reconnect")
		if s.fake.called("Refresh") != 0 {
			s.t.Error("refreshed all the same")
		}
	})
}

// TestStaleResultsAreDropped: what was cancelled or superseded never shows.
func TestStaleResultsAreDropped(t *testing.T) {
	tasks := newTasks(t.Context())
	key := taskKey{owner: "x"}
	work := func(context.Context) (any, error) { return nil, nil }
	tasks.start(key, work)
	first := tasks.gen
	tasks.start(key, work)
	if tasks.current(taskMsg{result: result{key: key, last: true}, gen: first}) {
		t.Error("a superseded result was taken")
	}
	if !tasks.running(key) {
		t.Error("a superseded result ended its successor")
	}
	if !tasks.current(taskMsg{result: result{key: key, last: true}, gen: tasks.gen}) || tasks.running(key) {
		t.Error("the newest result was not taken as the last")
	}
	tasks.start(key, work)
	tasks.cancelAsked()
	if tasks.current(taskMsg{result: result{key: key, last: true}, gen: tasks.gen}) {
		t.Error("a cancelled result was taken")
	}
}

func TestCopyToken(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("y")
		s.sees("access token of acme-prod copied ✓")
		s.misses("hstermtestsecret")
		if len(s.clipboard) != 1 || s.clipboard[0] != "CJhstermtestsecret9f3c" {
			s.t.Errorf("the clipboard holds %d texts", len(s.clipboard))
		}
	})
}

func TestOpenPortal(t *testing.T) {
	for host, want := range map[string]string{
		"app.hubspot.com":     "https://app.hubspot.com/contacts/62515",
		"app-eu1.hubspot.com": "https://app-eu1.hubspot.com/contacts/62515",
		"hubspot.com.evil.io": "", "evilhubspot.com": "", "app.hubspot.com@evil.io": "", "app.hubspot.com/x": "", "APP.hubspot.com:80": "", "": "", ".hubspot.com": "",
	} {
		got, why := portalURL(oauth.Portal{Alias: "acme", HubID: 62515, UIDomain: host})
		if got != want || (why == "") != (want != "") {
			t.Errorf("%q opens %q (%s)", host, got, why)
		}
	}
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("o")
		s.sees("opened acme-prod in the browser")
		if len(s.fake.opened) != 1 || s.fake.opened[0] != "https://app.hubspot.com/contacts/62515" {
			s.t.Errorf("opened %v", s.fake.opened)
		}
		s.fake.change(func() { s.fake.portals[0].UIDomain = "evil.example" })
		s.pass(2 * pollPace)
		s.press("o")
		s.sees("evil.example is not a host of HubSpot's")
	})
}
