package oauth

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func TestFailuresAreHeldBackByEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.answer = func(context.Context, int) (Token, error) { return Token{}, transientFailure(500) }
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassTransient, 1)
		next := s.store.portal(1).NextAttemptAt
		if e := asError(err); !e.RetryAt.Equal(next) || time.Until(next) < time.Second || time.Until(next) > 2*time.Second {
			t.Errorf("retry at %v, next %v", e.RetryAt, next)
		}
		for _, r := range []*Refresher{s.r, s.process("two")} {
			for _, o := range []FreshOptions{{}, {Force: true}} {
				_, err = r.Fresh(t.Context(), 1, o)
				s.want(t, err, ClassTransient, 1)
				if e := asError(err); !e.RetryAt.Equal(next) {
					t.Errorf("retry at %v", e.RetryAt)
				}
			}
		}
		pass(t, time.Until(next))
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassTransient, 2)
		if p := s.store.portal(1); p.FailCount != 2 || time.Until(p.NextAttemptAt) < 2*time.Second {
			t.Errorf("%d failures, next in %v", p.FailCount, time.Until(p.NextAttemptAt))
		}
		s.server.answer = nil
		pass(t, time.Minute)
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 3)
		if p := s.store.portal(1); p.FailCount != 0 || !p.NextAttemptAt.IsZero() {
			t.Errorf("%+v", p)
		}
	})
}

func TestATokenThatLivesOutlastsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(time.Minute)
		s.server.answer = func(context.Context, int) (Token, error) { return Token{}, transientFailure(503) }
		for range 2 { // the failing refresh, then held back
			g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			s.want(t, err, "", 1)
			if g.Access.Reveal() != "hstermtestsecret-access-0" {
				t.Error("another token")
			}
		}
	})
}

func TestRetryAfterIsKeptForEverybody(t *testing.T) {
	for _, c := range []struct {
		header string
		want   time.Duration
	}{{"300", 5 * time.Minute}, {"86400", 10 * time.Minute}} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(-time.Minute)
			s.server.answer = func(context.Context, int) (Token, error) {
				return Token{}, Classify(Answer{
					Endpoint: EndpointRefresh, Status: 429, Header: http.Header{"Retry-After": {c.header}}, Now: time.Now(),
				})
			}
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
			s.want(t, err, ClassRateLimited, 1)
			if wait := time.Until(s.store.portal(1).NextAttemptAt); wait != c.want {
				t.Errorf("%v, want %v", wait, c.want)
			}
			pass(t, c.want-time.Second)
			_, err = s.process("two").Fresh(t.Context(), 1, FreshOptions{})
			s.want(t, err, ClassRateLimited, 1)
		})
	}
}

func TestAWaitFarInTheFutureIsNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.store.change(1, func(g *Grant) { g.Portal.NextAttemptAt = time.Now().Add(24 * time.Hour) })
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
	})
}

func TestABadAnswerChangesNothingStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.answer = func(context.Context, int) (Token, error) {
			return parseToken(Answer{Endpoint: EndpointRefresh, Status: 200, Body: []byte(`{}`)}, time.Now())
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassBadResponse, 1)
		g, _ := s.store.Grant(t.Context(), 1)
		if g.Portal.Version != 5 || g.Portal.Status != StatusActive || g.Refresh.Reveal() != "hstermtestsecret-refresh-0" {
			t.Errorf("%+v", g.Portal)
		}
	})
}

func TestARequestIsGivenUpAfterItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.delay = time.Hour
		before := time.Now()
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassTransient, 1)
		if waited := time.Since(before); waited != 20*time.Second {
			t.Errorf("waited %v", waited)
		}
	})
}
