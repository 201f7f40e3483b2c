package sandbox

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestListenIsLoopbackOnly(t *testing.T) {
	for addr, good := range map[string]bool{
		"127.0.0.1:0": true, "localhost:0": true, ":0": false, "0.0.0.0:0": false, "192.0.2.1:0": false, "example.com:0": false, "127.0.0.1": false,
	} {
		s, err := New(Config{})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Listen(addr)
		want(t, addr, err == nil, good)
		if good && s.Listen(addr) == nil {
			t.Errorf("%s: listened twice", addr)
		}
		if err := s.Close(); err != nil {
			t.Errorf("close %s: %v", addr, err)
		}
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	s, err := New(Config{Portals: 2})
	if err != nil {
		t.Fatal(err)
	}
	if s.Serve(t.Context()) == nil {
		t.Error("served without listening")
	}
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL()+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	want(t, "status", res.StatusCode, http.StatusOK)
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it did not end")
	}
}

func TestListenerRefusesOtherNames(t *testing.T) {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for host, status := range map[string]int{"localhost:8899": 200, "127.0.0.1": 200, "[::1]:80": 200, "rebound.example:8899": http.StatusMisdirectedRequest} {
		req := httptest.NewRequest(http.MethodGet, "/", nil)
		req.Host = host
		w := httptest.NewRecorder()
		s.http.Handler.ServeHTTP(w, req)
		want(t, host, w.Code, status)
	}
}

func TestInfoIsTheStartLine(t *testing.T) {
	line := func(seed int64) string {
		s, err := New(Config{Seed: seed, Portals: 12})
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(s.Info())
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(line(1)), &keys); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"url", "client_id", "client_secret", "redirect_uris", "scopes", "portals"} {
		if keys[key] == nil {
			t.Errorf("no %s", key)
		}
	}
	want(t, "same seed, same line", line(7), line(7))
	want(t, "other seed, same line", line(7) == line(8), false)
	if !strings.Contains(line(0), `{"hub_id":62515,"domain":"acme.com","user":"admin@acme.com"}`) {
		t.Errorf("portals: %s", line(0))
	}
}

func TestSeedRepeatsTokens(t *testing.T) {
	first := func(seed int64) string { return newMint(seed, false).accessToken() }
	want(t, "same seed", first(5), first(5))
	want(t, "other seed", first(5) == first(6), false)
	without := first(0)
	want(t, "no seed", first(0) == without, false)
	want(t, "apart from the app's own secrets", newMint(5, true).uuid() == newMint(5, false).uuid(), false)
}

func TestConfigIsChecked(t *testing.T) {
	for name, cfg := range map[string]Config{
		"scope":    {Scopes: []string{"oauth", "contacts"}},
		"optional": {OptionalScopes: []string{"offline"}},
		"redirect": {RedirectURIs: []string{"http://elsewhere.example/cb"}},
		"relative": {RedirectURIs: []string{"/cb"}},
		"portals":  {Portals: maxAccounts + 1},
		"ttl":      {TTL: time.Millisecond},
		"rotation": {Rotation: "weekly"},
	} {
		if _, err := New(cfg); err == nil || !strings.HasPrefix(err.Error(), "sandbox: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
