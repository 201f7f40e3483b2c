package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/theme"
)

// How often the screen's clock ticks: while something visible counts seconds,
// while only minutes show, and while nobody looks.
const (
	everySecond  = time.Second
	everyMinute  = time.Minute
	whileBlurred = 10 * time.Second
)

// clock is the one clock of the screen. There is at most one tick under way; a
// tick of an older generation is late and ignored.
type clock struct {
	gen  uint64
	pace time.Duration // of the tick under way, 0 for none
}

type tickMsg struct{ gen uint64 }

// arm makes sure that the tick under way has the pace that is wanted. It runs
// after every update, so the timer is made exactly when it is needed.
func (c *clock) arm(pace time.Duration, now time.Time) tea.Cmd {
	if pace == c.pace {
		return nil
	}
	c.gen++
	c.pace = pace
	if pace == 0 {
		return nil
	}
	// Without the monotonic reading: it stands still while the machine sleeps.
	wall := now.Round(0)
	gen := c.gen
	return tea.Tick(wall.Truncate(pace).Add(pace).Sub(wall), func(time.Time) tea.Msg { return tickMsg{gen} })
}

// ticked tells whether m is the tick that is waited for, and makes room for the
// next.
func (c *clock) ticked(m tickMsg) bool {
	if m.gen != c.gen {
		return false
	}
	c.pace = 0
	return true
}

// pace is how often the clock has to tick for what is on the screen now.
func (m *Model) pace() time.Duration {
	l := m.layout()
	switch {
	case l.arrangement == sentence && m.dialog == nil:
		return 0
	case m.terminal.blurred:
		return whileBlurred
	case m.counting(l):
		return everySecond
	default:
		return everyMinute
	}
}

// counting tells whether anything on the screen changes every second.
func (m *Model) counting(l layout) bool {
	if m.dialog != nil && m.dialog.counting() {
		return true
	}
	if m.listVisible(l) && m.list.counting(m.now, l) {
		return true
	}
	p, ok := m.selected()
	return ok && m.detailVisible(l) && p.Expires() && p.TTL(m.now) > 0 && p.Status == "active"
}

// spinner turns while slow work is under way.
type spinner struct {
	gen    uint64
	at     int
	moving bool
}

// spinPace is slow: a spinner says that something goes on, not that it hurries.
const spinPace = 160 * time.Millisecond

type spinMsg struct{ gen uint64 }

func (s *spinner) start() tea.Cmd {
	if s.moving {
		return nil
	}
	s.moving = true
	s.gen++
	s.at = 0
	return s.next()
}

func (s *spinner) next() tea.Cmd {
	gen := s.gen
	return tea.Tick(spinPace, func(time.Time) tea.Msg { return spinMsg{gen} })
}

// turn moves on one frame, or stops when there is nothing to wait for.
func (s *spinner) turn(m spinMsg, needed bool) tea.Cmd {
	if m.gen != s.gen {
		return nil
	}
	if !needed {
		s.moving = false
		return nil
	}
	s.at++
	return s.next()
}

func (s *spinner) frame(t theme.Theme) string {
	frames := t.Glyphs.Spinner
	if len(frames) == 0 {
		return " "
	}
	return frames[s.at%len(frames)]
}
