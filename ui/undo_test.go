package ui

import (
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// disconnects removes the selected portal, revoking it or not.
func (s *stage) disconnects(alias string, keys ...string) {
	s.press(append([]string{"x"}, keys...)...)
	s.typeText(alias)
	s.press("enter")
}

func TestUndoDisconnect(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("u")
		s.sees("nothing was disconnected that could be brought back")
		s.press("x")
		s.sees("u brings it back, until hsterm is left.")
		s.press("esc")
		s.disconnects("acme-prod")
		s.disconnects("acme-sandbox")
		s.sees("5 portals", "u undo disconnect")
		s.press("u")
		s.sees("acme-sandbox is back ✓", "6 portals")
		s.press("u")
		s.sees("acme-prod is back ✓", "7 portals")
		if p, _ := s.m.selected(); p.Alias != "acme-prod" || p.Version != 215 {
			t.Errorf("selected is %s, version %d", p.Alias, p.Version)
		}
		s.press("u")
		s.sees("nothing was disconnected")
	})
}

func TestNoUndoOfARevokedPortal(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("x", "tab")
		s.sees("cannot be brought back")
		s.press("esc")
		s.disconnects("acme-prod", "tab")
		s.press("u")
		s.sees("nothing was disconnected that could be brought back")
		if s.fake.called("Restore") != 0 {
			t.Error("it was tried")
		}
	})
}

func TestUndoOfTheLastPortal(t *testing.T) {
	play(t, func(now func() time.Time) *fakeBackend { return many(1, now) }, 80, 24, nil, func(s *stage) {
		s.disconnects("portal-000")
		s.press("u")
		s.sees("portal-000 is back")
	})
}

func TestUndoUnderAnotherAlias(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.disconnects("acme-prod")
		s.fake.change(func() { s.fake.portals[0].Alias = "acme-prod" })
		s.press("u")
		s.sees("acme-prod is back as acme-prod-2")
	})
}

func TestUndoThatFailsCanBeTriedAgain(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.disconnects("acme-prod")
		s.hinder(fails("Restore", &oauth.Error{Class: oauth.ClassStore, Message: "The disk is full."}))
		s.press("u")
		s.sees("✕ The disk is full")
		s.hinder(nil)
		s.press("u")
		s.sees("acme-prod is back")
	})
}

// protects marks the first portal, as hsterm protect does.
func (s *stage) protects() {
	s.fake.change(func() { s.fake.portals[0].Protected = true })
	s.pass(2 * pollPace)
}

func TestProtectedPortalIsLocked(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.protects()
		s.sees("acme-prod PROD", "P unlock")
		s.press("x")
		s.sees("acme-prod is protected: P unlocks it")
		s.press("t")
		s.sees("List contacts")
		s.misses("PATCH", "DELETE", "Create")
		s.press("P", "a", "enter")
		s.sees("Type acme-prod to unlock it.")
		s.press("esc")
		s.misses("PROD unlocked")
		s.press("P")
		s.typeText("acme-prod")
		s.press("enter")
		s.sees("acme-prod may be changed", "PROD unlocked")
		if n := len(s.m.panes.api.catalogue.rows); n < 40 {
			t.Errorf("only %d rows of calls", n)
		}
		s.press("esc")
		s.disconnects("acme-prod")
		s.sees("acme-prod disconnected", "6 portals")
	})
}

func TestLockingAgain(t *testing.T) {
	play(t, scenario, 80, 24, nil, func(s *stage) {
		s.protects()
		s.press("P")
		s.typeText("acme-prod")
		s.press("enter", "P", "x")
		s.sees("acme-prod is protected")
		s.press("j", "P")
		s.sees("not protected")
	})
}

// TestLockedWhileComposing: a request that was begun before is not sent.
func TestLockedWhileComposing(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("t", "/")
		s.typeText("create contact")
		s.press("enter")
		s.protects()
		s.press("enter")
		s.sees("acme-prod is protected, and nothing was changed")
		if s.fake.called("Send") != 0 {
			t.Error("it was sent")
		}
	})
}
