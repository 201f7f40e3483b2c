package oauth

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// all calls Fresh n times at once and returns the outcomes.
func all(ctx context.Context, n int, o FreshOptions, refreshers ...*Refresher) ([]Grant, []error) {
	grants, errs := make([]Grant, n), make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { grants[i], errs[i] = refreshers[i%len(refreshers)].Fresh(ctx, 1, o) })
	}
	wg.Wait()
	return grants, errs
}

func TestStampedeOfGoroutines(t *testing.T) {
	for _, o := range []FreshOptions{{}, {Force: true}} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(-time.Minute)
			s.server.delay = time.Second
			grants, errs := all(t.Context(), 100, o, s.r)
			for i, err := range errs {
				s.want(t, err, "", 1)
				if grants[i].Access.Reveal() != "hstermtestsecret-access-1" || !grants[i].Renewed {
					t.Fatal("another token")
				}
			}
			if reads, acquires, _ := s.store.figures(); acquires != 1 || reads > 105 {
				t.Errorf("%d leases, %d reads: no single flight", acquires, reads)
			}
		})
	}
}

func TestStampedeOfProcesses(t *testing.T) {
	for _, o := range []FreshOptions{{}, {Force: true}} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(-time.Minute)
			s.server.delay = 3 * time.Second
			var processes []*Refresher
			for _, name := range []string{"one", "two", "three", "four"} {
				processes = append(processes, s.process(name))
			}
			grants, errs := all(t.Context(), 60, o, processes...)
			for i, err := range errs {
				s.want(t, err, "", 1)
				if grants[i].Access.Reveal() != "hstermtestsecret-access-1" {
					t.Fatal("another token")
				}
			}
		})
	}
}

// Many callers who saw the same token refused cause one refresh, also those who
// say so after it has happened.
func TestForcedStampedeWithWhatWasSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(20 * time.Minute)
		o := FreshOptions{Force: true, Seen: 5}
		_, errs := all(t.Context(), 20, o, s.r, s.process("two"))
		_, late := all(t.Context(), 20, o, s.r, s.process("three"))
		for _, err := range append(errs, late...) {
			s.want(t, err, "", 1)
		}
	})
}

// A caller that asks for more than the server ever gives must not be the first
// of a row that refreshes one after the other.
func TestMinTTLBeyondTheLifetimeDoesNotMultiply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(20 * time.Minute)
		s.server.delay = time.Second
		_, errs := all(t.Context(), 30, FreshOptions{MinTTL: 2 * time.Hour}, s.r, s.process("two"), s.process("three"))
		for _, err := range errs {
			s.want(t, err, "", 1)
		}
	})
}

func TestATokenThatStillLivesIsUsedWhileOneRefreshRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(time.Minute)
		s.server.delay = 10 * time.Second
		done := make(chan error)
		go func() {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			done <- err
		}()
		synctest.Wait() // the first one is on the wire
		before := time.Now()
		for _, r := range []*Refresher{s.r, s.process("two")} {
			g, err := r.Fresh(t.Context(), 1, FreshOptions{})
			if err != nil || g.Access.Reveal() != "hstermtestsecret-access-0" || time.Since(before) != 0 {
				t.Errorf("%v after %v", err, time.Since(before))
			}
		}
		g, err := s.process("two").Fresh(t.Context(), 1, FreshOptions{MinTTL: 5 * time.Minute})
		if err != nil || g.Access.Reveal() != "hstermtestsecret-access-1" {
			t.Errorf("who needs more must wait: %v", err)
		}
		s.want(t, <-done, "", 1)
	})
}

func TestTheFirstCallerMayLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.delay = 5 * time.Second
		ctx, leave := context.WithCancel(t.Context())
		first, second := make(chan error, 1), make(chan error, 1)
		go func() {
			_, err := s.r.Fresh(ctx, 1, FreshOptions{})
			first <- err
		}()
		synctest.Wait()
		go func() {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			second <- err
		}()
		synctest.Wait()
		leave()
		if err := <-first; ClassOf(err) != ClassInterrupted {
			t.Errorf("first: %v", err)
		}
		s.want(t, <-second, "", 1)
		if s.store.portal(1).Version != 6 {
			t.Error("not stored")
		}
	})
}

func TestADeadlineIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.delay = 5 * time.Second
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := s.r.Fresh(ctx, 1, FreshOptions{})
		s.want(t, err, ClassTimedOut, 1)
		pass(t, 10*time.Second)
		if s.store.portal(1).Version != 6 {
			t.Error("the refresh did not go on")
		}
	})
}

// Who loses the race for the lease to one that is done already has its token at
// once, without a pause and without a call.
func TestALostRaceIsLookedAtAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.store.onProbe = func() error {
			s.store.onProbe = nil
			_, err := s.process("two").Fresh(t.Context(), 1, FreshOptions{})
			return err
		}
		before := time.Now()
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if g.Portal.Version != 6 || time.Since(before) != 0 {
			t.Errorf("version %d after %v", g.Portal.Version, time.Since(before))
		}
	})
}

// Who sees the lease in other hands waits without writing to the store.
func TestWaitersDoNotWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		leaseOf(s, 60*time.Second, "a")
		probes := 0
		s.store.onProbe = func() error { probes++; return nil }
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, err := s.r.Fresh(ctx, 1, FreshOptions{})
		s.want(t, err, ClassTimedOut, 0)
		if probes != 0 {
			t.Errorf("%d probes", probes)
		}
		s.store.change(1, func(g *Grant) { g.Portal.Lease = Lease{Gen: 1} })
		pass(t, time.Second)
		s.want(t, nil, "", 1)
	})
}
