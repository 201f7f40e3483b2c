package oauth

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// newFleet is a scene with a second portal of the same app and a third of another.
func newFleet(ttl time.Duration) *scene {
	s := newScene(ttl)
	for id := int64(2); id <= 3; id++ {
		g := storedGrant(ttl)
		g.Portal.ID, g.App.Name = id, "main"
		if id == 3 {
			g.Portal.AppID, g.App.ID = 2, 2
		}
		s.store.grants[id] = &g
	}
	return s
}

func tooMany(header string) func(context.Context, int) (Token, error) {
	return func(context.Context, int) (Token, error) {
		return Token{}, Classify(Answer{
			Endpoint: EndpointRefresh, Status: 429, Header: http.Header{"Retry-After": {header}}, Now: time.Now(),
		})
	}
}

func TestALimitPausesTheWholeApp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFleet(-time.Minute)
		s.server.answer = tooMany("30")
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassRateLimited, 1)
		until := time.Now().Add(30 * time.Second)
		s.server.answer = nil
		for _, r := range []*Refresher{s.r, s.process("two")} {
			for _, o := range []FreshOptions{{}, {Force: true}, {MinTTL: time.Minute}} {
				_, err := r.Fresh(t.Context(), 2, o)
				s.want(t, err, ClassRateLimited, 1)
				e := asError(err)
				said := "The app main is paused until " + until.Local().Format("15:04:05") + "."
				if e == nil {
					t.Fatal("it was sent")
				}
				if !e.RetryAt.Equal(until) || !strings.HasPrefix(e.Message, said) || e.Hint == "" || e.Portal != "acme" {
					t.Errorf("retry at %v, want %v: %+v", e.RetryAt, until, e)
				}
			}
		}
		_, err = s.r.Fresh(t.Context(), 3, FreshOptions{}) // another app's
		s.want(t, err, "", 2)
		pass(t, time.Until(until))
		_, err = s.r.Fresh(t.Context(), 2, FreshOptions{})
		s.want(t, err, ClassRevoked, 3) // the strict server knows one grant only; it was asked, that is the point
	})
}

func TestALivingTokenIsUsedWhileTheAppIsPaused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFleet(time.Minute)
		s.store.change(2, func(g *Grant) { g.App.Pause.Until = time.Now().Add(time.Minute) })
		g, err := s.r.Fresh(t.Context(), 2, FreshOptions{})
		s.want(t, err, "", 0)
		if g.Access.Empty() {
			t.Error("no token")
		}
	})
}

// The longer of both waits counts, and neither is believed beyond every wait there
// is: the clock was set back then.
func TestPauseAndBackoffTogether(t *testing.T) {
	for _, c := range []struct {
		pause, backoff, want time.Duration // from now; want 0: it is sent
	}{
		{time.Minute, 0, time.Minute},
		{time.Minute, 2 * time.Minute, 2 * time.Minute},
		{2 * time.Minute, time.Minute, 2 * time.Minute},
		{-time.Second, time.Minute, time.Minute},
		{-time.Second, -time.Second, 0},
		{0, 0, 0},
		{MaxRetryAfter, 0, MaxRetryAfter},
		{MaxRetryAfter + time.Second, 0, 0},
		{24 * time.Hour, time.Minute, time.Minute},
		{time.Minute, 24 * time.Hour, time.Minute},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(-time.Minute)
			now := time.Now()
			s.store.change(1, func(g *Grant) {
				g.App.Pause.Until, g.Portal.NextAttemptAt = now.Add(c.pause), now.Add(c.backoff)
			})
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{Force: true})
			if c.want == 0 {
				s.want(t, err, "", 1)
			} else if e := asError(err); e == nil || !e.RetryAt.Equal(now.Add(c.want)) || s.server.count() != 0 {
				t.Errorf("%v %v: %+v", c.pause, c.backoff, e)
			}
		})
	}
}

// Without a Retry-After the pause is the portal's backoff; with one it is what the
// server said, even where the portal that failed often waits longer.
func TestAPauseLastsAsLongAsTheServerSaid(t *testing.T) {
	for _, c := range []struct {
		header      string
		least, most time.Duration
	}{{"", time.Minute, 2 * time.Minute}, {"3", 3 * time.Second, 3 * time.Second}, {"86400", MaxRetryAfter, MaxRetryAfter}} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(-time.Minute)
			s.server.answer = tooMany(c.header)
			s.store.change(1, func(g *Grant) { g.Portal.FailCount = 9 })
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			s.want(t, err, ClassRateLimited, 1)
			g, _ := s.store.Grant(t.Context(), 1)
			if wait := time.Until(g.App.Pause.Until); wait < c.least || wait > c.most {
				t.Errorf("%q: paused for %v", c.header, wait)
			}
		})
	}
}

// Only a limit pauses the app: a server that fails may fail for one portal.
func TestOtherFailuresPauseNothing(t *testing.T) {
	for _, status := range []int{423, 477, 500, 503} {
		synctest.Test(t, func(t *testing.T) {
			s := newFleet(-time.Minute)
			s.server.answer = func(context.Context, int) (Token, error) { return Token{}, transientFailure(status) }
			for id := int64(1); id <= 2; id++ {
				_, err := s.r.Fresh(t.Context(), id, FreshOptions{})
				s.want(t, err, ClassTransient, int(id))
			}
		})
	}
}

func TestKeeperWaitsForThePauseToEnd(t *testing.T) {
	for _, c := range []struct{ pause, want time.Duration }{{time.Minute, time.Minute}, {24 * time.Hour, 0}} {
		synctest.Test(t, func(t *testing.T) {
			p := kept(-time.Minute)
			p.AppPausedUntil = time.Now().Add(c.pause)
			s := newShelf(p)
			s.keep(t, newClocks(), 0)
			pass(t, 10*time.Minute)
			s.want(t, tried{1, c.want})
			s.wantReads(t, 2+int(c.want/time.Minute)) // one plan each for the start, the turn and its end
		})
	}
}

// Between the look at the store and the lease, another portal of the app is told
// to wait: what was read before must not be acted on.
func TestAPauseThatComesBeforeTheRequestIsObeyed(t *testing.T) {
	for name, came := range map[string]func(g *Grant){
		"the app's pause":      func(g *Grant) { g.App.Pause.Until = time.Now().Add(time.Minute) },
		"the portal's backoff": func(g *Grant) { g.Portal.NextAttemptAt = time.Now().Add(time.Minute) },
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(-time.Minute)
			s.store.onAcquire = func(Claim) { s.store.change(1, came) }
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{Force: true})
			if e := asError(err); e == nil || time.Until(e.RetryAt) != time.Minute || s.server.count() != 0 {
				t.Errorf("%s: %v, %d token calls", name, err, s.server.count())
			}
			if l := s.store.portal(1).Lease; l.Owner != "" || l.AttemptID != "" {
				t.Errorf("%s: the lease was kept: %+v", name, l)
			}
		})
	}
}
