package oauth

import (
	"testing"
	"testing/synctest"
	"time"
)

// While this process waits for the lease, its holder learns that the grant has
// ended: the lease that is free then is not worth a request.
func TestAnEndFoundMeanwhileCostsNoCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		leaseOf(s, 60*time.Second, "a")
		go func() {
			_ = sleepFor(t.Context(), 3*time.Second)
			s.store.change(1, func(g *Grant) {
				g.Portal.Status, g.Portal.StatusReason, g.Portal.Lease = StatusReconnectRequired, "It was revoked.", Lease{Gen: 1}
			})
		}()
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassReconnectPending, 0)
	})
}

// The process stands still between the server's answer and its commit until
// every limit has passed: the caller's, the request's and the refresh's own.
// The pair is stored all the same.
func TestTheCommitOutlivesEveryLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.frozen = func(int) { pass(t, 3*leaseTime+time.Second) }
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if s.store.portal(1).Version != 6 || g.Access.Reveal() != "hstermtestsecret-access-1" {
			t.Error("the pair was not stored")
		}
	})
}

// Between this process's look at the store and its taking the lease, another one
// takes it. The store has the last word, and nothing is sent.
func TestALeaseLostAtTheLastMomentIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.store.onProbe = func() error {
			s.store.onProbe = nil
			leaseOf(s, 60*time.Second, "a")
			go func() {
				_ = sleepFor(t.Context(), 3*time.Second)
				reconnect(s)
			}()
			return nil
		}
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 0)
		if g.Access.Reveal() != "hstermtestsecret-reconnected" {
			t.Error("not adopted")
		}
	})
}
