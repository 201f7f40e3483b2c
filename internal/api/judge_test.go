package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestAnswersAreJudged(t *testing.T) {
	tests := []struct {
		name   string
		status int
		kind   string
		body   string
		want   oauth.Class
	}{
		{"good", 200, "application/json", `{"a":1}`, ""},
		{"created", 201, "application/json;charset=utf-8", `{}`, ""},
		{"no content", 204, "", "", ""},
		{"partly done", 207, "application/json", `{"status":"COMPLETE"}`, ""},
		{"a file", 200, "text/csv", "a,b\n1,2", ""},
		{"a deep file", 200, "text/plain", strings.Repeat("[", 99), ""},
		{"a page that was asked for", 200, "application/octet-stream", "<div>{{ x }}</div>", ""},
		{"XML", 200, "application/xml", "<urlset/>", ""},
		{"JSON by its look", 200, "", `[1]`, ""},
		{"problem JSON", 200, "application/problem+json", `{}`, ""},
		{"web page", 200, "text/html", "<html></html>", oauth.ClassBadResponse},
		{"web page without a type", 200, "", "<!doctype html>", oauth.ClassBadResponse},
		{"broken JSON", 200, "application/json", `{"a":`, oauth.ClassBadResponse},
		{"deep", 200, "application/json", strings.Repeat("[", 65) + strings.Repeat("]", 65), oauth.ClassBadResponse},
		{"deep enough", 200, "application/json", strings.Repeat("[", 64) + strings.Repeat("]", 64), ""},
		{"brackets in strings", 200, "application/json", `"` + strings.Repeat(`[\"`, 99) + `"`, ""},
		{"missing scope", 403, "application/json", `{"category":"MISSING_SCOPES"}`, oauth.ClassPermissionDenied},
		{"tier", 403, "application/json", `{"category":"GATED"}`, oauth.ClassForbidden},
		{"limit", 429, "application/json", `{"policyName":"TEN_SECONDLY_ROLLING"}`, oauth.ClassRateLimited},
		{"gateway", 502, "text/html", "<html>", oauth.ClassTransient},
		{"unknown route", 404, "text/html", "<html>", oauth.ClassRejected},
		{"validation", 400, "application/json", `{"category":"VALIDATION_ERROR"}`, oauth.ClassRejected},
		{"locked", 423, "application/json", `{}`, oauth.ClassTransient},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, answer(tt.status, tt.kind, tt.body))
			resp, err := b.get(t, "/x")
			if err != nil {
				t.Fatal(err)
			}
			got := oauth.Class("")
			if resp.Failure != nil {
				got = resp.Failure.Class
			}
			if got != tt.want || resp.Status != tt.status || string(resp.Body) != tt.body {
				t.Errorf("class %q, want %q; status %d, %d bytes", got, tt.want, resp.Status, len(resp.Body))
			}
			if e := b.store.events[0]; e.Class != tt.want || e.Status != tt.status {
				t.Errorf("recorded as %+v", e)
			}
		})
	}
}

func TestCorrelationIDFromTheBody(t *testing.T) {
	b := newBench(t, answer(404, "application/json", `{"correlationId":"abc-1\u001b\u0000[2J"}`))
	if resp, _ := b.get(t, "/x"); resp.CorrelationID != "abc-1\ufffd[2J" {
		t.Errorf("got %q", resp.CorrelationID)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range 20 {
		_, _ = z.Write(chunk)
	}
	_ = z.Close()
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(zipped.Bytes())
	})
	resp, err := b.get(t, "/x")
	if err != nil || resp.Failure == nil || resp.Failure.Class != oauth.ClassBadResponse || len(resp.Body) != maxBody {
		t.Errorf("%d bytes, failure %v, error %v", len(resp.Body), resp.Failure, err)
	}
}

// drop ends the connection without an answer, or in the middle of one.
func drop(head string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = conn.Write([]byte(head))
		_ = conn.Close()
	}
}

func TestAnswersThatNeverCame(t *testing.T) {
	tests := []struct {
		method string
		want   oauth.Class
	}{
		{"GET", oauth.ClassTransient},
		{"PUT", oauth.ClassTransient},
		{"DELETE", oauth.ClassTransient},
		{"POST", oauth.ClassUnknownOutcome},
		{"PATCH", oauth.ClassUnknownOutcome},
	}
	for _, tt := range tests {
		b := newBench(t, drop(""))
		_, err := b.Send(t.Context(), 1, Request{Method: tt.method, Path: "/x", Body: []byte("{}")})
		if oauth.ClassOf(err) != tt.want {
			t.Errorf("%s: %v", tt.method, err)
		}
		if e := b.store.events[0]; e.Outcome != oauth.OutcomeFailed || e.Class != tt.want {
			t.Errorf("%s is recorded as %+v", tt.method, e)
		}
		half := newBench(t, drop("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"a\":"))
		resp, err := half.Send(t.Context(), 1, Request{Method: tt.method, Path: "/x", Body: []byte("{}")})
		if err != nil || resp.Failure == nil || resp.Failure.Class != tt.want {
			t.Errorf("%s with half an answer: %+v, %v", tt.method, resp.Failure, err)
		}
	}
}

func TestNothingWasSent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	b := newBench(t, nil)
	b.tokens.grant.APIURL = "http://" + address
	if _, err := b.Send(t.Context(), 1, Request{Method: "POST", Path: "/x"}); oauth.ClassOf(err) != oauth.ClassTransient {
		t.Errorf("a POST that never left: %v", err)
	}
}

func TestSendIsCancelled(t *testing.T) {
	arrived := make(chan struct{})
	b := newBench(t, func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := b.Send(ctx, 1, Request{Method: "GET", Path: "/x"})
	if oauth.ClassOf(err) != oauth.ClassInterrupted {
		t.Errorf("got %v", err)
	}
	if len(b.store.events) != 1 {
		t.Error("a cancelled call is not on record")
	}
}
