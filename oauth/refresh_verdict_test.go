package oauth

import (
	"context"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestARefusedGrantEndsTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(time.Minute)
		s.server.revoked = true
		before := time.Now()
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassRevoked, 1)
		if p := s.store.portal(1); p.Status != StatusReconnectRequired || p.StatusReason == "" || p.Version != 5 || p.Lease.Owner != "" {
			t.Errorf("%+v", p)
		}
		if e := asError(err); e.Portal != "acme" || e.Hint != "Reconnect the portal." || e.Code != "BAD_REFRESH_TOKEN" {
			t.Errorf("%+v", e)
		}
		if !s.store.happened(EventReconnect) || time.Since(before) != 0 {
			t.Errorf("events %v after %v", s.store.kinds(), time.Since(before))
		}
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassReconnectPending, 1)
	})
}

// While the refusal was on its way the portal was reconnected: the news is old.
func TestARefusalOfAnOldVersionIsIgnored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.answer = func(context.Context, int) (Token, error) {
			reconnect(s)
			return Token{}, refusedToken()
		}
		g, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if g.Access.Reveal() != "hstermtestsecret-reconnected" || s.store.portal(1).Status != StatusActive {
			t.Error("a late refusal overruled a new grant")
		}
	})
}

// The same between the look at the store and the refusal: the guard is the
// store's, not the look.
func TestARefusalThatLosesTheRaceIsIgnored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.revoked = true
		s.store.onRefuse = func() { reconnect(s) }
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 1)
		if s.store.portal(1).Status != StatusActive || s.store.happened(EventReconnect) {
			t.Error("a late refusal overruled a new grant")
		}
	})
}

// A person corrects the app while its old settings are being refused: that is no
// verdict on the new ones, which are tried as soon as any failed refresh is.
func TestARefusalOfSettingsThatWereEditedMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.answer = func(context.Context, int) (Token, error) {
			s.store.change(1, func(g *Grant) { g.App.UpdatedAt = time.Now() })
			_ = sleepFor(t.Context(), time.Second)
			s.server.answer = nil
			return Token{}, Classify(Answer{Endpoint: EndpointRefresh, Status: 400, Body: []byte(`{"status":"BAD_CLIENT_SECRET"}`)})
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassAppMisconfigured, 1)
		pass(t, 2*time.Second)
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, "", 2)
	})
}

// Bad news is guarded by the lease: who lost it has nothing to say any more.
func TestARefusalWithoutTheLeaseChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.revoked = true
		s.store.onRefuse = func() {
			s.store.change(1, func(g *Grant) { g.Portal.Lease.Owner, g.Portal.Lease.Gen = "other", g.Portal.Lease.Gen+1 })
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassTransient, 1)
		if s.store.portal(1).Status != StatusActive {
			t.Error("refused without the lease")
		}
	})
}

func reconnect(s *scene) {
	s.store.change(1, func(g *Grant) {
		g.Access, g.Portal.Version = NewSecret("hstermtestsecret-reconnected"), g.Portal.Version+1
		g.Portal.ExpiresAt, g.Portal.Lease = time.Now().Add(30*time.Minute), Lease{Gen: g.Portal.Lease.Gen}
	})
}

func TestAWrongSettingStopsTheRefresh(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		class  Class
		want   Status
		held   bool
	}{
		{"secret", 400, `{"status":"BAD_CLIENT_SECRET","error":"invalid_client"}`, ClassAppMisconfigured, StatusAppMisconfigured, false},
		{"unknown code", 400, `{"status":"SOMETHING_NEW"}`, ClassAppMisconfigured, StatusAppMisconfigured, false},
		{"an object without a code", 400, `{}`, ClassAppMisconfigured, StatusActive, true},
		{"a proxy's page", 403, `<html>`, ClassBadResponse, StatusActive, true},
		{"no such path", 404, `<html>`, ClassBadResponse, StatusActive, true},
		{"nothing", 400, ``, ClassBadResponse, StatusActive, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScene(-time.Minute)
				s.server.answer = func(context.Context, int) (Token, error) {
					return Token{}, Classify(Answer{Endpoint: EndpointRefresh, Status: c.status, Body: []byte(c.body)})
				}
				_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, c.class, 1)
				p := s.store.portal(1)
				if p.Status != c.want || p.NextAttemptAt.IsZero() == c.held {
					t.Errorf("status %s, next attempt %v", p.Status, p.NextAttemptAt)
				}
				_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, c.class, 1)

				pass(t, time.Second/2) // still backing off, but the app is edited
				s.store.change(1, func(g *Grant) { g.App.UpdatedAt = time.Now() })
				_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, c.class, 2)
			})
		})
	}
}

func TestALostAnswerIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		s.server.answer = func(_ context.Context, n int) (Token, error) {
			if n == 1 { // the server rotated, the answer never came
				return Token{}, transientFailure(502)
			}
			return Token{}, refusedToken()
		}
		_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassTransient, 1)
		pass(t, time.Minute)
		_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
		s.want(t, err, ClassRevoked, 2)
		if reason := s.store.portal(1).StatusReason; reason != err.Error() || !strings.Contains(reason, "no usable answer") {
			t.Error(reason)
		}
	})
}

// A refused connection carried nothing to the server: the refresh token that is
// refused later was not lost by it.
func TestWhatWasNeverSentLosesNothing(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	for _, c := range []struct {
		name    string
		before  []error
		doubted bool
	}{
		{"refused connection", []error{refused, refused}, false},
		{"unknown host", []error{&net.DNSError{}}, false},
		{"broken connection", []error{io.ErrUnexpectedEOF}, true},
		{"broken, then refused", []error{io.ErrUnexpectedEOF, refused}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newScene(-time.Minute)
				s.server.answer = func(_ context.Context, n int) (Token, error) {
					if n <= len(c.before) {
						return Token{}, Classify(Answer{Endpoint: EndpointRefresh, Err: c.before[n-1]})
					}
					return Token{}, refusedToken()
				}
				for n := range c.before {
					_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
					s.want(t, err, ClassTransient, n+1)
					_, err = s.r.Fresh(t.Context(), 1, FreshOptions{})
					s.want(t, err, ClassTransient, n+1) // held back
					pass(t, time.Minute)
				}
				_, err := s.r.Fresh(t.Context(), 1, FreshOptions{})
				s.want(t, err, ClassRevoked, len(c.before)+1)
				if doubted := strings.Contains(err.Error(), "no usable answer"); doubted != c.doubted {
					t.Errorf("%v: %s", doubted, err)
				}
			})
		})
	}
}

// The server's word that it turned a request away does not bring a lost answer back.
func TestTheDoubtOutlivesOtherFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(-time.Minute)
		answers := []error{
			Classify(Answer{Endpoint: EndpointRefresh, Err: io.ErrUnexpectedEOF}),
			Classify(Answer{Endpoint: EndpointRefresh, Status: 429, Now: time.Now()}),
			Classify(Answer{Endpoint: EndpointRefresh, Status: 400, Body: []byte(`{"status":"BAD_CLIENT_SECRET"}`)}),
			refusedToken(),
		}
		s.server.answer = func(_ context.Context, n int) (Token, error) { return Token{}, answers[n-1] }
		for n, class := range []Class{ClassTransient, ClassRateLimited, ClassAppMisconfigured, ClassRevoked} {
			_, err := s.r.Fresh(t.Context(), 1, FreshOptions{Force: true})
			s.want(t, err, class, n+1)
			pass(t, 11*time.Minute)
		}
		if reason := s.store.portal(1).StatusReason; !strings.Contains(reason, "unknown") {
			t.Error(reason)
		}
	})
}
