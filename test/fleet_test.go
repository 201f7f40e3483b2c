package test

import (
	"strconv"
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// Several portals at once, in a real terminal: mark them, send one read to all,
// remove one and bring it back with tokens that still work.
func TestFleetOnTheScreen(t *testing.T) {
	w := newWorld(t)
	s := w.screen(terminal.Options{Cols: 120, Rows: 36}, "demo")
	s.see("acme-prod")
	s.press("space", "space", "space")
	s.see("3 marked")
	s.press("t")
	s.see("Send which read to 3 portals?")
	s.press("enter")
	s.see("tested 3 of 3")
	s.press("esc")
	s.seeNot("esc close")
	s.press("esc")
	s.seeNot("3 marked")
	s.press("q")
	s.ends(0)
}

func TestUndoOnTheScreen(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	w.ok("connect", "--alias", "acme-prod")
	before := w.portals()[0]
	s := w.screen(terminal.Options{Cols: 120, Rows: 36})
	s.see("acme-prod")
	s.press("x", "acme-prod", "enter")
	s.see("There are none yet")
	if left := w.portals(); len(left) != 0 {
		t.Fatalf("still stored: %+v", left)
	}
	s.press("u")
	s.see("acme-prod is back")
	s.press("r")
	s.see("refreshed acme-prod")
	back := w.portals()
	if len(back) != 1 || back[0].Alias != before.Alias || back[0].HubID != before.HubID {
		t.Errorf("came back as %+v, was %+v", back, before)
	}

	w.ok("protect", "acme-prod", "on")
	s.see("PROD")
	s.press("x")
	s.see("P unlocks it")
	s.press("P", "acme-prod", "enter")
	s.see("PROD unlocked")
	s.press("x", "acme-prod", "enter")
	s.seeNot(strconv.FormatInt(before.HubID, 10))
	s.press("q")
	s.ends(0)
}
