//go:build scoreboard

package test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	box "github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// badHost is the server of one portal: a sandbox of its own that rotates strictly,
// behind a listener that spoils its answers until it is healed.
type badHost struct {
	box    *box.Server
	url    string
	seen   atomic.Int64 // spoiled requests
	leaked atomic.Int64 // requests on a connection that is not secure
	healed atomic.Bool
	c      badAnswer
	heal   func()

	mu    sync.Mutex
	conns map[net.Conn]bool // spoiled ones that are still open
}

// newBadHost starts the server of a case. A fault of the sandbox is served by the
// sandbox itself, everything else by a listener in front of it.
func newBadHost(t *testing.T, c badAnswer, number int) *badHost {
	t.Helper()
	b, err := box.New(box.Config{
		AutoConsent: true, Portals: 2, Rotation: box.RotationStrict, ClientID: fmt.Sprintf("client-%d", number),
		RateLimit: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
	h := &badHost{box: b, c: c, conns: map[net.Conn]bool{}}
	h.heal = func() { h.healed.Store(true); h.hangUp() }
	if c.fault != "" {
		h.faulty(t)
		return h
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + l.Addr().String()
	if c.secure != nil {
		_, port, _ := net.SplitHostPort(l.Addr().String())
		h.url = "https://localhost:" + port
	}
	go h.accept(l)
	t.Cleanup(func() { h.heal(); _ = l.Close() })
	return h
}

// faulty has the sandbox listen itself and asks it for the fault, as a person
// would.
func (h *badHost) faulty(t *testing.T) {
	t.Helper()
	if err := h.box.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- h.box.Serve(context.Background()) }()
	t.Cleanup(func() {
		_ = h.box.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	h.url = h.box.URL()
	h.heal = h.box.ClearFaults
}

// spoil begins the fault of a sandbox; the other hosts are bad from the start.
func (h *badHost) spoil(t *testing.T) {
	t.Helper()
	if h.c.fault == "" {
		return
	}
	fault := `{"times":-1,` + strings.TrimPrefix(h.c.fault, "{")
	resp, err := http.Post(h.url+"/_sandbox/faults", "application/json", strings.NewReader(fault))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if text, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", fault, text)
	}
}

// requests is how many requests were spoiled.
func (h *badHost) requests() int {
	if h.c.fault == "" {
		return int(h.seen.Load())
	}
	n := 0
	seen, _ := h.box.Requests(0)
	for _, r := range seen {
		if h.c.spoils(r.Endpoint) && r.GrantType != "authorization_code" {
			n++
		}
	}
	return n
}

// noticed is how many requests were spoiled, when one has to have been: of a
// handshake that the program broke off, the host may hear after its end.
func (h *badHost) noticed(one bool) int {
	deadline := time.NewTimer(patience / 10)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if n := h.requests(); n > 0 || !one {
			return n
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			return h.requests()
		}
	}
}

func (h *badHost) accept(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go h.serve(conn)
	}
}

func (h *badHost) serve(raw net.Conn) {
	defer raw.Close()
	_ = raw.SetDeadline(time.Now().Add(2 * patience))
	if !h.healed.Load() {
		h.keep(raw)
		defer h.forget(raw)
		if h.c.early != nil {
			h.seen.Add(1)
			h.c.early(raw)
			return
		}
	}
	conn := net.Conn(raw)
	if h.c.secure != nil {
		conn = tls.Server(raw, h.c.secure.config(h.healed.Load()))
	}
	req, body, err := readRequest(conn)
	if err != nil {
		if !h.healed.Load() && h.c.secure != nil {
			h.seen.Add(1) // a handshake that failed
		}
		return
	}
	if !h.healed.Load() && h.c.spoils(req.URL.Path) {
		h.seen.Add(1)
		h.c.answer(&exchange{conn: conn, raw: raw, host: h, req: req, body: body})
		_ = conn.Close()
		return
	}
	writeWhole(conn, h.honest(req, body))
}

// honest is what the sandbox answers.
func (h *badHost) honest(req *http.Request, body []byte) *httptest.ResponseRecorder {
	again := req.Clone(context.Background())
	again.Body = io.NopCloser(bytes.NewReader(body))
	w := httptest.NewRecorder()
	h.box.Handler().ServeHTTP(w, again)
	return w
}

func (h *badHost) keep(c net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[c] = true
}

func (h *badHost) forget(c net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns, c)
}

// hangUp ends what is still being spoiled.
func (h *badHost) hangUp() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.conns {
		_ = c.Close()
	}
}

// exchange is one request that is to be spoiled.
type exchange struct {
	conn, raw net.Conn // raw is below TLS
	host      *badHost
	req       *http.Request
	body      []byte
}

// write sends text as it is, and tells whether anybody still took it.
func (x *exchange) write(text string) bool {
	_, err := io.WriteString(x.conn, text)
	return err == nil
}

func (x *exchange) form() url.Values {
	form, _ := url.ParseQuery(string(x.body))
	return form
}

// sentInClear is called when a request came where none may come.
func (h *badHost) sentInClear(x *exchange) {
	h.leaked.Add(1)
	says(200, badToken())(x)
}

func readRequest(conn net.Conn) (*http.Request, []byte, error) {
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return nil, nil, err
	}
	body, err := io.ReadAll(req.Body)
	return req, body, err
}

func writeWhole(conn net.Conn, w *httptest.ResponseRecorder) {
	resp := w.Result()
	resp.ContentLength, resp.Close = int64(w.Body.Len()), true
	_ = resp.Write(conn)
	_ = conn.Close()
}

// grant gets the first tokens of the portal, by the consent nobody has to read.
func (h *badHost) grant() (oauth.Token, error) {
	info := h.box.Info()
	ask := url.Values{
		"client_id": {info.ClientID}, "redirect_uri": info.RedirectURIs[:1], "response_type": {"code"},
		"scope": {strings.Join(info.Scopes, " ")}, "state": {"s"},
	}
	at := httptest.NewRecorder()
	h.box.Handler().ServeHTTP(at, httptest.NewRequest(http.MethodGet, "/oauth/authorize?"+ask.Encode(), nil))
	back, err := url.Parse(at.Header().Get("Location"))
	if err != nil || back.Query().Get("code") == "" {
		return oauth.Token{}, errors.New("no consent: " + at.Body.String())
	}
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": info.RedirectURIs[:1],
		"client_id": {info.ClientID}, "client_secret": {info.ClientSecret},
	}
	req := httptest.NewRequest(http.MethodPost, "/oauth/2026-09/token", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.box.Handler().ServeHTTP(w, req)
	var said struct {
		Access  string   `json:"access_token"`
		Refresh string   `json:"refresh_token"`
		HubID   int64    `json:"hub_id"`
		UserID  int64    `json:"user_id"`
		Scopes  []string `json:"scopes"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || said.Access == "" {
		return oauth.Token{}, fmt.Errorf("no token: %s %w", w.Body, err)
	}
	return oauth.Token{
		Access: oauth.NewSecret(said.Access), Refresh: oauth.NewSecret(said.Refresh), Type: "bearer",
		Lifetime: 30 * time.Minute, HubID: said.HubID, UserID: said.UserID, Scopes: said.Scopes,
	}, nil
}
