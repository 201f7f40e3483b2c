package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
)

// TestOverviewSaysWhoRefreshesNext, beside the list at 110 columns.
func TestOverviewSaysWhoRefreshesNext(t *testing.T) {
	in := func(d time.Duration) time.Time { return noon().Add(d) }
	for name, c := range map[string]struct {
		edit func(*oauth.Portal)
		want string
	}{
		"kept":      {func(*oauth.Portal) {}, "next refresh 14:54:58  by itself: kept fresh"},
		"not kept":  {func(p *oauth.Portal) { p.KeepFresh = false }, "next refresh with a call after 14:54:58"},
		"due":       {func(p *oauth.Portal) { p.KeepFresh, p.ExpiresAt = false, in(time.Minute) }, "next refresh with the next call"},
		"due, kept": {func(p *oauth.Portal) { p.ExpiresAt = in(time.Minute) }, "next refresh now  by itself"},
		"leased": {func(p *oauth.Portal) {
			p.Lease = oauth.Lease{Owner: "cli 4711", Until: in(time.Minute), AttemptStartedAt: in(-3 * time.Second)}
		}, "next refresh under way  by cli 4711 for 3 s"},
		"lapsed": {func(p *oauth.Portal) {
			p.Lease = oauth.Lease{Owner: "cli 4711", Until: in(-time.Second)}
		}, "next refresh 14:54:58"},
		"paused":                        {func(p *oauth.Portal) { p.AppPausedUntil = in(5 * time.Minute) }, "next refresh paused by HubSpot until 14:37:07"},
		"paused, says a clock set back": {func(p *oauth.Portal) { p.AppPausedUntil = in(time.Hour) }, "next refresh 14:54:58"},
		"held back":                     {func(p *oauth.Portal) { p.FailCount, p.NextAttemptAt = 2, in(time.Minute) }, "next refresh held back until 14:33:07"},
		"token age":                     {func(p *oauth.Portal) { p.TokenAt = in(-7 * time.Minute) }, "version 214  7 min old"},
	} {
		lines := ansi.Strip(strings.Join(newOverviewPane().lines(seen(c.edit), 48), "\n"))
		if !strings.Contains(lines, c.want) {
			t.Errorf("%s: %q is not in\n%s", name, c.want, lines)
		}
	}
	broken := seen(func(p *oauth.Portal) { p.Status = oauth.StatusReconnectRequired })
	if lines := ansi.Strip(strings.Join(newOverviewPane().lines(broken, 48), "\n")); strings.Contains(lines, "next refresh") {
		t.Errorf("a refresh is promised that never comes:\n%s", lines)
	}
}

// TestTheClockBadge is there while the clock is off, and only then.
func TestTheClockBadge(t *testing.T) {
	skew := 45 * time.Second
	edit := func(o *Options) {
		frozen(o)
		o.Skew = func() time.Duration { return skew }
	}
	play(t, scenario, 120, 36, edit, func(s *stage) {
		s.sees("clock +45 s off")
		skew = 0
		s.send(pollMsg{})
		s.misses("clock +45 s off")
		skew = -2 * time.Minute
		s.send(pollMsg{})
		s.sees("clock -120 s off")
	})
	play(t, scenario, 72, 24, edit, func(s *stage) { s.sees("active") })
}

// TestDurationsMarkFailuresWithoutColour.
func TestDurationsMarkFailuresWithoutColour(t *testing.T) {
	s := seen(func(*oauth.Portal) {})
	s.history.read = true
	for i := range 4 {
		e := oauth.Event{Kind: oauth.EventRefreshed, Outcome: oauth.OutcomeOK, Duration: time.Duration(100+100*i) * time.Millisecond}
		if i == 2 {
			e.Outcome = oauth.OutcomeFailed
		}
		s.history.events = append(s.history.events, e)
	}
	got := ansi.Strip(strings.Join(s.durations(60), "\n"))
	if want := "last 4       █✕▄▂  1 failed, 100 ms to 400 ms"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if lines := s.durations(10); lines != nil {
		t.Errorf("drawn where nothing fits: %q", lines)
	}
}
