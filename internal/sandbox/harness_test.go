package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const testRedirect = "http://localhost:8976/oauth/callback"

// clock is a hand-moved time.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// rig is a sandbox behind a test server, with the client a test needs.
type rig struct {
	t     *testing.T
	s     *Server
	web   *httptest.Server
	clock *clock
	http  *http.Client
}

func newRig(t *testing.T, cfg Config) *rig {
	t.Helper()
	c := &clock{now: time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)}
	cfg.Now = c.Now
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close)
	client := web.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &rig{t: t, s: s, web: web, clock: c, http: client}
}

// reply is an answer read to its end.
type reply struct {
	status int
	header http.Header
	text   string
	json   map[string]any
}

func (r *rig) send(req *http.Request) reply {
	r.t.Helper()
	res, err := r.http.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	out := reply{status: res.StatusCode, header: res.Header, text: string(body)}
	_ = json.Unmarshal(body, &out.json) // pages are not JSON
	return out
}

func (r *rig) request(method, path, contentType, body string) *http.Request {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.web.URL+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	return req
}

func (r *rig) get(path string) reply { return r.send(r.request("GET", path, "", "")) }

func (r *rig) form(path string, v url.Values) reply {
	return r.send(r.request("POST", path, "application/x-www-form-urlencoded", v.Encode()))
}

// client are the form fields that authenticate the app, and more.
func (r *rig) client(more ...string) url.Values {
	info := r.s.Info()
	v := url.Values{"client_id": {info.ClientID}, "client_secret": {info.ClientSecret}}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// api sends a call with a bearer token and a JSON body.
func (r *rig) api(token, method, path string, body any) reply {
	r.t.Helper()
	raw := []byte{}
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			r.t.Fatal(err)
		}
	}
	req := r.request(method, path, "application/json", string(bytes.TrimSpace(raw)))
	req.Header.Set("Authorization", "Bearer "+token)
	return r.send(req)
}

// authorizeURL is a good authorize path with changes; an empty value takes a field away.
func (r *rig) authorizeURL(changes ...string) string {
	info := r.s.Info()
	v := url.Values{
		"client_id": {info.ClientID}, "redirect_uri": {testRedirect}, "scope": {strings.Join(info.Scopes, " ")},
		"state": {"s t&te/1"}, "response_type": {"code"},
	}
	path := "/oauth/authorize?"
	for i := 0; i < len(changes); i += 2 {
		switch key, value := changes[i], changes[i+1]; {
		case key == "path":
			path = value + "?"
		case value == "":
			v.Del(key)
		default:
			v.Set(key, value)
		}
	}
	return path + v.Encode()
}

// consent lets auto-consent answer and returns the code.
func (r *rig) consent(changes ...string) string {
	r.t.Helper()
	got := r.get(r.authorizeURL(changes...))
	at, err := url.Parse(got.header.Get("Location"))
	if got.status != http.StatusFound || err != nil || at.Query().Get("code") == "" {
		r.t.Fatalf("consent: %d %s %s", got.status, got.header.Get("Location"), got.text)
	}
	return at.Query().Get("code")
}

// held is a pair as the client keeps it.
type held struct {
	access, refresh string
	hubID           int64
}

func (r *rig) connect(changes ...string) held {
	r.t.Helper()
	return r.pair(r.form("/oauth/2026-09/token", r.client("grant_type", "authorization_code", "code", r.consent(changes...), "redirect_uri", testRedirect)))
}

func (r *rig) pair(got reply) held {
	r.t.Helper()
	if got.status != http.StatusOK {
		r.t.Fatalf("token: %d %s", got.status, got.text)
	}
	hub, _ := got.json["hub_id"].(float64)
	access, _ := got.json["access_token"].(string)
	refresh, _ := got.json["refresh_token"].(string)
	return held{access: access, refresh: refresh, hubID: int64(hub)}
}

func (r *rig) refresh(token string) reply {
	return r.form("/oauth/2026-09/token", r.client("grant_type", "refresh_token", "refresh_token", token))
}

func want[T comparable](t *testing.T, what string, got, expected T) {
	t.Helper()
	if got != expected {
		t.Errorf("%s: got %v, want %v", what, got, expected)
	}
}
