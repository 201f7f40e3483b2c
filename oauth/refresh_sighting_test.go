package oauth

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// While a process waits for another's lease, the clock that both go by is set, or
// the machine sleeps. The holder is stopped no longer than the one who waits, and
// a server that rotates would end the grant if both asked.
func TestAClockThatIsSetEndsNoLeaseThatIsWaitedFor(t *testing.T) {
	for name, off := range map[string]time.Duration{"ahead, or asleep": time.Hour, "back": -time.Hour, "back a little": -90 * time.Second, "back less than a lease": -30 * time.Second} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSetClock(t, 3*time.Second, off)
				go func() {
					_ = sleepFor(t.Context(), 10*time.Second)
					s.store.change(1, func(g *Grant) {
						g.Access, g.Portal.Version, g.Portal.ExpiresAt = NewSecret("hstermtestsecret-theirs"), 6, time.Now().Add(24*time.Hour)
						g.Portal.Lease = Lease{Gen: 1}
					})
				}()
				g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, "", 0)
				if g.Access.Reveal() != "hstermtestsecret-theirs" {
					t.Error("the holder's token was not adopted")
				}
			})
			synctest.Test(t, func(t *testing.T) { // the holder is dead: its lease ends all the same
				s := newSetClock(t, 3*time.Second, off)
				before := time.Now()
				_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, "", 1)
				if waited := time.Since(before); waited < 60*time.Second || waited > 61*time.Second {
					t.Errorf("waited %v", waited)
				}
			})
		})
	}
}

// The machine wakes, or its clock is set, in the middle of a refresh, and another
// process starts at that moment. It has not seen the lease before, and by the clock
// on the wall that has lapsed; its holder is about to save.
func TestALapsedLeaseIsNotTakenFromAHolderThatWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-2 * time.Hour)
		var asleep atomic.Int64
		began := time.Now()
		process := func(owner string) *Refresher {
			return NewRefresher(RefresherOptions{
				Store: s.store, Client: s.server, Owner: owner,
				Now:     func() time.Time { return time.Now().Add(time.Duration(asleep.Load())) },
				Elapsed: func() time.Duration { return time.Since(began) },
			})
		}
		s.server.frozen = func(int) {
			asleep.Store(int64(10 * time.Minute))
			_ = sleepFor(t.Context(), time.Second)
		}
		holder := make(chan error, 1)
		go func() {
			_, err := process("holder").Fresh(t.Context(), 1, FreshOptions{})
			holder <- err
		}()
		synctest.Wait()
		g, err := process("new").Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if g.Access.Reveal() != "hstermtestsecret-access-1" {
			t.Error("the holder's token was not adopted")
		}
		s.want(t, <-holder, "", 1)
	})
}

// newSetClock is a scene whose lease another process has just taken, and whose
// clock is off from a moment on.
func newSetClock(t *testing.T, after, off time.Duration) *scene {
	t.Helper()
	s := newScene(-2 * time.Hour)
	leaseOf(s, 60*time.Second, "a")
	var by atomic.Int64
	began := time.Now()
	s.r = NewRefresher(RefresherOptions{
		Store: s.store, Client: s.server, Owner: "one",
		Now:     func() time.Time { return time.Now().Add(time.Duration(by.Load())) },
		Elapsed: func() time.Duration { return time.Since(began) },
	})
	go func() {
		if sleepFor(t.Context(), after) == nil {
			by.Store(int64(off))
		}
	}()
	return s
}
