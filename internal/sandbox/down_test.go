package sandbox

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestTokenEndpointDownForSomeRequests(t *testing.T) {
	w := newWire(t)
	if got := w.control("POST", "faults", `{"route":"token","times":3,"status":503}`); got.status != http.StatusOK {
		t.Fatal(got.text)
	}
	for n, status := range []int{503, 503, 503, 200} {
		want(t, fmt.Sprint("request ", n), w.refresh(w.mine.refresh).status, status)
	}
}

func TestRefusedForAWhile(t *testing.T) {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(t.Context()) }()
	post := func(body string) int {
		t.Helper()
		res, err := http.Post(s.URL()+"/_sandbox/down", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	want(t, "not for ever", post(`{"seconds":86400}`), http.StatusBadRequest)
	want(t, "not for no time", post(`{}`), http.StatusBadRequest)
	began := time.Now()
	want(t, "down", post(`{"seconds":1}`), http.StatusOK)
	if _, err := http.Get(s.URL()); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("while it is down: %v", err)
	}
	for {
		conn, err := net.DialTimeout("tcp", strings.TrimPrefix(s.URL(), "http://"), time.Second)
		if err == nil {
			_ = conn.Close()
			break
		}
		if time.Since(began) > 20*time.Second {
			t.Fatal("it does not come back")
		}
		<-time.After(20 * time.Millisecond)
	}
	if away := time.Since(began); away < time.Second {
		t.Errorf("it came back after %s", away)
	}
	res, err := http.Get(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	want(t, "kept connections are allowed again", res.Close, false)
	if err := s.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	want(t, "the end", <-served, error(nil))
}

func TestServerThatNeverListenedCannotGoDown(t *testing.T) {
	w := newWire(t)
	want(t, "status", w.control("POST", "down", `{"seconds":1}`).status, http.StatusBadRequest)
}

func TestReuseOverTheWireEndsTheFamily(t *testing.T) {
	w := newWire(t)
	want(t, "mode", w.control("POST", "rotation", `{"mode":"strict"}`).status, http.StatusOK)
	next := w.pair(w.refresh(w.mine.refresh))
	want(t, "rotated", next.refresh == w.mine.refresh, false)
	want(t, "reuse", w.refresh(w.mine.refresh).json["error"], any("invalid_grant"))
	want(t, "the newest is gone too", w.refresh(next.refresh).json["error"], any("invalid_grant"))
	want(t, "and its access token", w.api(next.access, "GET", details, nil).status, http.StatusUnauthorized)
}

// A server whose expires_in and whose clock disagree with the life of its tokens.
func TestToldLifetime(t *testing.T) {
	w := newWire(t)
	want(t, "told", w.control("POST", "ttl", `{"seconds":60,"told_seconds":1800}`).status, http.StatusOK)
	got := w.refresh(w.mine.refresh)
	want(t, "expires_in", got.json["expires_in"], any(1800.0))
	token := w.pair(got).access
	w.clock.advance(59 * time.Second)
	want(t, "lives", w.api(token, "GET", details, nil).status, http.StatusOK)
	w.clock.advance(2 * time.Second)
	want(t, "ended", w.api(token, "GET", details, nil).json["category"], any("EXPIRED_AUTHENTICATION"))
	want(t, "the truth again", w.control("POST", "ttl", `{"seconds":60}`).status, http.StatusOK)
	want(t, "expires_in", w.refresh(w.mine.refresh).json["expires_in"], any(60.0))
	want(t, "no time", w.control("POST", "ttl", `{"seconds":60,"told_seconds":-1}`).status, http.StatusBadRequest)

	want(t, "clock", w.control("POST", "clock", `{"offset_seconds":86400}`).status, http.StatusOK)
	date, err := http.ParseTime(w.refresh(w.mine.refresh).header.Get("Date"))
	if err != nil || date.Sub(w.clock.Now()).Round(time.Second) != 24*time.Hour {
		t.Errorf("Date %v, %v", date, err)
	}
}
