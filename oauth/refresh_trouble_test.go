package oauth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var errTestDiskFull = errors.New("the disk is full")

func TestASaveIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		failing := 3
		s.store.onSave = func() error {
			if failing--; failing >= 0 {
				return errTestDiskFull
			}
			return nil
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if s.store.portal(1).Version != 6 || len(s.r.unsaved.all()) != 0 {
			t.Error("not stored")
		}
	})
}

func TestAnUnsavedPairIsKeptAndTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		full := true
		s.store.onSave = func() error {
			if full {
				return errTestDiskFull
			}
			return nil
		}
		for range 2 {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			s.want(t, err, ClassUnsaved, 1)
			if !errors.Is(err, errTestDiskFull) || !strings.Contains(err.Error(), "disk is full") {
				t.Error(err)
			}
		}
		full = false
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if g.Access.Reveal() != "hstermtestsecret-access-1" {
			t.Error("another token")
		}
	})
}

// Another process, with the old pair, was refused meanwhile, or failed: the new
// pair is good all the same and comes first.
func TestAnUnsavedPairOutweighsAVerdictOnTheOldOne(t *testing.T) {
	for name, verdict := range map[string]func(*Grant){
		"refused": func(g *Grant) { g.Portal.Status, g.Portal.StatusSince = StatusReconnectRequired, time.Now() },
		"held back": func(g *Grant) {
			g.Portal.NextAttemptAt, g.Portal.LastFailure = time.Now().Add(time.Minute), ClassTransient
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScene(-time.Minute)
				s.store.onSave = func() error { return errTestDiskFull }
				_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, ClassUnsaved, 1)
				s.store.onSave = nil
				s.store.change(1, verdict)
				g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, "", 1)
				if p := s.store.portal(1); p.Status != StatusActive || p.Version != 6 || g.Access.Reveal() != "hstermtestsecret-access-1" {
					t.Errorf("%+v", p)
				}
			})
		})
	}
}

func TestAnUnsavedPairIsForgottenWhenSomebodyMovedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.store.onSave = func() error { return errTestDiskFull }
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassUnsaved, 1)
		s.store.onSave = nil
		reconnect(s)
		s.store.change(1, func(g *Grant) {
			g.Portal.ExpiresAt, g.Refresh = time.Now(), NewSecret(s.server.current)
		})
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 2)
		if g.Access.Reveal() != "hstermtestsecret-access-2" {
			t.Error("the old pair came back")
		}
	})
}

func TestDrainWaitsForTheCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.delay = 3 * time.Second
		done := make(chan error, 1)
		go func() {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			done <- err
		}()
		synctest.Wait()
		s.r.Drain(t.Context())
		if s.store.portal(1).Version != 6 {
			t.Error("drained before the commit")
		}
		s.want(t, <-done, "", 1)
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{Force: true})
		s.want(t, err, ClassInterrupted, 1)
		if lease := s.store.portal(1).Lease; lease.Owner != "" {
			t.Error("the lease was kept")
		}
	})
}

// The program ends when the lease has been taken and nothing is sent yet: it stays
// until the lease is given back, or everybody would wait for it to lapse.
func TestDrainWaitsForTheLeaseToBeGivenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		drained := make(chan struct{})
		s.store.onAcquire = func(Claim) {
			go func() {
				s.r.Drain(t.Context())
				close(drained)
			}()
			synctest.Wait()
			select {
			case <-drained:
				t.Error("drained while a lease was held")
			default:
			}
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassInterrupted, 0)
		<-drained
		if lease := s.store.portal(1).Lease; lease.Owner != "" || lease.AttemptID != "" {
			t.Errorf("the lease was kept: %+v", lease)
		}
	})
}

func TestDrainIsBoundedAndSavesWhatItCan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.store.onSave = func() error { return errTestDiskFull }
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassUnsaved, 1)
		s.store.onSave = nil
		s.r.Drain(t.Context())
		s.r.Drain(t.Context())
		if s.store.portal(1).Version != 6 {
			t.Error("the pair was not stored")
		}

		slow := newScene(-time.Minute)
		slow.server.delay = 15 * time.Second
		go func() { _, _ = slow.r.Fresh(t.Context(), 1, FreshOptions{}) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		before := time.Now()
		slow.r.Drain(ctx)
		if waited := time.Since(before); waited != 5*time.Second {
			t.Errorf("waited %v", waited)
		}
		pass(t, time.Minute)
	})
}

// Somebody makes room on the disk while the program is on its way out.
func TestDrainTriesAgainUntilItCanSave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		full := time.Now().Add(20 * time.Second)
		s.store.onSave = func() error {
			if time.Now().Before(full) {
				return errTestDiskFull
			}
			return nil
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassUnsaved, 1)
		short, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		s.r.Drain(short)
		if got := s.r.Unsaved(); !slices.Equal(got, []string{"acme"}) {
			t.Errorf("unsaved after a short while: %q", got)
		}
		s.r.Drain(t.Context())
		if got := s.r.Unsaved(); len(got) != 0 || s.store.portal(1).Version != 6 {
			t.Errorf("unsaved when there was room: %q", got)
		}
	})
}

// The machine sleeps after the lease was taken: what was read before is not to be
// trusted, and the lease may be in other hands.
func TestSleepBeforeTheRequestStartsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		began, asleep := time.Now(), time.Duration(0)
		s.r = NewRefresher(RefresherOptions{
			Store: s.store, Client: s.server, Owner: "one",
			Elapsed: func() time.Duration { return time.Since(began) - asleep },
		})
		naps := 2
		s.store.onAcquire = func(Claim) {
			if naps--; naps >= 0 {
				pass(t, 10*time.Second)
				asleep += 10 * time.Second
			}
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if _, acquires, _ := s.store.figures(); acquires != 3 {
			t.Errorf("%d leases, want 3", acquires)
		}
	})
}

func TestTooLittleLeaseLeftStartsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		slow := true
		s.store.onAcquire = func(Claim) {
			if slow { // the store took its time; 20 s of request do not fit any more
				pass(t, 36*time.Second)
				slow = false
			}
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if _, acquires, _ := s.store.figures(); acquires != 2 {
			t.Errorf("%d leases, want 2", acquires)
		}
	})
}

func TestSkewIsRecordedOnceAfterTheCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		meter := &SkewMeter{}
		s.r = NewRefresher(RefresherOptions{Store: s.store, Client: s.server, Meter: meter})
		meter.Observe(http.Header{"Date": {time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)}}, time.Now(), time.Now())
		for range 2 {
			if _, err := s.r.Fresh(t.Context(), 1, FreshOptions{Force: true}); err != nil {
				t.Fatal(err)
			}
		}
		if kinds := s.store.kinds(); !slices.Equal(kinds, []EventKind{EventRefreshed, EventClockSkew, EventRefreshed}) {
			t.Errorf("events %v", kinds)
		}
	})
}

// Who waits for a refresh of another process must not hold up the end.
func TestDrainEndsTheWaitForALease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		leaseOf(s, 60*time.Second, "a")
		ended := make(chan error, 1)
		go func() {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			ended <- err
		}()
		synctest.Wait()
		before := time.Now()
		s.r.Drain(t.Context())
		s.want(t, <-ended, ClassInterrupted, 0)
		if waited := time.Since(before); waited > time.Second {
			t.Errorf("waited %v", waited)
		}
	})
}
