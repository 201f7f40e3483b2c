package test

import (
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// The API tab as a workbench: a call is sent, its answer filtered, the call timed;
// and a later start of the program still knows what was sent.
func TestScreenWorkbench(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	w.ok("connect", "--alias", "acme")
	s := w.screen(terminal.Options{Cols: 120, Rows: 36})
	s.see("acme")
	s.press("t")
	s.see("Choose a call")
	s.press("/", "list contacts")
	s.seeNot("Audit log")
	s.press("enter")
	s.see("200 OK")

	s.press("|", ".results | length")
	s.see("1 result")
	s.seeNot("properties")
	s.press("enter", "esc")
	s.see("properties")

	s.press("T", "enter")
	s.see("20 of 20")
	s.see("p95")
	s.press("esc")
	s.see("200 OK")
	s.press("q")
	s.ends(0)

	s = w.screen(terminal.Options{Cols: 80, Rows: 24})
	s.see("acme")
	s.press("t")
	s.see("Choose a call")
	s.press("H")
	s.see("Calls sent")
	s.see("✓ 200")
	s.press("enter")
	s.see("200 OK")
	s.press("q")
	s.ends(0)
}
