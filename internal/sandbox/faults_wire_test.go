package sandbox

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"
)

// wire is a sandbox that is known by its port only.
type wire struct {
	*rig
	mine held
}

func newWire(t *testing.T) *wire {
	t.Helper()
	r := newRig(t, Config{AutoConsent: true, Portals: 1})
	return &wire{rig: r, mine: r.connect()}
}

// fault asks for one and sends the request that it is about, on a connection of its own.
func (w *wire) fault(t *testing.T, fault string) *spoiled {
	t.Helper()
	body := `{"route":"token",` + strings.TrimPrefix(fault, "{")
	if got := w.control("POST", "faults", body); got.status != http.StatusOK {
		t.Fatalf("%s: %d %s", body, got.status, got.text)
	}
	conn, err := net.DialTimeout("tcp", w.web.Listener.Addr().String(), 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	form := w.client("grant_type", "refresh_token", "refresh_token", w.mine.refresh).Encode()
	sent := time.Now()
	if _, err := fmt.Fprintf(conn, "POST /oauth/2026-09/token HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
		conn.RemoteAddr(), len(form), form); err != nil {
		t.Fatal(err)
	}
	return &spoiled{t: t, conn: conn, r: bufio.NewReader(conn), sent: sent}
}

// spoiled is an answer that is still on the wire.
type spoiled struct {
	t    *testing.T
	conn net.Conn
	r    *bufio.Reader
	sent time.Time
}

func (s *spoiled) head() *http.Response {
	s.t.Helper()
	res, err := http.ReadResponse(s.r, &http.Request{Method: "POST"})
	if err != nil {
		s.t.Fatal(err)
	}
	return res
}

func TestFaultsOnTheWire(t *testing.T) {
	w := newWire(t)
	res := w.fault(t, `{"status":503,"retry_after":7}`).head()
	want(t, "status", res.StatusCode, 503)
	want(t, "its Retry-After", res.Header.Get("Retry-After"), "7")

	slow := w.fault(t, `{"delay_ms":120}`)
	want(t, "latency: an answer", slow.head().StatusCode, http.StatusOK)
	if took := time.Since(slow.sent); took < 120*time.Millisecond {
		t.Errorf("latency: it came after %s", took)
	}

	if _, err := w.fault(t, `{"kind":"reset"}`).r.ReadByte(); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("reset: %v", err)
	}

	res = w.fault(t, `{"kind":"truncate"}`).head()
	body, err := io.ReadAll(res.Body)
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 || int64(len(body)) >= res.ContentLength {
		t.Errorf("truncate: %v after %d of %d bytes", err, len(body), res.ContentLength)
	}

	res = w.fault(t, `{"kind":"html"}`).head()
	body, _ = io.ReadAll(res.Body)
	want(t, "html: status", res.StatusCode, http.StatusOK)
	want(t, "html: type", res.Header.Get("Content-Type"), "text/html; charset=utf-8")
	want(t, "html: body", strings.HasPrefix(string(body), "<!doctype html>"), true)

	res = w.fault(t, `{"kind":"wrong_types"}`).head()
	body, _ = io.ReadAll(res.Body)
	want(t, "wrong types", strings.Contains(string(body), `"access_token":12345`), true)
}

func TestDripOnTheWire(t *testing.T) {
	s := newWire(t).fault(t, `{"kind":"drip","delay_ms":20,"body":{"a":1}}`)
	var at []time.Duration
	res := s.head()
	for one, err := make([]byte, 1), error(nil); err == nil; {
		var n int
		if n, err = res.Body.Read(one); n > 0 {
			at = append(at, time.Since(s.sent))
		}
	}
	want(t, "bytes", len(at), len(`{"a":1}`))
	if last := at[len(at)-1]; last < 6*20*time.Millisecond {
		t.Errorf("the last byte came after %s", last)
	}
}

func TestLargeAnswersOnTheWire(t *testing.T) {
	w := newWire(t)
	res := w.fault(t, `{"kind":"huge"}`).head()
	if n, err := io.Copy(io.Discard, res.Body); err != nil || n < hugeBytes || n != res.ContentLength {
		t.Errorf("huge: %d of %d bytes, %v", n, res.ContentLength, err)
	}
	res = w.fault(t, `{"kind":"gzip_bomb"}`).head()
	want(t, "bomb: coding", res.Header.Get("Content-Encoding"), "gzip")
	if res.ContentLength > 1<<20 {
		t.Errorf("bomb: %d bytes on the wire", res.ContentLength)
	}
	zip, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, zip); err != nil || n < bombBytes {
		t.Errorf("bomb: it unpacks to %d bytes, %v", n, err)
	}
}

// A client that follows a 307 would hand the form to whoever it points to.
func TestRedirectOnTheWire(t *testing.T) {
	var stolen string
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stolen = r.PostFormValue("refresh_token")
	}))
	defer thief.Close()
	w := newWire(t)
	for _, status := range []int{0, 301, 302, 303, 307, 308} {
		res := w.fault(t, fmt.Sprintf(`{"kind":"redirect","status":%d,"body":%q}`, status, thief.URL+"/token")).head()
		if status == 0 {
			status = 307
		}
		want(t, "status", res.StatusCode, status)
		want(t, "location", res.Header.Get("Location"), thief.URL+"/token")
	}
	if got := w.control("POST", "faults", `{"route":"token","kind":"redirect","body":"`+thief.URL+`"}`); got.status != http.StatusOK {
		t.Fatal(got.text)
	}
	naive, err := http.PostForm(w.web.URL+"/oauth/2026-09/token", w.client("grant_type", "refresh_token", "refresh_token", w.mine.refresh))
	if err != nil {
		t.Fatal(err)
	}
	_ = naive.Body.Close()
	want(t, "a naive client loses its refresh token", stolen, w.mine.refresh)
}

func TestEveryRetryAfterOnTheWire(t *testing.T) {
	w := newWire(t)
	for _, c := range []struct{ json, header string }{
		{`7`, "7"},
		{`"Sun, 06 Nov 2094 08:49:37 GMT"`, "Sun, 06 Nov 2094 08:49:37 GMT"},
		{`"Sun, 06 Nov 1994 08:49:37 GMT"`, "Sun, 06 Nov 1994 08:49:37 GMT"},
		{`null`, ""},
		{`0`, "0"},
		{`-5`, "-5"},
		{`1.5`, "1.5"},
		{`"soon"`, "soon"},
		{`99999999999999999999`, "99999999999999999999"},
		{`["3","600"]`, "3|600"},
	} {
		res := w.fault(t, `{"kind":"rate_limit","body":"DAILY","retry_after":`+c.json+`}`).head()
		body, _ := io.ReadAll(res.Body)
		want(t, c.json+": status", res.StatusCode, http.StatusTooManyRequests)
		want(t, c.json, strings.Join(res.Header.Values("Retry-After"), "|"), c.header)
		want(t, c.json+": policy", strings.Contains(string(body), `"policyName":"DAILY"`), true)
	}
}
