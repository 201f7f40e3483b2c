package oauth

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// listener is a server that does with each connection what it is told, until the
// test ends.
func listener(t *testing.T, serve func(net.Conn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			go serve(conn)
		}
	}()
	return l.Addr().String()
}

// closedPort is an address where nobody listens any more.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// How long a request may take that ends by itself, and one that does not.
const (
	patience = 10 * time.Second
	brief    = 200 * time.Millisecond
)

func silent(net.Conn) {}

// says reads what comes, answers with a text and hangs up.
func says(text string) func(net.Conn) {
	return func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, text)
		_ = conn.Close()
	}
}

func through(proxy string) *http.Transport {
	base := NewBaseTransport()
	base.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: proxy})
	return base
}

// secured is a server with TLS, and a transport that trusts it.
func secured(t *testing.T, config *tls.Config, answer http.HandlerFunc) (address string, base *http.Transport) {
	t.Helper()
	server := httptest.NewUnstartedServer(answer)
	server.TLS, server.Config.ErrorLog = config, log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	base = NewBaseTransport()
	base.TLSClientConfig.RootCAs = server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	return server.URL, base
}

// journey is one refresh: where to, and how; it is given up after limit.
type journey struct {
	url   string
	base  *http.Transport
	limit time.Duration
}

// unsent sends it and tells whether it is known to have never left.
func (j journey) unsent(t *testing.T) bool {
	t.Helper()
	c := &Client{HTTP: &http.Client{Transport: j.base}}
	defer j.base.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(t.Context(), j.limit)
	defer cancel()
	_, err := c.Refresh(ctx, App{ClientID: "c", APIURL: j.url, APIVersion: V3}, NewSecret("hstermtestsecret-sent"))
	e := asError(err)
	if e == nil || (e.Class != ClassTransient && e.Class != ClassBadResponse) {
		t.Errorf("%v (%s)", err, ClassOf(err))
		return false
	}
	return e.Unsent
}

func TestWhatNeverLeftIsKnown(t *testing.T) {
	old, _ := secured(t, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, jsonAnswer(200, goodToken))
	foreign, _ := secured(t, &tls.Config{}, jsonAnswer(200, goodToken))
	hanging := NewBaseTransport()
	hanging.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	const target = "https://api.hubapi.com" // never reached: the proxy is in the way
	for name, c := range map[string]journey{
		"refused":                    {"http://" + closedPort(t), NewBaseTransport(), patience},
		"deadline while dialling":    {"http://127.0.0.1:1", hanging, brief},
		"proxy refuses connections":  {target, through(closedPort(t)), patience},
		"proxy wants a password":     {target, through(listener(t, says("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"))), patience},
		"proxy cannot reach it":      {target, through(listener(t, says("HTTP/1.1 503 Service Unavailable\r\n\r\n"))), patience},
		"proxy hangs up":             {target, through(listener(t, says(""))), patience},
		"proxy says nothing":         {target, through(listener(t, silent)), brief},
		"TLS is never answered":      {"https://" + listener(t, silent), NewBaseTransport(), brief},
		"TLS is hung up on":          {"https://" + listener(t, says("")), NewBaseTransport(), patience},
		"plain text instead of TLS":  {"https://" + listener(t, says("HTTP/1.1 200 OK\r\n\r\n")), NewBaseTransport(), patience},
		"an old TLS":                 {old, NewBaseTransport(), patience},
		"a certificate of strangers": {foreign, NewBaseTransport(), patience},
	} {
		if !c.unsent(t) {
			t.Errorf("%s: it may have left", name)
		}
	}
}

func TestWhatMayHaveLeftIsNotCalledUnsent(t *testing.T) {
	// The alert comes when the request is on its way already: RFC 8446 section 4.4.2.4.
	strict, trusting := secured(t, &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS13}, jsonAnswer(200, goodToken))
	for name, c := range map[string]journey{
		"no answer":                     {"http://" + listener(t, silent), NewBaseTransport(), brief},
		"hung up":                       {"http://" + listener(t, says("")), NewBaseTransport(), patience},
		"half an answer":                {"http://" + listener(t, says("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")), NewBaseTransport(), patience},
		"nonsense":                      {"http://" + listener(t, says("nonsense\r\n\r\n")), NewBaseTransport(), patience},
		"a certificate of ours missing": {strict, trusting, patience},
	} {
		if c.unsent(t) {
			t.Errorf("%s: called unsent", name)
		}
	}
}

// What never left raises no doubt about the stored refresh token: a later refusal
// is not blamed on an answer that was lost.
func TestWhatNeverLeftRaisesNoDoubt(t *testing.T) {
	for proxy, want := range map[string]Class{
		listener(t, says("HTTP/1.1 503 Service Unavailable\r\n\r\n")): "",
		"": ClassTransient, // no proxy, and a server that hangs up
	} {
		s := newScene(-time.Minute)
		base := NewBaseTransport()
		if proxy != "" {
			base = through(proxy)
		} else {
			address := listener(t, says(""))
			s.store.change(1, func(g *Grant) { g.App.APIURL = "http://" + address })
		}
		r := NewRefresher(RefresherOptions{Owner: "one", Store: s.store, Client: &Client{HTTP: &http.Client{Transport: base}}})
		if _, err := r.Fresh(t.Context(), 1, FreshOptions{}); ClassOf(err) != ClassTransient {
			t.Errorf("%v", err)
		}
		if p := s.store.portal(1); p.LastFailure != want || p.FailCount != 1 {
			t.Errorf("proxy %q: last failure %q, %d failures", proxy, p.LastFailure, p.FailCount)
		}
	}
}
