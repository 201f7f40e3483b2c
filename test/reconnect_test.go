package test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// Reconnecting on a server: the address is opened elsewhere and pasted, while the
// old grant is known to be dead.
func TestReconnectByPasting(t *testing.T) {
	w := newWorld(t)
	s := w.sandbox("--auto-consent")
	w.app(s, "main")
	w.ok("connect", "--alias", "acme")
	hub := w.portals()[0].HubID
	if _, err := s.control("revoke", `{"hub_id":62515}`); err != nil {
		t.Fatal(err)
	}
	if r := w.run("", "refresh", "acme", "--force"); r.code != 4 {
		t.Fatalf("exit %d: %s", r.code, r.stderr)
	}
	c := w.startConsent("--paste", "--portal", "acme")
	if !strings.Contains(c.url, "/oauth/62515/authorize") || hub != 62515 {
		t.Errorf("the account %d is not preselected: %s", hub, c.url)
	}
	if _, err := io.WriteString(c.stdin, final(t, c.url)+"\n"); err != nil {
		t.Fatal(err)
	}
	if code := c.wait(); code != 0 || !strings.Contains(c.stderr.String(), "Reconnected acme") {
		t.Fatalf("connect ended with %d:\n%s", code, c.stderr.String())
	}
	if p := w.portals()[0]; p.Status != "active" || p.Version != 2 || p.Alias != "acme" {
		t.Errorf("stored %+v", p)
	}
	var kinds []string
	for line := range strings.Lines(w.ok("events", "acme", "--json")) {
		var e struct{ Kind string }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, e.Kind)
	}
	if got := strings.Join(kinds, " "); got != "connected reconnect_required reconnected" {
		t.Errorf("the events are %s", got)
	}
}
