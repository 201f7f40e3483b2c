package sandbox

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	hugeBytes = 10 << 20
	bombBytes = 32 << 20
	bombBlock = 1 << 20
)

// faultAnswer is what a fault says in place of the handler.
func (s *Server) faultAnswer(f *Fault, q *call) answer {
	a := f.answer(q)
	for _, value := range f.RetryAfter {
		a.header.Add("Retry-After", value)
	}
	return a
}

func (f *Fault) answer(q *call) answer {
	switch f.Kind {
	case kindHTML:
		return newAnswer(f.or(http.StatusOK), "text/html; charset=utf-8", []byte(f.text(gatewayPage(f.or(http.StatusOK)))))
	case kindHuge:
		body := `{"results":[{"id":"1","filler":"` + strings.Repeat("x", hugeBytes) + `"}]}`
		return newAnswer(f.or(http.StatusOK), "application/json", []byte(body))
	case kindGzipBomb:
		return newAnswer(f.or(http.StatusOK), "application/json", bomb()).with("Content-Encoding", "gzip")
	case kindRedirect:
		return newAnswer(f.or(http.StatusTemporaryRedirect), "", nil).with("Location", f.text(q.base()+"/redirected-by-a-fault"))
	case kindWrongTypes:
		return newAnswer(f.or(http.StatusOK), "application/json", []byte(f.text(wrongTypes())))
	case kindRateLimit:
		a := rateLimited(q, "You have reached your "+strings.ToLower(f.text("TEN_SECONDLY_ROLLING"))+" limit.", f.text("TEN_SECONDLY_ROLLING"))
		a.status = f.or(a.status)
		return a
	case kindReset:
		return q.empty(http.StatusOK)
	}
	return f.statusAnswer(q)
}

// statusAnswer is a status with the given body, or with the one HubSpot would send.
func (f *Fault) statusAnswer(q *call) answer {
	status := f.or(http.StatusOK)
	if f.Body != "" {
		if json.Valid([]byte(f.Body)) {
			return newAnswer(status, "application/json;charset=utf-8", []byte(f.Body))
		}
		return newAnswer(status, "text/html; charset=utf-8", []byte(f.Body))
	}
	switch {
	case status == http.StatusUnauthorized:
		return notAuthenticated().answer(q)
	case status == http.StatusTooManyRequests:
		return rateLimited(q, "You have reached your ten_secondly_rolling limit.", "TEN_SECONDLY_ROLLING")
	case status >= http.StatusInternalServerError:
		return newAnswer(status, "text/html; charset=utf-8", []byte(gatewayPage(status)))
	case status == http.StatusNoContent:
		return q.empty(status)
	}
	category := map[int]string{
		http.StatusForbidden: "FORBIDDEN", http.StatusLocked: "LOCKED", 477: "MIGRATION_IN_PROGRESS",
		http.StatusNotFound: "OBJECT_NOT_FOUND", http.StatusConflict: "CONFLICT", http.StatusBadRequest: "VALIDATION_ERROR",
	}[status]
	return apiFailure{http: status, category: category, message: "a fault of the sandbox"}.answer(q)
}

func (f *Fault) or(status int) int {
	if f.Status != 0 {
		return f.Status
	}
	return status
}

func (f *Fault) text(fallback string) string {
	if f.Body != "" {
		return f.Body
	}
	return fallback
}

func gatewayPage(status int) string {
	return "<!doctype html><html><head><title>" + http.StatusText(status) + "</title></head><body><h1>" +
		http.StatusText(status) + "</h1><p>The gateway answered in place of the API.</p></body></html>"
}

// wrongTypes fits neither a token answer nor a list.
func wrongTypes() string {
	return `{"token_type":7,"access_token":12345,"refresh_token":["no"],"expires_in":"soon","hub_id":"many","scopes":"oauth","user_id":{},` +
		`"active":"perhaps","portalId":[],"results":"none","paging":3,"status":{},"message":false,"error":1,"error_description":[]}`
}

// bomb is one packed block again and again: gzip files may be strung together (RFC 1952 section 2.2).
func bomb() []byte {
	var block bytes.Buffer
	zip := gzip.NewWriter(&block)
	// Writing to memory cannot fail.
	_, _ = zip.Write(bytes.Repeat([]byte(" "), bombBlock))
	_ = zip.Close()
	return bytes.Repeat(block.Bytes(), bombBytes/bombBlock)
}

// pause waits, and reports whether anybody is still there to be answered.
func (s *Server) pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-s.closed:
	}
	return false
}

// drip writes one byte at a time until the client or the server goes away.
func (s *Server) drip(ctx context.Context, w http.ResponseWriter, f *Fault, body []byte) {
	every := dripEvery
	if f.DelayMS > 0 {
		every = time.Duration(f.DelayMS) * time.Millisecond
	}
	flush := http.NewResponseController(w)
	for i := range body {
		if _, err := w.Write(body[i : i+1]); err != nil || flush.Flush() != nil || !s.pause(ctx, every) {
			return
		}
	}
}

// hangUp breaks the connection without an answer, with a reset where the system allows it.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(interface{ SetLinger(sec int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
