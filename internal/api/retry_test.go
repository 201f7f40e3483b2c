package api

import (
	"context"
	"io"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

const (
	tenSecondly = `{"policyName":"TEN_SECONDLY_ROLLING"}`
	daily       = `{"policyName":"DAILY"}`
	half        = 650 * time.Millisecond // the pause when Rand says a half
)

// step is one answer of a server, or why none came.
type step struct {
	status int
	body   string
	after  string // Retry-After
	err    error
}

// steps is a runner whose server gives one answer after the other, the last for
// good, and the number of requests it has seen.
func steps(list ...step) (r *Runner, store *fakeStore, waits *pauses, sent *int) {
	sent = new(int)
	r, store = newProber(grantAt("https://api.hubapi.com", "oauth"), func(req *http.Request) (*http.Response, error) {
		if body, _ := io.ReadAll(req.Body); string(body) != "{}" {
			return reply(400, `{"message":"another body"}`)
		}
		s := list[min(*sent, len(list)-1)]
		*sent++
		if s.err != nil {
			return nil, s.err
		}
		resp, err := reply(s.status, s.body)
		if s.after != "" {
			resp.Header.Set("Retry-After", s.after)
		}
		return resp, err
	})
	waits = &pauses{}
	now := time.Now()
	r.Pause, r.Rand, r.Now = waits.pause, func() float64 { return 0.5 }, func() time.Time { return now }
	return r, store, waits, sent
}

func TestWhatPassesIsTriedAgain(t *testing.T) {
	ok := step{status: 200, body: `{}`}
	busy, told := step{status: 429, body: `{}`}, step{status: 429, body: tenSecondly, after: "2"}
	down, lost := step{status: 503, body: `{}`}, step{err: syscall.ECONNRESET}
	for _, c := range []struct {
		name   string
		method string
		steps  []step
		waits  []time.Duration
		want   oauth.Class
	}{
		{"a limit, as told", "GET", []step{told, ok}, []time.Duration{2 * time.Second}, ""},
		{"a limit, a write", "POST", []step{told, ok}, []time.Duration{2 * time.Second}, ""},
		{"a limit without a word", "PATCH", []step{busy, ok}, []time.Duration{half}, ""},
		{"ten seconds, once", "GET", []step{{status: 429, body: tenSecondly}}, []time.Duration{10 * time.Second}, oauth.ClassRateLimited},
		{"a limit that stays", "GET", []step{told}, []time.Duration{2 * time.Second, 2 * time.Second}, oauth.ClassRateLimited},
		{"a limit that is too long", "GET", []step{{status: 429, body: tenSecondly, after: "13"}}, nil, oauth.ClassRateLimited},
		{"a day", "GET", []step{{status: 429, body: daily, after: "1"}}, nil, oauth.ClassRateLimited},
		{"down for a moment", "GET", []step{down, down, ok}, []time.Duration{half, half}, ""},
		{"down", "DELETE", []step{down}, []time.Duration{half, half}, oauth.ClassTransient},
		{"down, told", "PUT", []step{{status: 503, body: `{}`, after: "3"}, ok}, []time.Duration{3 * time.Second}, ""},
		{"down, a write", "POST", []step{down, ok}, nil, oauth.ClassTransient},
		{"down, another write", "PATCH", []step{{status: 500, body: `{}`}, ok}, nil, oauth.ClassTransient},
		{"a limit, then down, a write", "POST", []step{told, {status: 502, body: "<html>"}, ok}, []time.Duration{2 * time.Second}, oauth.ClassUnknownOutcome},
		{"locked, a write", "POST", []step{{status: 423, body: `{}`}, ok}, []time.Duration{2 * time.Second}, ""},
		{"moving, a write", "PATCH", []step{{status: 477, body: `{}`, after: "1"}, ok}, []time.Duration{time.Second}, ""},
		{"moving for long", "GET", []step{{status: 477, body: `{}`, after: "7200"}}, nil, oauth.ClassTransient},
		{"lost", "GET", []step{lost, ok}, []time.Duration{half}, ""},
		{"lost, idempotent", "PUT", []step{lost, lost, ok}, []time.Duration{half, half}, ""},
		{"lost, a write", "POST", []step{lost, ok}, nil, oauth.ClassUnknownOutcome},
		{"a limit, then lost, a write", "POST", []step{told, lost, ok}, []time.Duration{2 * time.Second}, oauth.ClassUnknownOutcome},
		{"rejected", "GET", []step{{status: 400, body: `{}`}, ok}, nil, oauth.ClassRejected},
		{"not allowed", "GET", []step{{status: 403, body: `{}`}, ok}, nil, oauth.ClassForbidden},
		{"unreadable", "GET", []step{{status: 200, body: `{`}, ok}, nil, oauth.ClassBadResponse},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, store, waits, sent := steps(c.steps...)
			resp, err := r.Send(t.Context(), 1, Request{Method: c.method, Path: "/x", Body: []byte("{}")})
			class := oauth.ClassOf(err)
			if resp.Failure != nil {
				class = resp.Failure.Class
			}
			if class != c.want || !slices.Equal(waits.list, c.waits) {
				t.Errorf("%q after the waits %v; want %q after %v", class, waits.list, c.want, c.waits)
			}
			if n := len(c.waits) + 1; resp.Sends != n || *sent != n || len(store.calls) != n {
				t.Errorf("%d sent, %d told, %d counted; want %d", *sent, resp.Sends, len(store.calls), n)
			}
			if len(store.events) != 1 || store.events[0].Class != c.want {
				t.Errorf("recorded as %+v", store.events)
			}
		})
	}
}

// A token endpoint that is down is the store's to hold back, not a call's to
// wait for.
func TestAFailedRefreshIsNotTriedAgain(t *testing.T) {
	r, _, waits, sent := steps(step{status: 401, body: `{"category":"EXPIRED_AUTHENTICATION"}`})
	r.Tokens.(*fakeTokens).err = &oauth.Error{Class: oauth.ClassTransient, Message: "The server failed."}
	resp, err := r.Send(t.Context(), 1, Request{Method: "GET", Path: "/x", Body: []byte("{}")})
	if err != nil || resp.Failure == nil || resp.Failure.Class != oauth.ClassTransient || *sent != 1 || len(waits.list) != 0 {
		t.Errorf("%d sent, waits %v, %+v, %v", *sent, waits.list, resp.Failure, err)
	}
}

// A server that takes the time of a whole call for its failure gets no second.
func TestASlowFailureIsTheLast(t *testing.T) {
	r, _, waits, sent := steps(step{status: 503, body: `{}`})
	now := time.Now()
	r.Now = func() time.Time { now = now.Add(callTimeout / 2); return now }
	resp, err := r.Send(t.Context(), 1, Request{Method: "GET", Path: "/x", Body: []byte("{}")})
	if err != nil || resp.Failure.Class != oauth.ClassTransient || *sent != 1 || len(waits.list) != 0 {
		t.Errorf("%d sent, waits %v, %v", *sent, waits.list, err)
	}
}

func TestWaitingEndsWithTheCaller(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want oauth.Class // of the error
	}{
		{"told to stop", context.Canceled, oauth.ClassInterrupted},
		{"out of time", context.DeadlineExceeded, ""},
	} {
		r, store, _, sent := steps(step{status: 429, body: tenSecondly, after: "5"})
		r.Pause = func(context.Context, time.Duration) error { return c.err }
		resp, err := r.Send(t.Context(), 1, Request{Method: "POST", Path: "/x", Body: []byte("{}")})
		if oauth.ClassOf(err) != c.want || resp.Failure == nil || resp.Failure.Class != oauth.ClassRateLimited || *sent != 1 {
			t.Errorf("%s: %d sent, %+v, %v", c.name, *sent, resp.Failure, err)
		}
		if len(store.events) != 1 || store.events[0].Outcome != oauth.OutcomeFailed {
			t.Errorf("%s: %+v", c.name, store.events)
		}
	}
}
