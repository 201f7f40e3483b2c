package ui

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

func TestCountdownWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "00:00", -time.Hour: "00:00", 59 * time.Second: "00:59", 98 * time.Second: "01:38", 30 * time.Minute: "30:00",
		59*time.Minute + 59*time.Second: "59:59", time.Hour: "1h 00m", 26*time.Hour + 4*time.Minute: "26h 04m", 120 * time.Hour: "5 d",
	} {
		if got := clockTime(d); got != want || len(got) > timed {
			t.Errorf("%v is %q, not %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{30 * time.Second: "30 s", 3 * time.Minute: "3 min", 5 * time.Hour: "5 h", 41 * 24 * time.Hour: "41 d"} {
		if got := coarse(d); got != want {
			t.Errorf("%v is %q, not %q", d, got, want)
		}
	}
}

func TestStatesAndTheirWords(t *testing.T) {
	g := theme.New(theme.Options{}).Glyphs
	portal := func(ttl time.Duration, edit func(*oauth.Portal)) oauth.Portal {
		p := oauth.Portal{Kind: oauth.KindOAuth, Status: oauth.StatusActive, Lifetime: 30 * time.Minute, ExpiresAt: noon().Add(ttl)}
		if edit != nil {
			edit(&p)
		}
		return p
	}
	for _, c := range []struct {
		p     oauth.Portal
		state state
		words string
	}{
		{portal(20*time.Minute, nil), stateActive, ""},
		{portal(2*time.Minute+time.Second, nil), stateActive, ""},
		{portal(2*time.Minute, nil), stateDue, ""},
		{portal(time.Second, nil), stateDue, ""},
		{portal(0, nil), stateExpired, "expired just now"},
		{portal(-3*time.Minute, nil), stateExpired, "expired 3 min ago"},
		{portal(time.Minute, func(p *oauth.Portal) { p.Lifetime = 150 * time.Second }), stateDue, ""},
		{portal(80*time.Second, func(p *oauth.Portal) { p.Lifetime = 150 * time.Second }), stateActive, ""},
		{portal(0, func(p *oauth.Portal) {
			p.Kind, p.ExpiresAt, p.TokenAt = oauth.KindServiceKey, time.Time{}, noon().Add(-50*time.Hour)
		}), stateStatic, "no expiry · 2 d old"},
		{portal(time.Minute, func(p *oauth.Portal) {
			p.Status, p.StatusReason = oauth.StatusReconnectRequired, "The app was uninstalled."
		}), stateReconnect, "reconnect: the app was uninstalled"},
		{portal(time.Minute, func(p *oauth.Portal) {
			p.Status, p.StatusReason = oauth.StatusAppMisconfigured, "HubSpot refused the client secret."
		}), stateMisconfigured, "app setting: HubSpot refused the client secret"},
	} {
		s := stateOf(c.p, noon())
		if s != c.state || ttlWords(c.p, s, noon(), g) != c.words {
			t.Errorf("%v with %v left is %s %q", c.p.Status, c.p.TTL(noon()), s.word(), ttlWords(c.p, s, noon(), g))
		}
	}
}

// TestBarShrinksByHalves, is never wider than its room, and is empty only at zero.
func TestBarShrinks(t *testing.T) {
	th := theme.New(theme.Options{Name: theme.Mono})
	p := oauth.Portal{Kind: oauth.KindOAuth, Lifetime: 30 * time.Minute, ExpiresAt: noon().Add(30 * time.Minute)}
	for _, c := range []struct {
		after time.Duration
		want  string
	}{
		{0, "━━━━━━━━━━"},
		{time.Second, "━━━━━━━━━━"},
		{2 * time.Minute, "━━━━━━━━━╾"},
		{15 * time.Minute, "━━━━━─────"},
		{29*time.Minute + 59*time.Second, "╾─────────"},
		{30 * time.Minute, "──────────"},
		{time.Hour, "──────────"},
		{-time.Hour, "━━━━━━━━━━"},
	} {
		var r run
		bar(&r, th.Inks, th.Muted, th.Glyphs, p, noon().Add(c.after), 10)
		if got := ansi.Strip(r.String()); got != c.want || r.cells != 10 {
			t.Errorf("after %v the bar is %q, not %q", c.after, got, c.want)
		}
	}
}

func TestMotionStaysWithin(t *testing.T) {
	for by := lineUp; by <= toBottom; by++ {
		for total := range 6 {
			for at := range 6 {
				if got := by.step(at, total, 3); got < 0 || total > 0 && got >= total || total == 0 && got != 0 {
					t.Errorf("motion %d from %d of %d leads to %d", by, at, total, got)
				}
				if got := scrolled(at, total, 3, by); got < 0 || got > max(0, total-3) {
					t.Errorf("scrolling %d from %d of %d leads to %d", by, at, total, got)
				}
			}
		}
	}
}
