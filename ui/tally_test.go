package ui

import (
	"testing"
	"time"
)

// The count that is kept is the one that would be counted, at every second, when the
// clock is set back, and when the portals change.
func TestTheCountKeptIsTheCount(t *testing.T) {
	l := newList()
	f := scenario(noon)
	l.set(f.portals, noon())
	check := func(at time.Time) {
		t.Helper()
		if got, want := l.tally(at), l.count(at).tally; got != want {
			t.Errorf("%s: %+v, not %+v", at.Format(time.TimeOnly), got, want)
		}
	}
	for second := range 2000 {
		check(noon().Add(time.Duration(second) * time.Second))
	}
	check(noon().Add(-time.Hour))
	check(noon())
	p := f.portals[0]
	p.ExpiresAt = noon().Add(-time.Second)
	l.put(p, noon())
	check(noon())
}
