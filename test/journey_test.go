package test

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// journey is a person at the screen of a fresh machine, and the sandbox.
type journey struct {
	*screen
	w       *world
	sandbox *sandbox
	hub     string // of the account the sandbox connects first
}

// The main job with keys alone, in a real terminal: connect, test an endpoint,
// refresh, meet an expiry and a revocation, reconnect, disconnect.
func TestJourneyOnTheScreen(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	j := &journey{
		screen: w.screen(terminal.Options{Cols: 120, Rows: 36}), w: w, sandbox: sandbox,
		hub: strconv.FormatInt(sandbox.Portals[0].HubID, 10),
	}
	j.see("There are none yet") // one sentence and three doors
	j.connect("is connected")
	j.testEndpoint()
	j.meetExpiry()
	j.meetRevocation()
	j.connect("is connected again")
	j.disconnect()
	j.press("q")
	j.ends(0)
}

func (j *journey) connect(done string) {
	j.t.Helper()
	j.press("c")
	j.see("comes back to")
	j.press("enter")
	j.see(done)
	j.press("enter")
	j.see(j.hub)
	j.see("1 active")
}

// testEndpoint looks for a sample call by its name and sends it.
func (j *journey) testEndpoint() {
	j.t.Helper()
	j.press("t")
	j.see("List contacts")
	j.press("/", "list contacts")
	j.seeNot("Audit log")
	j.press("enter")
	j.see("200 OK")
	j.see("results")
}

// meetExpiry sends the same call with a token the server no longer takes: one
// refresh, and the call succeeds.
func (j *journey) meetExpiry() {
	j.t.Helper()
	if err := j.sandbox.look(); err != nil {
		j.t.Fatal(err)
	}
	j.w.control(j.sandbox, "expire", j.hub)
	j.press("t")
	j.see("Choose a call")
	j.press("enter")
	j.see("200 OK")
	j.w.until("one refresh was sent", func() bool { return j.w.count(j.sandbox, "refresh_token") == 1 })
	j.w.until("the call was sent again", func() bool { return j.w.count(j.sandbox, "contacts") == 2 })

	j.press("r") // a new token by hand
	j.see("efreshed")
	j.w.until("another refresh was sent", func() bool { return j.w.count(j.sandbox, "refresh_token") == 2 })
}

func (j *journey) meetRevocation() {
	j.t.Helper()
	j.w.control(j.sandbox, "revoke", j.hub)
	j.press("r")
	j.see("1 reconnect")
}

// disconnect removes the portal, whose name has to be typed in full.
func (j *journey) disconnect() {
	j.t.Helper()
	alias := j.w.portals()[0].Alias
	j.press("x")
	j.see("Disconnect")
	j.press(alias, "enter")
	j.seeNot(j.hub)
	if left := j.w.portals(); len(left) != 0 {
		j.t.Errorf("still stored: %+v", left)
	}
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
