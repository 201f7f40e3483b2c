package oauth

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestTransportAddsTheToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(20*time.Minute, "hstermtestsecret-access-0", expiredBody)
		status, text, trace := r.call(t, http.MethodGet, contactsURL, nil)
		if status != 200 || text != `{"results":[]}` || trace.Refreshed || trace.Sends != 1 || trace.Failure != nil || trace.Portal.Alias != "acme" {
			t.Errorf("%d %s %+v", status, text, trace)
		}
		want := CallRecord{PortalID: 1, At: time.Now().UTC(), TTL: 20 * time.Minute, Expires: true, Status: 200}
		if len(r.store.calls) != 1 || r.store.calls[0] != want {
			t.Errorf("%+v", r.store.calls)
		}
	})
}

func TestTransportRefreshesBeforeTheCallWhenDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(time.Minute, "hstermtestsecret-access-1", expiredBody)
		status, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
		r.want(t, nil, "", 1)
		if status != 200 || !trace.Refreshed || trace.Sends != 1 {
			t.Errorf("%d %+v", status, trace)
		}
	})
}

func TestTransportRefreshesOnceAfterA401(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete} {
			r := newRoad(20*time.Minute, "hstermtestsecret-access-1", expiredBody)
			status, _, trace := r.call(t, method, contactsURL, strings.NewReader("body"))
			r.want(t, nil, "", 1)
			if status != 200 || !trace.Refreshed || trace.Sends != 2 || trace.Failure != nil || trace.Portal.Version != 6 {
				t.Errorf("%s: %d %+v", method, status, trace)
			}
			if !slices.Equal(r.api.bodies, []string{"body", "body"}) {
				t.Errorf("%s: bodies %q", method, r.api.bodies)
			}
			if c := r.store.calls; len(c) != 1 || c[0].At401.IsZero() || c[0].Status != 200 || c[0].TTL != 20*time.Minute {
				t.Errorf("%s: %+v", method, c)
			}
		}
	})
}

// The 401 is about a token that another process has replaced meanwhile: there is
// nothing to refresh any more.
func TestALate401AdoptsWhatOthersRefreshed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(20*time.Minute, "hstermtestsecret-access-1", expiredBody)
		r.transport.Base = roundTrip(func(req *http.Request) (*http.Response, error) {
			if r.server.count() == 0 {
				if _, err := r.process("two").Fresh(t.Context(), 1, FreshOptions{Force: true}); err != nil {
					t.Error(err)
				}
			}
			return r.api.RoundTrip(req)
		})
		status, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
		r.want(t, nil, "", 1)
		if status != 200 || trace.Sends != 2 {
			t.Errorf("%d %+v", status, trace)
		}
	})
}

func TestASecond401EndsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(20*time.Minute, "none is good", expiredBody)
		status, text, trace := r.call(t, http.MethodGet, contactsURL, nil)
		r.want(t, nil, "", 1)
		if status != 401 || text != expiredBody || trace.Sends != 2 {
			t.Errorf("%d %s %+v", status, text, trace)
		}
		if f := trace.Failure; f == nil || f.Class != ClassExpired || !strings.Contains(f.Message, "right after") {
			t.Errorf("%+v", trace.Failure)
		}
		if c := r.store.calls; len(c) != 1 || c[0].Status != 401 {
			t.Errorf("%+v", c)
		}
	})
}

func TestABodyThatCannotBeSentTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(20*time.Minute, "hstermtestsecret-access-1", expiredBody)
		status, text, trace := r.call(t, http.MethodPost, contactsURL, io.MultiReader(strings.NewReader("once")))
		r.want(t, nil, "", 1)
		if status != 401 || text != expiredBody || trace.Sends != 1 || !trace.Refreshed || !strings.Contains(trace.Failure.Message, "twice") {
			t.Errorf("%d %s %+v", status, text, trace)
		}
	})
}

func TestARefusedRefreshIsTheOutcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(20*time.Minute, "none", expiredBody)
		r.server.revoked = true
		status, text, trace := r.call(t, http.MethodGet, contactsURL, nil)
		if status != 401 || text != expiredBody || trace.Failure.Class != ClassRevoked {
			t.Errorf("%d %s %+v", status, text, trace.Failure)
		}
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, contactsURL, nil)
		if _, err := r.transport.RoundTrip(req); ClassOf(err) != ClassReconnectPending || len(r.api.tokens) != 1 {
			t.Errorf("%v, %d requests", err, len(r.api.tokens))
		}
	})
}

// A token may go to the portal's own API host, and nowhere else.
func TestTheTokenGoesNowhereElse(t *testing.T) {
	r := newRoad(20*time.Minute, "hstermtestsecret-access-0", expiredBody)
	for _, address := range []string{
		"http://api.hubapi.com/x", "https://api.hubapi.com:444/x", "https://evil.example/x", "https://api.hubapi.com.evil.example/",
		"https://user@api.hubapi.com/x", "https://evil.example/?https://api.hubapi.com", "https://127.0.0.1/", "https://api-hubapi.com/",
	} {
		body := &countedBody{Reader: strings.NewReader("x"), mu: &sync.Mutex{}}
		closed := false
		body.closed = func() { closed = true }
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, address, body)
		_, trace, err := r.transport.Do(req)
		if ClassOf(err) != ClassUsage || !trace.Unsent || !closed {
			t.Errorf("%s: %v, body closed %v", address, err, closed)
		}
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, contactsURL, nil)
	req.Host = "evil.example"
	if _, err := r.transport.RoundTrip(req); ClassOf(err) != ClassUsage {
		t.Errorf("another Host: %v", err)
	}
	r.store.change(1, func(g *Grant) { g.APIURL = "http://api.hubapi.com" })
	req, _ = http.NewRequestWithContext(t.Context(), http.MethodGet, "http://api.hubapi.com/x", nil)
	if _, err := r.transport.RoundTrip(req); ClassOf(err) != ClassAppMisconfigured {
		t.Errorf("plain http: %v", err)
	}
	if len(r.api.tokens) != 0 {
		t.Error("a token left")
	}
}

// While the refresh ran, the app's API URL was edited: the replay asks again
// where the token may go.
func TestTheReplayAsksAgainWhereTheTokenMayGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(20*time.Minute, "hstermtestsecret-access-1", expiredBody)
		r.store.onSave = func() error {
			r.store.change(1, func(g *Grant) { g.APIURL = "https://other.example" })
			return nil
		}
		status, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
		if status != 401 || trace.Failure.Class != ClassUsage || len(r.api.tokens) != 1 {
			t.Errorf("%d %+v", status, trace.Failure)
		}
	})
}

// An http.Client follows redirects; the token does not.
func TestAClientThatFollowsRedirectsTakesNoTokenAlong(t *testing.T) {
	thief := newRecorder(t, jsonAnswer(200, `{}`))
	api := newRecorder(t, func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, thief.URL, http.StatusFound) })
	s := newScene(20 * time.Minute)
	s.store.change(1, func(g *Grant) { g.APIURL = api.URL })
	base := NewBaseTransport()
	defer base.CloseIdleConnections()
	client := &http.Client{Transport: &Transport{Base: base, Tokens: s.r, PortalID: 1}}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, api.URL+"/crm", nil)
	if _, err := client.Do(req); ClassOf(err) != ClassUsage || thief.count() != 0 {
		t.Errorf("%v, %d requests elsewhere", err, thief.count())
	}
	if got := api.only(t).header.Get("Authorization"); got != "Bearer hstermtestsecret-access-0" {
		t.Error(got)
	}
}

func TestNoAnswerIsCountedAndTold(t *testing.T) {
	r := newRoad(20*time.Minute, "", expiredBody)
	r.api.err = errTestDial
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, contactsURL, strings.NewReader("x"))
	_, trace, err := r.transport.Do(req)
	if !errors.Is(err, errTestDial) || trace.Unsent || trace.Sends != 1 {
		t.Errorf("%v %+v", err, trace)
	}
	if c := r.store.calls; len(c) != 1 || c[0].Status != 0 {
		t.Errorf("%+v", c)
	}
}

func TestARequestThatNeverLeftIsUnsent(t *testing.T) {
	gone := newRecorder(t, jsonAnswer(200, `{}`))
	gone.Close()
	s := newScene(20 * time.Minute)
	s.store.change(1, func(g *Grant) { g.APIURL = gone.URL })
	transport := &Transport{Tokens: s.r, PortalID: 1}
	defer transport.CloseIdleConnections()
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, gone.URL+"/crm", strings.NewReader("x"))
	if _, trace, err := transport.Do(req); err == nil || !trace.Unsent {
		t.Errorf("%v %+v", err, trace)
	}
}
