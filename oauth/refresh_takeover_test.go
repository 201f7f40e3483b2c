package oauth

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// leaseOf puts the portal's lease into another process's hands.
func leaseOf(s *scene, until time.Duration, attempt string) {
	s.store.change(1, func(g *Grant) {
		g.Portal.Lease = Lease{PortalID: 1, Owner: "other", Gen: 1, Until: time.Now().Add(until), AttemptID: attempt}
	})
}

func TestAHeldLeaseIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		leaseOf(s, 60*time.Second, "a")
		go func() {
			_ = sleepFor(t.Context(), 3*time.Second)
			s.store.change(1, func(g *Grant) {
				g.Access, g.Portal.Version, g.Portal.ExpiresAt = NewSecret("hstermtestsecret-theirs"), 6, time.Now().Add(time.Hour)
				g.Portal.Lease = Lease{Gen: 1}
			})
		}()
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 0)
		if g.Access.Reveal() != "hstermtestsecret-theirs" {
			t.Error("not adopted")
		}
	})
}

// Nobody should think that the program hangs, and nobody needs to hear of the short
// waits of a stampede.
func TestALongWaitIsToldOnce(t *testing.T) {
	for wait, want := range map[time.Duration]int{2 * time.Second: 0, 30 * time.Second: 1} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(-time.Minute)
			leaseOf(s, wait, "interrupted")
			var told []Portal
			r := NewRefresher(RefresherOptions{
				Store: s.store, Client: s.server, Owner: "one",
				Waiting: func(p Portal) { told = append(told, p) },
			})
			until := time.Now().Add(wait)
			_, err := r.Fresh(t.Context(), 1, FreshOptions{})
			s.want(t, err, "", 1)
			if len(told) != want {
				t.Fatalf("told %d times of a wait of %v, want %d", len(told), wait, want)
			}
			if want > 0 && !told[0].Lease.Until.Equal(until) {
				t.Errorf("told to wait until %v, want %v", told[0].Lease.Until, until)
			}
		})
	}
}

func TestALapsedLeaseIsTakenOverAndTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		leaseOf(s, 30*time.Second, "interrupted") // its holder is dead
		before := time.Now()
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if waited := time.Since(before); waited < 30*time.Second || waited > 31*time.Second {
			t.Errorf("waited %v", waited)
		}
		if kinds := s.store.kinds(); !slices.Equal(kinds, []EventKind{EventTakeover, EventRefreshed}) {
			t.Errorf("events %v", kinds)
		}
	})
}

// A refresh that took over and then failed leaves the older doubt on record; the
// takeover itself is told once.
func TestATakeoverIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		leaseOf(s, -time.Second, "interrupted")
		s.server.answer = func(_ context.Context, n int) (Token, error) {
			if n < 3 {
				return Token{}, transientFailure(503)
			}
			return Token{}, refusedToken()
		}
		for n, class := range []Class{ClassTransient, ClassTransient, ClassRevoked} {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			s.want(t, err, class, n+1)
			pass(t, time.Minute)
		}
		if kinds := s.store.kinds(); !slices.Equal(kinds, []EventKind{EventTakeover, EventRefreshed, EventRefreshed, EventReconnect}) {
			t.Errorf("events %v", kinds)
		}
		if reason := s.store.portal(1).StatusReason; !strings.Contains(reason, "unknown") {
			t.Error(reason)
		}
	})
}

func TestALeaseFarInTheFutureIsNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		leaseOf(s, 24*time.Hour, "") // the clock was set back since
		before := time.Now()
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if waited := time.Since(before); waited > wakeWait+time.Second {
			t.Errorf("waited %v", waited)
		}
	})
}

func TestWaitingForALeaseEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		go func() { // a process that takes the lease again and again and gets nowhere
			for n := range int64(40) {
				leaseOf(s, 60*time.Second, "a")
				s.store.change(1, func(g *Grant) { g.Portal.Lease.Gen += n })
				if sleepFor(t.Context(), 5*time.Second) != nil {
					return
				}
			}
		}()
		synctest.Wait()
		before := time.Now()
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassTransient, 0)
		if waited := time.Since(before); waited < 65*time.Second || waited > 66*time.Second {
			t.Errorf("waited %v", waited)
		}
		pass(t, 200*time.Second)
	})
}

// The holder is stopped between the server's answer and its save, longer than
// its lease. The one who takes over is refused, because the server rotates, and
// waits for the late save instead of ending the connection.
func TestTaintedRefusalWaitsForTheLateSave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.frozen = func(n int) {
			if n == 1 {
				_ = sleepFor(t.Context(), 65*time.Second)
			}
		}
		first := make(chan error, 1)
		go func() {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			first <- err
		}()
		synctest.Wait()
		g, err := s.process("two").Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 2)
		if g.Access.Reveal() != "hstermtestsecret-access-1" {
			t.Error("the late pair was not adopted")
		}
		s.want(t, <-first, "", 2)
		if p := s.store.portal(1); p.Status != StatusActive || p.Version != 6 {
			t.Errorf("%s, version %d", p.Status, p.Version)
		}
	})
}

// Good news is guarded by the version alone: a save that comes after somebody
// else has ended the connection over the same version still wins.
func TestALateSaveWinsOverARefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.frozen = func(n int) {
			if n == 1 {
				_ = sleepFor(t.Context(), 5*time.Minute)
			}
		}
		first := make(chan error, 1)
		go func() {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			first <- err
		}()
		synctest.Wait()
		_, err := s.process("two").Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassRevoked, 2)
		if !strings.Contains(err.Error(), "unknown") {
			t.Errorf("an interrupted refresh is called revoked: %s", err)
		}
		if p := s.store.portal(1); p.Status != StatusReconnectRequired {
			t.Errorf("status %s", p.Status)
		}
		s.want(t, <-first, "", 2)
		if p := s.store.portal(1); p.Status != StatusActive || p.Version != 6 {
			t.Errorf("%s, version %d", p.Status, p.Version)
		}
	})
}
