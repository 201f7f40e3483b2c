//go:build scoreboard

package test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// clockCase is one way for clocks to go wrong around a refresh. The portal's
// token has expired when it begins.
type clockCase struct {
	name  string
	run   func(s *clockScene, r *oauth.Refresher) error
	fails oauth.Class // what run may come to; "" for nothing but success
}

func clockCases() []clockCase {
	return slices.Concat(clockJumps(), clockNaps(), clockRecords(), clockServers(), clockWaiters(), clockKeepers())
}

// Clocks that are an hour or a day off, set while a refresh is under way, and
// machines that sleep: at most two token calls, never a connection that is called
// dead, never a wait beyond the lease, and a portal that works.
func TestRow07Clocks(t *testing.T) {
	cases := clockCases()
	var good, most atomic.Int64
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			calls := playClocks(t, c)
			most.Store(max(most.Load(), int64(calls)))
			if !t.Failed() {
				good.Add(1)
			}
		})
	}
	binary := clockBinary(t)
	const least = 40
	if len(cases) < least {
		t.Errorf("%d cases; %d are promised", len(cases), least)
	}
	publish(t, score{
		Row: 7, Figure: "clocks ±1 h and ±1 day off at every point of a refresh, and sleep: the portal works, no false reconnect",
		Count: fmt.Sprintf("%d of %d, at most %d token calls each; %d more by the binary", good.Load(), len(cases), most.Load(), binary),
	})
}

func playClocks(t *testing.T, c clockCase) int {
	t.Helper()
	s := newClockScene(t)
	s.connect()
	s.pass(31 * time.Minute)
	if err := c.run(s, s.process("one")); oauth.ClassOf(err) != c.fails {
		t.Errorf("the call ended with %v, wanted %q", err, c.fails)
	}
	s.pass(10 * time.Second) // beyond the first back-off
	if err := s.call(s.process("two")); err != nil {
		t.Errorf("the call after it: %v", err)
	}
	calls := s.tokenCalls()
	if calls > 2 {
		t.Errorf("%d token calls", calls)
	}
	p, err := s.store.Portal(t.Context(), s.portal.ID)
	if err != nil || p.Status != oauth.StatusActive || p.Lease.Owner != "" {
		t.Errorf("afterwards: %s (%s), lease of %q, %v", p.Status, p.StatusReason, p.Lease.Owner, err)
	}
	if limit := 65 * time.Second; s.waited > limit {
		t.Errorf("it waited for %s", s.waited)
	}
	s.lives(calls)
	return calls
}

// lives uses the portal once more when its token has truly expired: a clock that
// was off must not have left anything behind.
func (s *clockScene) lives(calls int) {
	s.t.Helper()
	s.pass(31 * time.Minute)
	if err := s.call(s.process("three")); err != nil {
		s.t.Errorf("half an hour later: %v", err)
	}
	if n := s.tokenCalls() - calls; n > 2 {
		s.t.Errorf("half an hour later: %d token calls", n)
	}
}

func clockSteps() map[string]time.Duration {
	return map[string]time.Duration{"+1h": time.Hour, "-1h": -time.Hour, "+1d": 24 * time.Hour, "-1d": -24 * time.Hour}
}

// clockJumps set the clock at each point of a refresh.
func clockJumps() []clockCase {
	var all []clockCase
	for name, d := range clockSteps() {
		all = append(all, clockCase{name: name + " before the call", run: func(s *clockScene, r *oauth.Refresher) error {
			s.jump(d)
			return s.call(r)
		}})
		for _, place := range []string{atProbe, atLease, atSent, atAnswer, atSaved} {
			all = append(all, clockCase{name: name + " " + place, run: func(s *clockScene, r *oauth.Refresher) error {
				s.at(place, func() { s.jump(d) })
				return s.call(r)
			}})
		}
		all = append(all, clockCase{name: name + " and back within the request", run: func(s *clockScene, r *oauth.Refresher) error {
			s.at(atSent, func() { s.jump(d) })
			s.at(atAnswer, func() { s.jump(-d) })
			return s.call(r)
		}})
	}
	return all
}

// clockNaps let the machine sleep at each point of a refresh.
func clockNaps() []clockCase {
	var all []clockCase
	for _, d := range []time.Duration{30 * time.Second, time.Hour, 8 * time.Hour} {
		for _, place := range []string{atProbe, atLease, atSent, atAnswer, atSaved} {
			all = append(all, clockCase{name: fmt.Sprintf("sleep of %s %s", d, place), run: func(s *clockScene, r *oauth.Refresher) error {
				s.at(place, func() { s.nap(d) })
				return s.call(r)
			}})
		}
		all = append(all, clockCase{
			name: fmt.Sprintf("sleep of %s that costs the answer", d), fails: oauth.ClassTransient,
			run: func(s *clockScene, r *oauth.Refresher) error {
				if err := s.box.SetRotation("off"); err != nil { // from a server that rotates it would be lost for good
					return err
				}
				s.at(atAnswer, func() { s.nap(d); s.broken = errClockNetwork })
				return s.call(r)
			},
		})
	}
	return all
}
