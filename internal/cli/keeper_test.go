package cli

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/hsterm/hsterm/db"
)

func TestScreenKeepsPortalsFresh(t *testing.T) {
	l := newLab(t)
	l.addApp()
	if err := l.server.SetTTL(2 * time.Second); err != nil {
		t.Fatal(err)
	}
	l.connect("--portal", "62515", "--alias", "acme").want(t, 0, "acme", "Connected acme")
	if err := l.server.SetTTL(30 * time.Minute); err != nil {
		t.Fatal(err)
	}
	l.run("keep-fresh", "acme", "on").want(t, 0, "", "Keep fresh is on")
	before := l.requests("/token")
	s := l.open()
	s.expect("29:5") // minutes to live again, with no key pressed
	s.expect("by itself: kept fresh")
	s.press("q")
	s.ends(0)
	if n := l.requests("/token") - before; n != 1 {
		t.Errorf("%d requests for a token, want 1", n)
	}
	l.run("events", "acme").want(t, 0, "refreshed", "")
}

// What runs without being asked must not ask for a key.
func TestKeeperSeesNothingOfALockedStore(t *testing.T) {
	l := newConnected(t)
	asked := false
	store, err := db.Open(t.Context(), db.Options{
		Path: filepath.Join(l.dir, "data", "hsterm", "hsterm.db"),
		Keys: db.KeyOptions{ConfigDir: filepath.Join(l.dir, "config"), Getenv: func(name string) string {
			asked = true
			return l.vars[name]
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	kept := keptPortals{store: store}
	if portals, err := kept.Portals(t.Context()); len(portals) != 0 || err != nil || asked {
		t.Errorf("locked: %d portals, %v, asked %v", len(portals), err, asked)
	}
	if err := store.Unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if portals, err := kept.Portals(t.Context()); len(portals) != 1 || err != nil {
		t.Errorf("unlocked: %d portals, %v", len(portals), err)
	}
}
