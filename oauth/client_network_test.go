package oauth

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

var errTestDial = errors.New("nobody is there")

// refreshAt sends one refresh with a secret and returns its failure.
func refreshAt(t *testing.T, c *Client, app App) *Error {
	t.Helper()
	_, err := c.Refresh(t.Context(), app, NewSecret("hstermtestsecret-sent"))
	e := asError(err)
	if e == nil {
		t.Fatalf("no failure: %v", err)
	}
	if text := e.Message + e.Hint; strings.Contains(text, "hstermtestsecret") {
		t.Errorf("a secret in %q", text)
	}
	return e
}

// Go sends a form again, secrets and all, to wherever a 307 points.
func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, injected := range []*http.Client{nil, {}} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			thief := newRecorder(t, jsonAnswer(200, goodToken))
			server := newRecorder(t, func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, thief.URL, status)
			})
			c := newTestClient(t)
			c.HTTP = injected
			e := refreshAt(t, c, server.app(V2026_09))
			if e.Class != ClassBadResponse || thief.count() != 0 {
				t.Errorf("%d: %s, %d requests elsewhere", status, e.Class, thief.count())
			}
		}
	}
}

func TestPlainHTTPStaysOnThisMachine(t *testing.T) {
	c := newTestClient(t)
	c.HTTP = &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		t.Error("something was sent")
		return nil, errTestDial
	})}
	app := App{ClientID: "c", APIURL: "http://api.hubapi.com", APIVersion: V3}
	if e := refreshAt(t, c, app); e.Class != ClassAppMisconfigured || !strings.Contains(e.Message, "plain http") || e.Hint == "" {
		t.Errorf("%s: %s", e.Class, e.Message)
	}
	if _, err := c.Introspect(t.Context(), app, NewSecret("hstermtestsecret"), UseAccessToken); ClassOf(err) != ClassAppMisconfigured {
		t.Error(err)
	}
	if err := c.Revoke(t.Context(), App{APIURL: "http://10.0.0.1", APIVersion: V1}, NewSecret("hstermtestsecret")); ClassOf(err) != ClassAppMisconfigured {
		t.Error(err)
	}
	if _, err := c.Account(t.Context(), "http://10.0.0.1", V3, NewSecret("hstermtestsecret")); ClassOf(err) != ClassAppMisconfigured {
		t.Error(err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestBodiesAreBounded(t *testing.T) {
	var bomb bytes.Buffer
	zip := gzip.NewWriter(&bomb)
	_, _ = zip.Write([]byte(`{"access_token":"` + strings.Repeat("a", 5<<20) + `"}`))
	_ = zip.Close()
	for name, answer := range map[string]http.HandlerFunc{
		"large": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) },
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		},
		"broken gzip": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			broken := bytes.Clone(bomb.Bytes())
			broken[12] ^= 0xff
			_, _ = w.Write(broken)
		},
		"no gzip": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte(goodToken))
		},
	} {
		server := newRecorder(t, answer)
		e := refreshAt(t, newTestClient(t), server.app(V3))
		if told := strings.Contains(e.Message, "larger"); e.Class != ClassBadResponse || told == strings.HasSuffix(name, "gzip") {
			t.Errorf("%s: %s %s", name, e.Class, e.Message)
		}
	}
}

func TestBrokenConnectionsAreTransient(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"truncated": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			_, _ = w.Write([]byte(goodToken))
		},
		"reset": func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
			_ = conn.Close()
		},
	} {
		server := newRecorder(t, answer)
		if e := refreshAt(t, newTestClient(t), server.app(V3)); e.Class != ClassTransient {
			t.Errorf("%s: %s %s", name, e.Class, e.Message)
		}
	}
	server := newRecorder(t, jsonAnswer(200, goodToken))
	app := server.app(V3)
	server.Close()
	if e := refreshAt(t, newTestClient(t), app); e.Class != ClassTransient || !strings.Contains(e.Message, "refused") {
		t.Errorf("%s %s", e.Class, e.Message)
	}
}

// A server that drips is given up after the client's limit, and the caller's
// going away is told apart from that.
func TestSilenceEnds(t *testing.T) {
	stop := make(chan struct{})
	server := newRecorder(t, func(http.ResponseWriter, *http.Request) { <-stop })
	defer close(stop)
	c := newTestClient(t)
	c.HTTP = &http.Client{Timeout: 30 * time.Millisecond, Transport: NewBaseTransport()}
	if e := refreshAt(t, c, server.app(V3)); e.Class != ClassTransient || !strings.Contains(e.Message, "in time") {
		t.Errorf("%s %s", e.Class, e.Message)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Refresh(ctx, server.app(V3), NewSecret("hstermtestsecret")); ClassOf(err) != ClassInterrupted {
		t.Errorf("cancelled: %v", err)
	}
}

func TestOldTLSAndUnknownCertificatesAreRefused(t *testing.T) {
	quiet := log.New(io.Discard, "", 0)
	for name, oldest := range map[string]uint16{"TLS 1.1": tls.VersionTLS11, "an unknown certificate": tls.VersionTLS13} {
		server := httptest.NewUnstartedServer(jsonAnswer(200, goodToken))
		server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: oldest}
		server.Config.ErrorLog = quiet
		server.StartTLS()
		base := NewBaseTransport()
		if oldest < tls.VersionTLS12 { // the certificate is fine, only the version is not
			base.TLSClientConfig.RootCAs = server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
		}
		c := newTestClient(t)
		c.HTTP = &http.Client{Transport: base}
		e := refreshAt(t, c, App{APIURL: server.URL, APIVersion: V3})
		if e.Class != ClassTransient || !strings.Contains(e.Message, "secure") {
			t.Errorf("%s: %s %s (%v)", name, e.Class, e.Message, e.Err)
		}
		server.Close()
	}
}

func TestLocalhostIsDialledByAddress(t *testing.T) {
	var dialled []string
	dial := dialLoopbackByAddress(func(_ context.Context, _, address string) (net.Conn, error) {
		dialled = append(dialled, address)
		return nil, errTestDial
	})
	_, _ = dial(t.Context(), "tcp", "localhost:80")
	_, _ = dial(t.Context(), "tcp", "api.hubapi.com:443")
	if got := strings.Join(dialled, " "); got != "127.0.0.1:80 [::1]:80 api.hubapi.com:443" {
		t.Error(got)
	}
}

func TestProxyIsNotUsedForLoopback(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	for _, address := range []string{"http://127.0.0.1:8899", "http://localhost:8899", "http://[::1]:8899"} {
		req, _ := http.NewRequest(http.MethodGet, address, nil)
		if proxy, err := NewBaseTransport().Proxy(req); proxy != nil || err != nil {
			t.Errorf("%s: %v %v", address, proxy, err)
		}
	}
}
