package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// TestClockTicksOnTheSecond: the countdown moves once a second, on the second.
func TestClockTicksOnTheSecond(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.pass(300 * time.Millisecond)
		s.sees("24:51")
		s.pass(699 * time.Millisecond)
		s.sees("24:51")
		s.pass(2 * time.Millisecond)
		s.sees("24:50", "01:37")
		s.pass(10 * time.Second)
		s.sees("24:40", "01:27")
	})
}

func TestRowDies(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.pass(97 * time.Second)
		s.sees("◐ northwind", "00:01")
		s.pass(time.Second)
		s.sees("○ northwind", "expired just now", "2 expired")
		s.pass(2 * time.Minute)
		s.sees("expired 2 min ago")
		s.pass(5 * time.Minute)
		s.sees("◐ acme-sandbox")
	})
}

// ticksIn counts the ticks of the clock in a time.
func ticksIn(s *stage, d time.Duration) int {
	gen := s.m.clock.gen
	s.pass(d)
	return int(s.m.clock.gen - gen)
}

func TestClockPace(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		if n := ticksIn(s, 10*time.Second); n != 10 {
			s.t.Errorf("%d ticks in 10 s", n)
		}
		s.send(tea.BlurMsg{})
		if n := ticksIn(s, time.Minute); n < 6 || n > 7 {
			s.t.Errorf("%d ticks in a minute without focus", n)
		}
		s.sees("~23 min")
		s.send(tea.FocusMsg{})
		if n := ticksIn(s, 10*time.Second); n < 10 || n > 11 {
			s.t.Errorf("%d ticks in 10 s after focus came back", n)
		}
		s.misses("~23 min")
	})
}

// TestClockStops: where nothing counts seconds the clock ticks once a minute, and
// where nothing is shown not at all.
func TestClockStops(t *testing.T) {
	still := func(now func() time.Time) *fakeBackend {
		f := scenario(now)
		for i := range f.portals {
			f.portals[i].Status = oauth.StatusReconnectRequired
		}
		return f
	}
	play(t, still, 120, 36, func(o *Options) { o.Quiet = false }, func(s *stage) {
		s.pass(time.Minute)
		if n := ticksIn(s, 5*time.Minute); n != 5 {
			s.t.Errorf("%d ticks in 5 minutes with nothing that counts", n)
		}
		s.send(tea.WindowSizeMsg{Width: 10, Height: 3})
		if n := ticksIn(s, 5*time.Minute); n != 0 {
			s.t.Errorf("%d ticks in 5 minutes with nothing to see", n)
		}
	})
}

func TestLateTicksAreIgnored(t *testing.T) {
	var c clock
	c.arm(everySecond, noon())
	late := tickMsg{c.gen}
	c.arm(everyMinute, noon())
	if c.ticked(late) {
		t.Error("a tick of an older generation was taken")
	}
	if c.arm(everyMinute, noon()) != nil {
		t.Error("a clock that is armed was armed again")
	}
	if !c.ticked(tickMsg{c.gen}) || c.arm(everyMinute, noon()) == nil {
		t.Error("the clock did not go on")
	}
}

// TestTwoScreensOnOneStore: a change by another process shows within two
// seconds, and nothing is read again while nothing changes.
func TestTwoScreensOnOneStore(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.pass(10 * time.Second)
		if n := s.fake.called("Portals"); n != 1 {
			s.t.Errorf("the portals were read %d times", n)
		}
		s.fake.change(func() { s.fake.portals[0].Alias = "renamed" })
		s.pass(2 * time.Second)
		s.sees("renamed")
		if n := s.fake.called("Portals"); n != 2 {
			s.t.Errorf("the portals were read %d times", n)
		}
	})
}

func TestSpinnerOnlyForSlowWork(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		delay := 100 * time.Millisecond
		s.hinder(waits(&delay))
		before := plainText(s.frame())
		s.press("r")
		s.pass(90 * time.Millisecond)
		if plainText(s.frame()) != before {
			s.t.Error("something moved before 150 ms")
		}
		s.pass(30 * time.Millisecond)
		s.sees("refreshed acme-prod in 92 ms ✓")
		delay = 2 * time.Second
		s.press("r")
		s.pass(170 * time.Millisecond)
		s.sees("◴ acme-prod", "esc cancel")
		s.pass(spinPace)
		s.sees("◷ acme-prod")
		s.press("esc")
		s.sees("● acme-prod", "cancelled")
	})
}
