package test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// A token that is still good is read and printed: no request, no write.
func TestWarmTokenTouchesNothing(t *testing.T) {
	w := newWorld(t)
	s := w.sandbox("--auto-consent")
	w.app(s, "main")
	w.ok("connect", "--alias", "acme")
	first := w.ok("token", "acme")
	if err := s.look(); err != nil {
		t.Fatal(err)
	}
	before := w.stored()
	for range 3 {
		if got := w.ok("token", "acme"); got != first || strings.Count(got, "\n") != 1 {
			t.Errorf("another token, or more than one line: %d bytes", len(got))
		}
	}
	w.ok("list", "--json")
	w.ok("show", "acme")
	if after := w.stored(); after != before {
		t.Errorf("the database was written to:\n%s\nwas:\n%s", after, before)
	}
	if n := w.count(s, "*"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// stored sums up the database's bytes and what waits in its log.
func (w *world) stored() string {
	w.t.Helper()
	var b strings.Builder
	for _, name := range []string{"hsterm.db", "hsterm.db-wal"} {
		data, err := os.ReadFile(filepath.Join(w.dir, "data", "hsterm", name))
		if err != nil && !os.IsNotExist(err) {
			w.t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s: %d bytes, %.8x\n", name, len(data), sha256.Sum256(data))
	}
	return b.String()
}

// While the screen is open the newest rows are in the write-ahead log: no secret
// can be read there either.
func TestNoSecretWhileTheScreenIsOpen(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	w.ok("connect", "--alias", "acme")
	s := w.screen(terminal.Options{Cols: 120, Rows: 36})
	s.see("acme")
	s.press("r")
	s.see("efreshed")
	wal, err := os.Stat(filepath.Join(w.dir, "data", "hsterm", "hsterm.db-wal"))
	if err != nil || wal.Size() == 0 {
		t.Fatalf("there is no write-ahead log to look into: %v", err)
	}
	for _, f := range leaks(t, w.dir) {
		t.Error(f)
	}
	s.press("q")
	s.ends(0)
}
