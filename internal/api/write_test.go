package api

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func post(body string) Request { return Request{Method: "POST", Path: "/x", Body: []byte(body)} }

// hangUp ends the connection with nothing said, after the request has come.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	}
}

// breakOff ends the connection in the middle of an answer.
func breakOff(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(`{"id":`))
		_ = http.NewResponseController(w).Flush()
		hangUp(w, r)
	}
}

// TestWhatBecomesOfAWrite goes through a real server's answers: what the caller is
// told, how often the request was sent, and what stays on record.
func TestWhatBecomesOfAWrite(t *testing.T) {
	const html = "text/html"
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		want    oauth.Class
		sends   int
		outcome oauth.WriteOutcome
	}{
		{"created", answer(201, "application/json", `{"id":"1"}`), "", 1, oauth.WriteDone},
		{"partly done", answer(207, "application/json", `{"status":"COMPLETE"}`), "", 1, oauth.WriteDone},
		{"no content", answer(204, "", ""), "", 1, oauth.WriteDone},
		{"validation", answer(400, "application/json", `{"category":"VALIDATION_ERROR"}`), oauth.ClassRejected, 1, oauth.WriteRefused},
		{"scopes", answer(403, "application/json", `{"category":"MISSING_SCOPES"}`), oauth.ClassPermissionDenied, 1, oauth.WriteRefused},
		{"conflict", answer(409, "application/json", `{"category":"CONFLICT"}`), oauth.ClassRejected, 1, oauth.WriteRefused},
		{"no such route", answer(404, html, "<html>"), oauth.ClassRejected, 1, oauth.WriteRefused},
		{"a limit", answer(429, "application/json", `{"policyName":"DAILY"}`), oauth.ClassRateLimited, 1, oauth.WriteRefused},
		{"a limit that stays", answer(429, "application/json", `{}`), oauth.ClassRateLimited, 3, oauth.WriteRefused},
		{"locked", answer(423, "application/json", `{}`), oauth.ClassTransient, 3, oauth.WriteRefused},
		{"moving", answer(477, "application/json", `{}`), oauth.ClassTransient, 3, oauth.WriteRefused},
		{"request timeout", answer(408, "", ""), oauth.ClassTransient, 1, oauth.WriteRefused},
		{"the API fails", answer(500, "application/json", `{"message":"internal error"}`), oauth.ClassTransient, 1, oauth.WriteRefused},
		{"bad gateway", answer(502, html, "<html>"), oauth.ClassUnknownOutcome, 1, oauth.WriteUnknown},
		{"unavailable", answer(503, html, "<html>"), oauth.ClassTransient, 1, oauth.WriteRefused},
		{"gateway timeout", answer(504, html, "<html>"), oauth.ClassUnknownOutcome, 1, oauth.WriteUnknown},
		{"origin timeout", answer(524, html, "<html>"), oauth.ClassUnknownOutcome, 1, oauth.WriteUnknown},
		{"reset", hangUp, oauth.ClassUnknownOutcome, 1, oauth.WriteUnknown},
		{"broken off", breakOff(201), oauth.ClassUnknownOutcome, 1, oauth.WriteUnknown},
		{"a refusal broken off", breakOff(400), oauth.ClassRejected, 1, oauth.WriteRefused},
		{"a web page", answer(200, html, "<html>"), oauth.ClassBadResponse, 1, oauth.WriteUnknown},
		{"a redirect", answer(303, "", ""), oauth.ClassBadResponse, 1, oauth.WriteUnknown},
		{"refused token", answer(401, "application/json", `{"category":"EXPIRED_AUTHENTICATION"}`), oauth.ClassExpired, 2, oauth.WriteRefused},
	} {
		for _, method := range []string{"POST", "PATCH"} {
			t.Run(method+" "+c.name, func(t *testing.T) {
				b := newBench(t, c.handler)
				resp, err := b.Send(t.Context(), 1, Request{Method: method, Path: "/x", Body: []byte("{}")})
				if got := classOf(resp, err); got != c.want || resp.Sends != c.sends {
					t.Errorf("%q after %d sends, want %q after %d", got, resp.Sends, c.want, c.sends)
				}
				if len(b.store.begun) != 1 || !slices.Equal(b.store.ended, []oauth.WriteOutcome{c.outcome}) {
					t.Errorf("%d on record, ended as %v, want %s", len(b.store.begun), b.store.ended, c.outcome)
				}
			})
		}
	}
}

func classOf(resp Response, err error) oauth.Class {
	if err == nil && resp.Failure != nil {
		return resp.Failure.Class
	}
	return oauth.ClassOf(err)
}

// What changes nothing, or the same twice, is sent again after a broken connection
// and is not put on record.
func TestWhatIsIdempotentIsNotOnRecord(t *testing.T) {
	for _, req := range []Request{
		{Method: "GET", Path: "/x"},
		{Method: "PUT", Path: "/x"},
		{Method: "DELETE", Path: "/x"},
		{Method: "POST", Path: "/crm/objects/2026-09/contacts/search?a=/y"},
		{Method: "POST", Path: "/crm/objects/2026-09/contacts/batch/read"},
	} {
		sent := 0
		b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
			if sent++; sent == 1 {
				hangUp(w, r)
				return
			}
			answer(200, "application/json", `{}`)(w, r)
		})
		// net/http itself repeats a GET on a connection that was kept; this one is new.
		resp, err := b.Send(t.Context(), 1, req)
		if err != nil || resp.Failure != nil || sent != 2 || len(b.store.begun)+len(b.store.ended) != 0 {
			t.Errorf("%s %s: %d sent, %v %v, %d on record", req.Method, req.Path, sent, err, resp.Failure, len(b.store.begun))
		}
	}
}

func TestTheRecordOfAWrite(t *testing.T) {
	b := newBench(t, answer(201, "application/json", `{}`))
	req := Request{Method: "POST", Path: "/x?b=2", Query: url.Values{"a": {"1"}}, Body: []byte("body"), Again: true}
	if _, err := b.Send(t.Context(), 7, req); err != nil {
		t.Fatal(err)
	}
	w := b.store.begun[0]
	if w.PortalID != 7 || w.Method != "POST" || w.Path != "/x" || w.Query != "a=1&b=2" || string(w.Body) != "body" || w.At.IsZero() || !b.store.again[0] {
		t.Errorf("%+v, again %v", w, b.store.again)
	}
}

func TestAWriteInDoubtIsHeldBack(t *testing.T) {
	sent := 0
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		sent++
		answer(201, "application/json", `{}`)(w, r)
	})
	b.store.doubt = &oauth.Doubt{At: b.now().UTC(), Answered: true}
	resp, err := b.Send(t.Context(), 1, post("{}"))
	var doubt *oauth.Doubt
	if oauth.ClassOf(err) != oauth.ClassUnknownOutcome || !errors.As(err, &doubt) || !doubt.Answered || !doubt.At.Equal(b.store.doubt.At) {
		t.Errorf("%v", err)
	}
	if sent != 0 || resp.Sends != 0 || len(b.store.events) != 0 {
		t.Errorf("%d sent, events %+v", sent, b.store.events)
	}
	req := post("{}")
	if req.Again = true; classOf(b.Send(t.Context(), 1, req)) != "" || sent != 1 {
		t.Errorf("%d sent again", sent)
	}
}

// A record that cannot be made would not outlive a crash.
func TestAWriteThatCannotBeRecordedIsNotSent(t *testing.T) {
	sent := 0
	b := newBench(t, func(http.ResponseWriter, *http.Request) { sent++ })
	b.store.noMark = &oauth.Error{Class: oauth.ClassStore, Message: "The disk is full."}
	if _, err := b.Send(t.Context(), 1, post("{}")); oauth.ClassOf(err) != oauth.ClassStore || sent != 0 {
		t.Errorf("%d sent, %v", sent, err)
	}
	req := post("{}")
	if req.Again = true; classOf(b.Send(t.Context(), 1, req)) != "" || sent != 1 || len(b.store.ended) != 0 {
		t.Errorf("%d sent, ended %v", sent, b.store.ended)
	}
}

// The record is made before the request leaves, and closed when the caller has gone.
func TestTheRecordIsFirstAndLast(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var b bench
	b = newBench(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body) // or the server would not notice that the caller has gone
		b.store.mu.Lock()
		defer b.store.mu.Unlock()
		if len(b.store.begun) != 1 || len(b.store.ended) != 0 {
			t.Error("sent before it was on record")
		}
		stop()
		<-r.Context().Done()
	})
	_, err := b.Send(ctx, 1, post("{}"))
	if oauth.ClassOf(err) != oauth.ClassUnknownOutcome || !slices.Equal(b.store.ended, []oauth.WriteOutcome{oauth.WriteUnknown}) {
		t.Errorf("%v, ended %v", err, b.store.ended)
	}
}

// A request that never left is known not to have been carried out.
func TestAWriteThatNeverLeft(t *testing.T) {
	b := newBench(t, nil)
	gone := httptest.NewServer(nil)
	gone.Close()
	b.tokens.grant.APIURL = gone.URL
	_, err := b.Send(t.Context(), 1, post("{}"))
	if oauth.ClassOf(err) != oauth.ClassTransient || !slices.Equal(b.store.ended, []oauth.WriteOutcome{oauth.WriteRefused}) {
		t.Errorf("%v, ended %v", err, b.store.ended)
	}
}

func TestChangesFollowsTheCatalogue(t *testing.T) {
	for _, s := range Samples() {
		if s.Request().Changes() != (s.Effect != EffectRead) {
			t.Errorf("%s has the effect %s", s.ID, s.Effect)
		}
	}
}
