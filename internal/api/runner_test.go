package api

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestSendIsWhatWasAskedFor(t *testing.T) {
	var got *http.Request
	var body string
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		raw, _ := io.ReadAll(r.Body)
		body = string(raw)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-HubSpot-Correlation-Id", "019cd9fe-1")
		w.Header().Set("X-HubSpot-RateLimit-Max", "110")
		w.Header().Set("X-HubSpot-RateLimit-Remaining", "97")
		w.Header().Set("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")
		_, _ = w.Write([]byte(`{"results":[]}`))
	})
	resp, err := b.Send(t.Context(), 1, Request{
		Method: "POST", Path: "/crm/objects/2026-09/contacts/search?a=1", Query: url.Values{"b": {"x y"}},
		Header: http.Header{"X-Extra": {"yes"}}, Body: []byte(`{"limit":1}`),
	})
	if err != nil || resp.Failure != nil {
		t.Fatalf("error %v, failure %v", err, resp.Failure)
	}
	if got.URL.RequestURI() != "/crm/objects/2026-09/contacts/search?a=1&b=x+y" || got.Method != "POST" || body != `{"limit":1}` {
		t.Errorf("sent %s %s %s", got.Method, got.URL, body)
	}
	for name, want := range map[string]string{
		"Authorization": "Bearer " + firstToken, "Content-Type": "application/json",
		"Accept": "application/json", "X-Extra": "yes", "User-Agent": "hsterm/test",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q", name, got.Header.Get(name))
		}
	}
	want := RateLimits{Max: 110, Remaining: 97, Interval: 10 * time.Second, Daily: -1, DailyRemaining: -1}
	if resp.Limits != want || !resp.Limits.Known() {
		t.Errorf("limits %+v", resp.Limits)
	}
	if resp.Status != 200 || string(resp.Body) != `{"results":[]}` || resp.CorrelationID != "019cd9fe-1" || resp.Elapsed <= 0 || resp.Refreshed {
		t.Errorf("response %+v", resp)
	}
}

func TestSendRecordsTheCallWithoutItsQuery(t *testing.T) {
	b := newBench(t, answer(200, "application/json", `{}`))
	if _, err := b.get(t, "/crm/objects/2026-09/contacts?email=private@acme.com"); err != nil {
		t.Fatal(err)
	}
	if len(b.store.events) != 1 || len(b.store.calls) != 1 {
		t.Fatalf("%d events, %d calls", len(b.store.events), len(b.store.calls))
	}
	e := b.store.events[0]
	if e.Kind != oauth.EventCall || e.Detail != "GET /crm/objects/2026-09/contacts" || e.Outcome != oauth.OutcomeOK ||
		e.Status != 200 || e.PortalID != 1 || e.Alias != "acme" || e.At.IsZero() {
		t.Errorf("event %+v", e)
	}
}

func TestSendSurvivesAStoreThatCannotRecord(t *testing.T) {
	b := newBench(t, answer(200, "application/json", `{}`))
	b.store.err = errors.New("disk full")
	if resp, err := b.get(t, "/x"); err != nil || resp.Failure != nil {
		t.Errorf("the call failed with its bookkeeping: %v %v", err, resp.Failure)
	}
}

func TestSendKeepsTheAPIURLsPath(t *testing.T) {
	var path string
	b := newBench(t, func(_ http.ResponseWriter, r *http.Request) { path = r.URL.EscapedPath() })
	b.tokens.grant.APIURL += "/proxy/hub/"
	if _, err := b.get(t, "/crm/a%2Fb"); err != nil || path != "/proxy/hub/crm/a%2Fb" {
		t.Errorf("path %q, error %v", path, err)
	}
}

// TestSendRefusesWhatCouldLeadTheTokenAway sends nothing at all.
func TestSendRefusesWhatCouldLeadTheTokenAway(t *testing.T) {
	b := newBench(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("sent %s", r.URL) })
	bad := []Request{
		{Method: "GET", Path: "https://evil.example/crm"},
		{Method: "GET", Path: "//evil.example/crm"},
		{Method: "GET", Path: "@evil.example/crm"},
		{Method: "GET", Path: `/\evil.example`},
		{Method: "GET", Path: "/crm/../../oauth"},
		{Method: "CONNECT", Path: "/crm"},
		{Method: "GET\r\nX: y", Path: "/crm"},
		{Method: "GET", Path: "/crm", Header: http.Header{"Authorization": {"Bearer other"}}},
		{Method: "GET", Path: "/crm", Header: http.Header{"host": {"evil.example"}}},
		{Method: "GET", Path: "/crm", Header: http.Header{"Transfer-Encoding": {"chunked"}}},
		{Method: "GET", Path: "/crm", Header: http.Header{"X": {"a\r\nAuthorization: b"}}},
		{Method: "GET", Path: "/crm", Header: http.Header{"X:y": {"a"}}},
	}
	for _, req := range bad {
		if _, err := b.Send(t.Context(), 1, req); oauth.ClassOf(err) != oauth.ClassUsage {
			t.Errorf("%+v: %v", req, err)
		}
	}
	if len(b.store.events) != 0 {
		t.Errorf("%d calls were recorded that never were", len(b.store.events))
	}
}

func TestSendFollowsNoRedirect(t *testing.T) {
	visits := 0
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		visits++
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	})
	resp, err := b.get(t, "/crm")
	if err != nil || visits != 1 || resp.Status != 307 || resp.Failure == nil || resp.Failure.Class != oauth.ClassBadResponse {
		t.Errorf("%d visits, %+v, %v", visits, resp.Failure, err)
	}
}

func TestSendRefreshesAnExpiredTokenOnce(t *testing.T) {
	var tokens []string
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		tokens = append(tokens, r.Header.Get("Authorization"))
		body, _ := io.ReadAll(r.Body)
		if string(body) != "{}" {
			t.Errorf("body %q", body)
		}
		if len(tokens) == 1 {
			answer(401, "application/json", `{"category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired 0 second(s) ago."}`)(w, r)
			return
		}
		answer(201, "application/json", `{"id":"1"}`)(w, r)
	})
	resp, err := b.Send(t.Context(), 1, Request{Method: "POST", Path: "/crm", Body: []byte("{}")})
	if err != nil || resp.Status != 201 || !resp.Refreshed || b.tokens.forced != 1 {
		t.Errorf("status %d, refreshed %v, %d refreshes, %v", resp.Status, resp.Refreshed, b.tokens.forced, err)
	}
	if len(tokens) != 2 || tokens[0] == tokens[1] {
		t.Errorf("sent with %d tokens", len(tokens))
	}
}

func TestSendWithoutAToken(t *testing.T) {
	b := newBench(t, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	b.tokens.none = &oauth.Error{Class: oauth.ClassReconnectPending, Message: "Reconnect."}
	if _, err := b.get(t, "/x"); oauth.ClassOf(err) != oauth.ClassReconnectPending {
		t.Errorf("got %v", err)
	}
}

func TestTextsCarryNoToken(t *testing.T) {
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		answer(400, "application/json", `{"message":"bad `+r.Header.Get("Authorization")+`"}`)(w, r)
	})
	resp, err := b.get(t, "/x")
	if err != nil || resp.Failure == nil {
		t.Fatal(err)
	}
	if strings.Contains(resp.Failure.Message+resp.Failure.Hint+b.store.events[0].Detail, "hstermtestsecret") {
		t.Errorf("the failure repeats the token: %s", resp.Failure.Message)
	}
}

// The token that came by the way is as secret as the one at the start.
func TestTextsCarryNoTokenOfARefresh(t *testing.T) {
	sent := 0
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		if sent++; sent == 1 {
			answer(401, "application/json", `{"category":"EXPIRED_AUTHENTICATION"}`)(w, r)
			return
		}
		answer(400, "application/json", `{"message":"bad `+r.Header.Get("Authorization")+`"}`)(w, r)
	})
	resp, err := b.get(t, "/x")
	if err != nil || resp.Failure == nil || !resp.Refreshed {
		t.Fatalf("%+v, %v", resp.Failure, err)
	}
	if strings.Contains(resp.Failure.Message+b.store.events[0].Detail, "hstermtestsecret") {
		t.Errorf("the failure repeats the token: %s", resp.Failure.Message)
	}
}
