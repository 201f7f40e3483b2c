package cli

import (
	"database/sql"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// full makes the store of the lab refuse new tokens, as a disk does that filled
// up after the probe, until room is made.
func (l *lab) full() (room func()) {
	l.t.Helper()
	pool, err := sql.Open("sqlite", filepath.Join(l.dir, "data", "hsterm", "hsterm.db"))
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { _ = pool.Close() })
	run := func(statement string) {
		if _, err := pool.Exec(statement); err != nil {
			l.t.Error(err)
		}
	}
	run("CREATE TRIGGER full BEFORE UPDATE OF secret ON portals BEGIN SELECT RAISE(FAIL, 'no room'); END")
	return func() { run("DROP TRIGGER full") }
}

// A server that rotates gave the only valid refresh token to a program that
// cannot store it: the program stays until it can.
func TestNewTokensAreRescued(t *testing.T) {
	t.Parallel()
	l := newConnected(t, func(c *sandbox.Config) { c.Rotation = sandbox.RotationStrict })
	room := l.full()
	s := l.open("refresh", "acme")
	s.expect("The new tokens of acme are not stored yet")
	room()
	s.expect("are stored now")
	s.ends(9)
	l.run("refresh", "acme").want(t, 0, "refreshed", "")
}

func TestASignalEndsTheRescue(t *testing.T) {
	t.Parallel()
	l := newConnected(t)
	l.full()
	s := l.open("refresh", "acme")
	s.expect("Ctrl+C gives up")
	if err := s.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	s.expect("Given up: the new tokens of acme were not stored")
	s.ends(9)
	if r := l.run("list", "--json"); !strings.Contains(r.stdout, `"version":1`) {
		t.Errorf("stored nevertheless: %s", r.stdout)
	}
}

func TestARescueAfterASignalIsShort(t *testing.T) {
	t.Parallel()
	l := newConnected(t)
	l.full()
	arrived, answer := l.holdTokens()
	s := l.open("refresh", "acme")
	<-arrived
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.expect("it goes on")
	answer()
	s.expect("it is tried again for 5s")
	s.ends(9)
}

// The screen stays open, and nobody asks for that portal again: its new tokens are
// stored as soon as they can be.
func TestTheScreenStoresNewTokensWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	l := newConnected(t, func(c *sandbox.Config) { c.Rotation = sandbox.RotationStrict })
	p, _ := l.explorer()
	defer p.close()
	room := l.full()
	b := p.backend()
	if _, err := b.Tokens.Refresh(t.Context(), 1); oauth.ClassOf(err) != oauth.ClassUnsaved {
		t.Fatalf("%v, want new tokens that cannot be stored", err)
	}
	room()
	if _, err := b.Portals.Revision(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := l.run("list", "--json"); !strings.Contains(r.stdout, `"version":2`) {
		t.Fatalf("not stored: %s", r.stdout)
	}
	l.run("refresh", "acme").want(t, 0, "refreshed", "")
}
