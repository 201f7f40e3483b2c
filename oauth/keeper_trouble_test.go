package oauth

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestKeeperObeysTheNextAttempt(t *testing.T) {
	for _, c := range []struct{ next, want time.Duration }{
		{90 * time.Second, 90 * time.Second},
		{-time.Second, 0},
		{MaxRetryAfter, MaxRetryAfter},
		{24 * time.Hour, 0}, // the clock was set back since
	} {
		synctest.Test(t, func(t *testing.T) {
			p := kept(time.Minute)
			p.NextAttemptAt = time.Now().Add(c.next)
			s := newShelf(p)
			s.keep(t, newClocks(), 0)
			pass(t, c.want+time.Second)
			s.want(t, tried{1, c.want})
		})
	}
}

func TestKeeperTriesOnceForEachNextAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(kept(time.Minute))
		waits := []time.Duration{8 * time.Second, 2 * time.Minute, 10 * time.Second}
		s.outcome = func(p *Portal) error {
			if len(s.tries) <= len(waits) {
				p.NextAttemptAt = time.Now().Add(waits[len(s.tries)-1])
			}
			return transientFailure(503)
		}
		s.keep(t, newClocks(), 0)
		pass(t, 200*time.Second)
		s.want(t, tried{1, 0}, tried{1, 8 * time.Second}, tried{1, 128 * time.Second},
			tried{1, 138 * time.Second}, tried{1, 168 * time.Second}, tried{1, 198 * time.Second})
	})
}

// Fresh may well succeed with the token at hand, while somebody else refreshes.
func TestKeeperRestsAfterWhatChangedNothing(t *testing.T) {
	for name, err := range map[string]error{
		"failed":   &Error{Class: ClassStore, Message: "The disk is full."},
		"as it is": nil,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newShelf(kept(time.Minute))
				s.took = 2 * time.Second
				s.outcome = func(*Portal) error { return err }
				k, _ := s.keep(t, newClocks(), 0)
				for i := range 70 { // whatever else is written to the store
					pass(t, time.Second)
					k.Look(int64(i))
				}
				s.want(t, tried{1, 0}, tried{1, 32 * time.Second}, tried{1, 64 * time.Second})
			})
		})
	}
}

func TestKeeperIsNotDrivenByShortTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := kept(0)
		p.Lifetime = time.Second
		s := newShelf(p)
		s.keep(t, newClocks(), 0)
		pass(t, 11*time.Second)
		s.want(t, tried{1, 0}, tried{1, 5 * time.Second}, tried{1, 10 * time.Second})
	})
}

func TestKeeperReadsAgainWhenReadingFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(kept(-time.Second))
		s.broken = &Error{Class: ClassStore, Message: "The store is busy."}
		s.keep(t, newClocks(), 0)
		pass(t, 29*time.Second)
		s.wantReads(t, 1)
		s.mu.Lock()
		s.broken = nil
		s.mu.Unlock()
		pass(t, 2*time.Second)
		s.want(t, tried{1, 30 * time.Second})
	})
}

// While the machine sleeps the timer stands still, and the tokens run out.
func TestKeeperNoticesSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(kept(20*time.Minute)), newClocks()
		k, _ := s.keep(t, c, 0.5)
		pass(t, time.Minute)
		k.Look(0)
		s.wantReads(t, 1)
		c.jump(8 * time.Hour)
		pass(t, time.Second)
		k.Look(0)
		pass(t, 2*time.Second)
		s.want(t) // not before this process's place in the spread
		pass(t, time.Second)
		s.want(t, tried{1, time.Minute + 3500*time.Millisecond})
		k.Look(0)
		synctest.Wait()
		s.wantReads(t, 4) // the start, the jump, the turn and its end
	})
}

func TestKeeperFollowsAClockThatIsSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(kept(20*time.Minute)), newClocks()
		k, _ := s.keep(t, c, 0)
		synctest.Wait()
		c.jump(-time.Hour)
		k.Look(0)
		pass(t, 70*time.Minute)
		s.want(t)
		pass(t, 10*time.Minute)
		s.want(t, tried{1, 75 * time.Minute})
	})
}

// keptScene is a scene as keepers see it.
type keptScene struct {
	*Refresher
	store *leaseStore
}

func (k keptScene) Portals(context.Context) ([]Portal, error) {
	return []Portal{k.store.portal(1)}, nil
}

// Two programs on one file, and even in the same instant, send one request.
func TestKeepersOfTwoProcessesSendOneRequest(t *testing.T) {
	for _, units := range [][]float64{{0, 0}, {0.2, 0.9}} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(20 * time.Minute)
			s.server.delay = 300 * time.Millisecond
			s.store.change(1, func(g *Grant) { g.Portal.KeepFresh = true })
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan struct{})
			for i, owner := range []string{"one", "two"} {
				k := NewKeeper(KeeperOptions{Portals: keptScene{s.process(owner), s.store}, Rand: func() float64 { return units[i] }})
				go func() {
					k.Run(ctx)
					ended <- struct{}{}
				}()
			}
			pass(t, 16*time.Minute)
			cancel()
			<-ended
			<-ended
			s.want(t, nil, "", 1)
			if kinds := s.store.kinds(); !slices.Equal(kinds, []EventKind{EventRefreshed}) {
				t.Errorf("events %v", kinds)
			}
		})
	}
}
