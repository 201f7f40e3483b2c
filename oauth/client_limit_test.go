package oauth

import (
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// stoppedContext is the context of a process that was stopped: when it goes on,
// the limit has passed long ago.
type stoppedContext struct {
	context.Context
	goesOn chan struct{}
	limit  time.Time
}

func newStoppedContext(t *testing.T) *stoppedContext {
	return &stoppedContext{t.Context(), make(chan struct{}), time.Now().Add(-time.Minute)}
}

func (c *stoppedContext) Deadline() (time.Time, bool) { return c.limit, true }

func (c *stoppedContext) Done() <-chan struct{} { return c.goesOn }

func (c *stoppedContext) Err() error {
	select {
	case <-c.goesOn:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// The request was on the wire when the process was stopped, and the answer is
// there when it goes on: with a server that rotates it is the only one.
func TestAnAnswerThatCameWhileStoppedIsTaken(t *testing.T) {
	ctx := newStoppedContext(t)
	s := newRecorder(t, func(w http.ResponseWriter, r *http.Request) {
		close(ctx.goesOn)
		<-time.After(brief / 4) // the client hears of its limit first
		jsonAnswer(200, goodToken)(w, r)
	})
	token, err := newTestClient(t).Refresh(ctx, s.app(V3), NewSecret("hstermtestsecret-sent"))
	if err != nil || token.Refresh.Reveal() != "hstermtestsecret-refresh" {
		t.Errorf("the answer was thrown away: %v", err)
	}
}

// What had not left is not sent then: the lease has lapsed, and somebody else may
// have spent the refresh token.
func TestNothingIsSentAfterAStop(t *testing.T) {
	ctx := newStoppedContext(t)
	s := newRecorder(t, jsonAnswer(200, goodToken))
	base := NewBaseTransport()
	defer base.CloseIdleConnections()
	base.DialContext = func(dialling context.Context, network, address string) (net.Conn, error) {
		close(ctx.goesOn)
		select {
		case <-dialling.Done():
		case <-time.After(brief):
		}
		return (&net.Dialer{}).DialContext(context.WithoutCancel(dialling), network, address)
	}
	c := &Client{HTTP: &http.Client{Transport: base}}
	_, err := c.Refresh(ctx, s.app(V3), NewSecret("hstermtestsecret-sent"))
	if e := asError(err); e == nil || e.Class != ClassTransient || !e.Unsent || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if n := s.count(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// The last look is bounded, and a limit that passes in time gets none.
func TestTheLastLookIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var way departure
		way.wrote.Store(true)
		ctx := newStoppedContext(t)
		close(ctx.goesOn)
		began := time.Now()
		if err := way.passed(ctx, t.Context()); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != lateAnswer {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		request, done := limited(t.Context(), &way)
		defer done()
		began = time.Now()
		<-request.Done()
		if took := time.Since(began); took != headerTimeout || !errors.Is(context.Cause(request), context.DeadlineExceeded) {
			t.Errorf("without headers: %v after %s", context.Cause(request), took)
		}
		way.began.Store(true)
		request, done = limited(t.Context(), &way)
		defer done()
		began = time.Now()
		<-request.Done()
		if took := time.Since(began); took != RequestTimeout {
			t.Errorf("without an end: %s", took)
		}
	})
}
