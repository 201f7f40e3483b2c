package test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// listed is what `hsterm list --json` says of a portal.
type listed struct {
	Alias      string  `json:"alias"`
	HubID      int64   `json:"hub_id"`
	Status     string  `json:"status"`
	Version    int64   `json:"version"`
	TTLSeconds float64 `json:"ttl_seconds"`
}

func (w *world) portals() []listed {
	w.t.Helper()
	var all []listed
	if err := json.Unmarshal([]byte(w.ok("list", "--json")), &all); err != nil {
		w.t.Fatal(err)
	}
	return all
}

// sandbox starts one that ends with the test.
func (w *world) sandbox(args ...string) *sandbox {
	w.t.Helper()
	s, err := startSandbox(w.env, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := s.stop(); err != nil {
			w.t.Error(err)
		}
	})
	w.set("HSTERM_CLIENT_SECRET=" + s.ClientSecret)
	return s
}

// app adds the sandbox's app under a name.
func (w *world) app(s *sandbox, name string) {
	w.t.Helper()
	w.ok("app", "add", name, "--client-id", s.ClientID, "--redirect-uri", s.RedirectURIs[0],
		"--authorize-url", s.URL+"/oauth/authorize", "--api-url", s.URL, "--scope", strings.Join(s.Scopes, " "))
}

// together runs n processes that are started as fast as they can be, and
// returns what came of each.
func (w *world) together(n int, args func(i int) []string) []result {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	results, errs := make([]result, n), make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { results[i], errs[i] = finish(w.command(ctx, args(i)...), "") })
	}
	all.Wait()
	for i, err := range errs {
		if err != nil {
			w.t.Fatalf("process %d: %v", i, err)
		}
	}
	return results
}

// Thirty-two processes want the token of one portal at the moment it has
// expired. The server rotates, and takes any reuse of a refresh token for theft.
func TestStampedeRefreshesOnce(t *testing.T) {
	const processes = 32
	w := newWorld(t)
	s := w.sandbox("--auto-consent", "--ttl", "1s", "--rotate")
	w.app(s, "main")
	w.ok("connect", "--alias", "acme")
	w.until("the token has expired", func() bool { return w.portals()[0].TTLSeconds < 0 })
	for _, c := range [][2]string{{"rotation", `{"mode":"strict"}`}, {"ttl", `{"seconds":1800}`}} {
		if _, err := s.control(c[0], c[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.look(); err != nil {
		t.Fatal(err)
	}

	tokens := map[string]int{}
	for i, r := range w.together(processes, func(int) []string { return []string{"token", "acme"} }) {
		if r.code != 0 {
			t.Errorf("process %d: exit %d: %s", i, r.code, r.stderr)
		}
		tokens[r.stdout]++
	}
	if len(tokens) != 1 {
		t.Errorf("%d different tokens were printed", len(tokens))
	}
	seen, err := s.calls()
	if err != nil {
		t.Fatal(err)
	}
	if n := count(seen, "refresh_token"); n != 1 {
		t.Errorf("the server saw %d refreshes: %+v", n, seen)
	}
	if p := w.portals()[0]; p.Status != "active" || p.Version != 2 {
		t.Errorf("afterwards: %+v", p)
	}
}

// Eight processes meet a machine on which hsterm never ran. Each wants to store
// something sealed, and one key has to come of it.
func TestFirstStartsAtOnce(t *testing.T) {
	const processes = 8
	for _, keyring := range []string{"env", "file"} {
		t.Run(keyring, func(t *testing.T) {
			w := newWorld(t)
			w.set("HSTERM_KEYRING="+keyring, "HSTERM_CLIENT_SECRET="+marker+"-of-an-app")
			if keyring == "file" {
				w.set("HSTERM_KEY=")
			}
			for i, r := range w.together(processes, func(i int) []string {
				return []string{"app", "add", "app" + strconv.Itoa(i), "--client-id", fmt.Sprintf("client-%d", i), "--scope", "oauth"}
			}) {
				if r.code != 0 {
					t.Errorf("process %d: exit %d: %s", i, r.code, r.stderr)
				}
			}
			for i := range processes {
				if out := w.ok("app", "show", "app"+strconv.Itoa(i), "--json"); !strings.Contains(out, fmt.Sprintf("client-%d", i)) {
					t.Errorf("app %d: %s", i, out)
				}
			}
			if files, err := filepath.Glob(filepath.Join(w.dir, "data", "hsterm", "*.db")); err != nil || len(files) != 1 {
				t.Errorf("databases: %v %v", files, err)
			}
		})
	}
}

// until looks again and again until something is so.
func (w *world) until(what string, so func() bool) {
	w.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-deadline.C:
			w.t.Fatalf("waited %s in vain until %s", patience, what)
		}
	}
}
