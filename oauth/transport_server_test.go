package oauth

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// hop is one request as a server got it, read to its end.
type hop struct{ method, token, body string }

// street is a Transport on real connections. The server answers each request by its
// number, from 1.
type street struct {
	*scene
	server    *httptest.Server
	transport *Transport
	mu        sync.Mutex
	hops      []hop
}

func newStreet(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) *street {
	t.Helper()
	s := &street{scene: newScene(20 * time.Minute)}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.hops = append(s.hops, hop{r.Method, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), string(body)})
		n := len(s.hops)
		s.mu.Unlock()
		answer(n, w, r)
	}))
	t.Cleanup(s.server.Close)
	base := NewBaseTransport()
	t.Cleanup(base.CloseIdleConnections)
	s.store.change(1, func(g *Grant) { g.APIURL = s.server.URL })
	s.transport = &Transport{Base: base, Tokens: s.r, PortalID: 1, Calls: s.store}
	return s
}

// seen are the requests so far.
func (s *street) seen() []hop {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.hops)
}

// do sends a request and says what it came to: the trace has the failure, of a
// missing answer too.
func (s *street) do(t *testing.T, method string, body io.Reader) (status int, trace Trace) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.server.URL+"/crm", body)
	if err != nil {
		t.Fatal(err)
	}
	resp, trace, err := s.transport.Do(req)
	if err != nil {
		trace.Failure = Classify(Answer{Endpoint: EndpointAPI, Method: method, Err: err, Unsent: trace.Unsent, Now: time.Now()})
		return 0, trace
	}
	if _, err := io.ReadAll(resp.Body); err != nil {
		t.Error(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode, trace
}

// vanish ends the connection with nothing said.
func vanish(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	}
}

func writing() []string { return []string{"GET", "POST", "PATCH", "PUT", "DELETE"} }

// A 401 was refused before it was carried out: every method is sent once more, with
// the same body and the new token.
func TestOnAWireA401IsCuredOnce(t *testing.T) {
	for _, method := range writing() {
		s := newStreet(t, func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 1 {
				jsonAnswer(401, expiredBody)(w, r)
				return
			}
			jsonAnswer(200, `{}`)(w, r)
		})
		status, trace := s.do(t, method, strings.NewReader("body"))
		want := []hop{{method, "hstermtestsecret-access-0", "body"}, {method, "hstermtestsecret-access-1", "body"}}
		if status != 200 || trace.Failure != nil || !slices.Equal(s.seen(), want) {
			t.Errorf("%s: %d, %+v", method, status, trace.Failure)
		}
		s.want(t, nil, "", 1)
	}
}

// A second 401 ends it, whatever it says.
func TestOnAWireASecond401IsTheLast(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want Class
	}{
		"expired": {expiredBody, ClassExpired}, "invalid": {invalidBody, ClassInvalid},
		"never a token": {neverBody, ClassNotAToken}, "nothing": {"", ClassInvalid}, "a page": {"<html>", ClassInvalid},
	} {
		s := newStreet(t, func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 1 {
				jsonAnswer(401, expiredBody)(w, r)
				return
			}
			jsonAnswer(401, c.body)(w, r)
		})
		status, trace := s.do(t, "POST", strings.NewReader("body"))
		if status != 401 || len(s.seen()) != 2 || trace.Failure == nil || trace.Failure.Class != c.want {
			t.Errorf("%s: %d after %d, %+v", name, status, len(s.seen()), trace.Failure)
		}
		s.want(t, nil, "", 1)
	}
}

// A body that is gone cannot be sent again: the token is renewed for the next call.
func TestOnAWireABodyIsReadOnce(t *testing.T) {
	s := newStreet(t, func(_ int, w http.ResponseWriter, r *http.Request) { jsonAnswer(401, expiredBody)(w, r) })
	status, trace := s.do(t, "POST", io.MultiReader(strings.NewReader("on"), strings.NewReader("ce")))
	want := []hop{{"POST", "hstermtestsecret-access-0", "once"}}
	if status != 401 || !trace.Refreshed || !slices.Equal(s.seen(), want) || !strings.Contains(trace.Failure.Message, "sent twice") {
		t.Errorf("%d, %+v, %+v", status, s.seen(), trace.Failure)
	}
	s.want(t, nil, "", 1)
}

// What breaks is not sent again by anybody below either: on a connection that was
// kept, net/http would repeat a GET by itself.
func TestOnAWireABrokenWriteIsSentOnce(t *testing.T) {
	for _, method := range []string{"POST", "PATCH"} {
		s := newStreet(t, func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 1 {
				jsonAnswer(200, `{}`)(w, r)
				return
			}
			vanish(w)
		})
		if status, _ := s.do(t, "GET", nil); status != 200 {
			t.Fatal(status)
		}
		status, trace := s.do(t, method, strings.NewReader("body"))
		if status != 0 || trace.Failure.Class != ClassUnknownOutcome || trace.Unsent || len(s.seen()) != 2 {
			t.Errorf("%s: %d after %d, %+v", method, status, len(s.seen()), trace.Failure)
		}
	}
}

// The replay after a refresh is a sending like any other.
func TestOnAWireTheReplayBreaks(t *testing.T) {
	for method, want := range map[string]Class{"POST": ClassUnknownOutcome, "PATCH": ClassUnknownOutcome, "PUT": ClassTransient, "DELETE": ClassTransient} {
		s := newStreet(t, func(n int, w http.ResponseWriter, r *http.Request) {
			if n == 1 {
				jsonAnswer(401, expiredBody)(w, r)
				return
			}
			vanish(w)
		})
		status, trace := s.do(t, method, strings.NewReader("body"))
		if status != 0 || trace.Failure.Class != want || trace.Sends != 2 || len(s.seen()) != 2 {
			t.Errorf("%s: %d after %d, %+v", method, status, len(s.seen()), trace.Failure)
		}
	}
}

// Neither token nor body follow a redirect, and nothing else but a 401 is sent twice.
func TestOnAWireNothingElseIsSentTwice(t *testing.T) {
	thief := newRecorder(t, jsonAnswer(200, `{}`))
	for _, status := range []int{301, 302, 303, 307, 308, 400, 403, 409, 423, 429, 477, 500, 502, 503} {
		for _, method := range writing() {
			s := newStreet(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", thief.URL)
				w.WriteHeader(status)
			})
			got, trace := s.do(t, method, strings.NewReader("body"))
			if got != status || trace.Sends != 1 || len(s.seen()) != 1 {
				t.Errorf("%s %d: %d after %d", method, status, got, len(s.seen()))
			}
			s.want(t, nil, "", 0)
		}
	}
	if n := thief.count(); n != 0 {
		t.Errorf("%d requests followed a redirect", n)
	}
}
