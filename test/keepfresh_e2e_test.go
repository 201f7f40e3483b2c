//go:build e2e

package test

import (
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// Three screens on one store keep eight portals fresh. The lid is closed until
// every token has expired; after it is opened each portal is refreshed at once,
// by one of the screens.
func TestScreensCatchUpAfterASleepWithoutAStampede(t *testing.T) {
	const screens, portals = 3, 8
	w := newWorld(t)
	s := w.sandbox("--auto-consent", "--ttl", "4s", "--rotate", "--portals", strconv.Itoa(portals))
	w.app(s, "main")
	for i := range portals {
		alias := "p" + strconv.Itoa(i)
		w.ok("connect", "--alias", alias, "--portal", strconv.FormatInt(s.Portals[i].HubID, 10))
		w.ok("keep-fresh", alias, "on")
	}
	var open []*screen
	for range screens {
		one := w.screen(terminal.Options{})
		one.see("p" + strconv.Itoa(portals-1))
		open = append(open, one)
	}
	all := func(sig syscall.Signal) {
		for _, one := range open {
			if err := one.Signal(sig); err != nil {
				t.Fatal(err)
			}
		}
	}
	all(syscall.SIGSTOP)
	w.untilEach("token has expired", func(p listed) bool { return p.TTLSeconds < 0 })
	for _, c := range [][2]string{{"rotation", `{"mode":"strict"}`}, {"ttl", `{"seconds":1800}`}} {
		if _, err := s.control(c[0], c[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.look(); err != nil {
		t.Fatal(err)
	}

	all(syscall.SIGCONT)
	w.untilEach("token is fresh again", func(p listed) bool { return p.TTLSeconds > 1000 && p.Status == "active" })
	for _, one := range open { // each has had its say when it has ended
		one.press("q")
		one.ends(0)
	}
	seen, err := s.calls()
	if err != nil {
		t.Fatal(err)
	}
	if n := count(seen, "refresh_token"); n != portals {
		t.Errorf("%d refreshes of %d portals", n, portals)
	}
	if took := w.ok("events", "--json"); strings.Contains(took, `"failed"`) {
		t.Errorf("a refresh failed:\n%s", took)
	}
}

// untilEach waits until something is so of every portal.
func (w *world) untilEach(what string, so func(listed) bool) {
	w.t.Helper()
	w.until("every "+what, func() bool {
		return !slices.ContainsFunc(w.portals(), func(p listed) bool { return !so(p) })
	})
}
