package oauth

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestFreshWithAValidTokenCostsOneRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(20 * time.Minute)
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 0)
		reads, _, writes := s.store.figures()
		if g.Access.Reveal() != "hstermtestsecret-access-0" || reads != 1 || writes != 0 || g.Renewed {
			t.Errorf("%d reads, %d writes", reads, writes)
		}
	})
}

func TestFreshRefreshesWhatIsDue(t *testing.T) {
	for _, c := range []struct {
		name string
		ttl  time.Duration
		o    FreshOptions
		want int
	}{
		{"before the buffer", 127 * time.Second, FreshOptions{}, 0},
		{"in the buffer", 119 * time.Second, FreshOptions{}, 1},
		{"worker", 4 * time.Minute, FreshOptions{Policy: PolicyWorker}, 1},
		{"fleet", 4 * time.Minute, FreshOptions{Policy: PolicyFleet}, 0},
		{"expired", -time.Second, FreshOptions{}, 1},
		{"min TTL above the buffer", 10 * time.Minute, FreshOptions{MinTTL: 15 * time.Minute}, 1},
		{"min TTL below it", time.Minute, FreshOptions{MinTTL: 30 * time.Second}, 0},
		{"any that lives", time.Second, FreshOptions{MinTTL: -1}, 0},
		{"any that lives, none does", -time.Second, FreshOptions{MinTTL: -1}, 1},
		{"forced", 25 * time.Minute, FreshOptions{Force: true}, 1},
		{"forced, but newer than seen", 25 * time.Minute, FreshOptions{Force: true, Seen: 4}, 0},
		{"forced, as seen", 25 * time.Minute, FreshOptions{Force: true, Seen: 5}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScene(c.ttl)
				g, err := s.r.Fresh(t.Context(), 1, c.o)
				s.want(t, err, "", c.want)
				if g.Renewed != (c.want == 1) || g.Portal.Version != int64(5+c.want) {
					t.Errorf("renewed %v, version %d", g.Renewed, g.Portal.Version)
				}
			})
		})
	}
}

// Who named the time it needs must not be given less without a word.
func TestANamedTTLIsNotTradedForLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(time.Minute)
		s.store.change(1, func(g *Grant) {
			g.Portal.NextAttemptAt, g.Portal.LastFailure = time.Now().Add(30*time.Second), ClassTransient
		})
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 0)
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{MinTTL: 10 * time.Minute})
		s.want(t, err, ClassTransient, 0)
	})
}

func TestFreshStoresTheNewPair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(0)
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		stored, _ := s.store.Grant(t.Context(), 1)
		if g.Access.Reveal() != "hstermtestsecret-access-1" || stored.Refresh.Reveal() != "hstermtestsecret-refresh-1" ||
			stored.Portal.Lease.Owner != "" || stored.Portal.TTL(time.Now()) != 30*time.Minute {
			t.Errorf("%+v", stored.Portal)
		}
		if kinds := s.store.kinds(); len(kinds) != 1 || kinds[0] != EventRefreshed {
			t.Errorf("events %v", kinds)
		}
		if e := s.store.events[0]; e.Actor != "one" || e.Outcome != OutcomeOK || e.Alias != "acme" || e.PortalID != 1 {
			t.Errorf("event %+v", e)
		}
	})
}

func TestStaticTokensAreLeftAlone(t *testing.T) {
	g := storedGrant(0)
	g.Portal.Kind, g.Portal.ExpiresAt, g.Refresh = KindPrivateApp, time.Time{}, Secret{}
	s := &scene{store: newLeaseStore(g), server: newStrictServer()}
	for _, o := range []FreshOptions{{}, {Force: true}, {MinTTL: time.Hour}} {
		got, err := s.process("one").Fresh(t.Context(), 1, o)
		s.want(t, err, "", 0)
		if got.Access.Reveal() != g.Access.Reveal() {
			t.Error("another token")
		}
	}
}

func TestAKnownEndCostsNoCall(t *testing.T) {
	for _, ttl := range []time.Duration{-time.Minute, 20 * time.Minute} {
		for _, force := range []bool{false, true} {
			s := newScene(ttl)
			s.store.change(1, func(g *Grant) {
				g.Portal.Status, g.Portal.StatusReason = StatusReconnectRequired, "It was revoked."
			})
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{Force: force})
			s.want(t, err, ClassReconnectPending, 0)
			if e := asError(err); e.Message != "It was revoked." || e.Portal != "acme" || e.Hint == "" {
				t.Errorf("%+v", e)
			}
		}
	}
}

func TestMisconfiguredAppWaitsForAnEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		misconfigured := func(ttl time.Duration) *scene {
			s := newScene(ttl)
			s.store.change(1, func(g *Grant) {
				g.Portal.Status, g.Portal.StatusSince = StatusAppMisconfigured, time.Now()
			})
			return s
		}
		s := misconfigured(0)
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassAppMisconfigured, 0)

		s = misconfigured(time.Minute) // the token at hand is still good
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 0)

		s = misconfigured(0)
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{Force: true})
		s.want(t, err, "", 1)

		s = misconfigured(0)
		s.store.change(1, func(g *Grant) { g.App.UpdatedAt = time.Now().Add(time.Second) })
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if s.store.portal(1).Status != StatusActive {
			t.Error("still misconfigured")
		}

		s = misconfigured(0) // edited, tried, and refused again
		s.store.change(1, func(g *Grant) {
			g.App.UpdatedAt = time.Now().Add(time.Second)
			g.Portal.Health.LastFailureAt = time.Now().Add(2 * time.Second)
		})
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassAppMisconfigured, 0)
	})
}

func TestFreshWithoutARefreshToken(t *testing.T) {
	s := newScene(-time.Minute)
	s.store.change(1, func(g *Grant) { g.Refresh = Secret{} })
	_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
	s.want(t, err, ClassReconnectPending, 0)
	s.store.change(1, func(g *Grant) { g.Portal.ExpiresAt = time.Now().Add(time.Minute) })
	_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
	s.want(t, err, "", 0)
}

func TestFreshOfAnUnknownPortal(t *testing.T) {
	s := newScene(0)
	_, err := s.r.Fresh(t.Context(), 99, FreshOptions{})
	s.want(t, err, ClassNotFound, 0)
}

// What cannot be stored must not be asked for: the old token would be spent.
func TestNothingIsSentWhenNothingCanBeStored(t *testing.T) {
	s := newScene(0)
	s.store.onProbe = func() error { return &Error{Class: ClassStore, Message: "The disk is full."} }
	_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
	s.want(t, err, ClassStore, 0)
	if _, acquires, _ := s.store.figures(); acquires != 0 {
		t.Error("a lease was taken")
	}
}

func TestATokenOfAnotherPortalIsNotStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(0)
		s.store.change(1, func(g *Grant) { g.Portal.HubID = 8 })
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassWrongPortal, 1)
		if e := err.Error(); !strings.Contains(e, "portal 7") || !strings.Contains(e, "portal 8") {
			t.Error(e)
		}
		if p := s.store.portal(1); p.Version != 5 || p.Status != StatusActive {
			t.Errorf("%+v", p)
		}
	})
}

func TestTheLeaseOutlastsThreeRequests(t *testing.T) {
	r := NewRefresher(RefresherOptions{Timeout: 40 * time.Second, Lease: time.Second})
	if r.o.Lease != 2*time.Minute {
		t.Errorf("lease %v", r.o.Lease)
	}
	if r := NewRefresher(RefresherOptions{}); r.o.Lease != 60*time.Second || r.o.Timeout != 20*time.Second {
		t.Errorf("lease %v, timeout %v", r.o.Lease, r.o.Timeout)
	}
}
