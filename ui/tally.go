package ui

import "time"

// tally counts portals by what the header says of them.
type tally struct{ active, due, expired, reconnect, misconfigured int }

// census is a tally and how long it holds: with thousands of portals, counting them
// for every key press would be most of its work.
type census struct {
	tally
	from, until time.Time // no until: nothing has been counted
}

// tally counts the portals, unless they are the same as the last time and none has
// come to where it is due or expired since.
func (l *list) tally(now time.Time) tally {
	if c := l.counted; c.until.IsZero() || now.Before(c.from) || !now.Before(c.until) {
		l.counted = l.count(now)
	}
	return l.counted.tally
}

// count counts, and looks when the first of the portals changes its state by the
// clock alone. Without any it is looked again in a day.
func (l *list) count(now time.Time) census {
	c := census{from: now, until: now.Add(24 * time.Hour)}
	for i := range l.portals {
		p := &l.portals[i]
		c.add(stateOf(*p, now))
		if p.Expires() {
			c.endsBy(p.ExpiresAt)
			c.endsBy(p.ExpiresAt.Add(-buffer(*p)))
		}
	}
	return c
}

func (t *tally) add(s state) {
	switch s {
	case stateDue:
		t.due++
	case stateExpired:
		t.expired++
	case stateReconnect:
		t.reconnect++
	case stateMisconfigured:
		t.misconfigured++
	default:
		t.active++
	}
}

// endsBy shortens how long the census holds; what is over does not change it.
func (c *census) endsBy(at time.Time) {
	if at.After(c.from) && at.Before(c.until) {
		c.until = at
	}
}
