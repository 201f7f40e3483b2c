package test

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// The main job with keys alone, in a real terminal: connect, watch, test an
// endpoint, refresh, meet an expiry and a revocation, reconnect, disconnect.
func TestJourneyOnTheScreen(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	hub := strconv.FormatInt(sandbox.Portals[0].HubID, 10)
	s := w.screen(terminal.Options{Cols: 120, Rows: 36})

	// Nothing is stored yet: one sentence and three doors.
	s.see("connect")
	s.press("c")
	s.see("comes back to")
	s.press("enter")
	s.see("is connected")
	s.press("enter")
	s.see(hub)
	s.see("1 active")

	// The sample calls of this portal; the first contact there is.
	s.press("t")
	s.see("List contacts")
	s.press("/")
	s.press("list contacts")
	s.seeNot("Audit log")
	s.press("enter")
	s.see("200 OK")
	s.see("results")

	// Expired at the server: the same call refreshes once and succeeds.
	if err := sandbox.look(); err != nil {
		t.Fatal(err)
	}
	w.control(sandbox, "expire", hub)
	s.press("t")
	s.see("Choose a call")
	s.press("enter")
	s.see("200 OK")
	w.until("one refresh was sent", func() bool { return w.count(sandbox, "refresh_token") == 1 })
	w.until("the call was sent again", func() bool { return w.count(sandbox, "contacts") == 2 })

	// A new token by hand.
	s.press("r")
	s.see("efreshed")
	w.until("another refresh was sent", func() bool { return w.count(sandbox, "refresh_token") == 2 })

	// Revoked: the next refresh says so, and the row stays so.
	w.control(sandbox, "revoke", hub)
	s.press("r")
	s.see("1 reconnect")
	s.press("c")
	s.see("comes back to")
	s.press("enter")
	s.see("is connected again")
	s.press("enter")
	s.see("1 active")

	// Gone again, by its name in full.
	alias := w.portals()[0].Alias
	s.press("x")
	s.see("Disconnect")
	s.press(alias, "enter")
	s.seeNot(hub)
	if left := w.portals(); len(left) != 0 {
		t.Errorf("still stored: %+v", left)
	}
	s.press("q")
	s.ends(0)
}

// The screen shows what another process stores.
func TestTheScreenFollowsOtherProcesses(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	s := w.screen(terminal.Options{Cols: 120, Rows: 36})
	s.see("connect")
	w.ok("connect", "--alias", "elsewhere")
	s.see("elsewhere")
	w.ok("rename", "elsewhere", "renamed")
	s.see("renamed")
	s.press("q")
	s.ends(0)
}

// The countdown counts: two different values are seen on one row.
func TestTheCountdownCounts(t *testing.T) {
	w := newWorld(t)
	s := w.screen(terminal.Options{Cols: 120, Rows: 36}, "demo")
	s.see("acme-prod")
	left := regexp.MustCompile(`acme-prod.*?(\d\d:\d\d)`)
	value := func(now terminal.Screen) string {
		for y := range now.Rows {
			if m := left.FindStringSubmatch(now.Line(y)); m != nil {
				return m[1]
			}
		}
		return ""
	}
	first := value(s.Screen())
	if _, err := s.WaitFor(s.ctx, "another time to live", func(now terminal.Screen) bool {
		v := value(now)
		return v != "" && v != first
	}); err != nil {
		t.Fatal(err)
	}
	s.press("q")
	s.ends(0)
}

func (w *world) control(s *sandbox, name, hub string) {
	w.t.Helper()
	if _, err := s.control(name, `{"hub_id":`+hub+`}`); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) count(s *sandbox, what string) int {
	w.t.Helper()
	seen, err := s.calls()
	if err != nil {
		w.t.Fatal(err)
	}
	return count(seen, what)
}
