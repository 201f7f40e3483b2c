package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

func TestDisconnectNeedsTheAlias(t *testing.T) {
	play(t, scenario, 80, 24, nil, func(s *stage) {
		s.press("x", "enter")
		s.sees("Type acme-prod to disconnect it.")
		s.typeText("acme")
		s.press("enter")
		if s.fake.called("Disconnect revoke=false") != 0 {
			s.t.Fatal("disconnected without the alias")
		}
		s.typeText("-prod")
		s.press("enter")
		s.sees("acme-prod disconnected ✓", "6 portals")
		s.misses("Disconnect acme-prod")
		if s.fake.called("Disconnect revoke=false") != 1 {
			s.t.Error("was not disconnected")
		}
	})
}

func TestDisconnectRevokes(t *testing.T) {
	play(t, scenario, 80, 24, nil, func(s *stage) {
		s.press("x", "tab")
		s.sees("the refresh token is revoked")
		s.typeText("acme-prod")
		s.press("enter")
		if s.fake.called("Disconnect revoke=true") != 1 {
			s.t.Error("was not revoked")
		}
	})
	play(t, scenario, 80, 24, nil, func(s *stage) {
		s.press("x", "esc")
		s.misses("Disconnect")
		if len(s.fake.portals) != 7 {
			s.t.Error("esc disconnected")
		}
	})
}

func TestApps(t *testing.T) {
	play(t, scenario, 80, 24, nil, func(s *stage) {
		s.press("a")
		s.sees("main", "5 portals", "import", "1 portal")
		s.misses("hstermtestsecret")
		s.press("t")
		s.sees("client id and secret of main are right")
		s.press("x")
		s.sees("Remove main and its client secret? 5 portals could not be refreshed", "y remove it   esc keep it")
		s.misses("esc close")
		s.press("n")
		s.misses("Remove main")
		s.hinder(fails("RemoveApp", &oauth.Error{Class: oauth.ClassUsage, Message: "main still has 5 portals", Hint: "Disconnect them first."}))
		s.press("x", "y")
		s.sees("main still has 5 portals", "Disconnect them first.")
		s.press("esc")
		s.misses("main still has 5 portals")
	})
}

func TestAddApp(t *testing.T) {
	play(t, nobody, 80, 24, nil, func(s *stage) {
		s.press("a")
		s.sees("New app")
		s.press("tab", "tab", "enter")
		s.sees("The name is missing.")
		s.typeText("main")
		s.press("enter")
		s.sees("The client id is missing.")
		s.send(tea.PasteMsg{Content: "  7fff1e36-2d40-4ae1-bbb1-5266d59564fb\n"})
		s.press("enter")
		s.sees("The client secret is missing.")
		s.typeText("hstermtestsecret1")
		s.misses("hstermtestsecret1")
		s.sees("*****************")
		s.press("tab")
		s.press("end")
		s.typeText(" offline")
		s.press("enter")
		s.sees("offline")
		if s.fake.called("AddApp") != 0 {
			s.t.Fatal("an app that HubSpot refuses was stored")
		}
		for range len(" offline") {
			s.press("backspace")
		}
		s.press("tab", "tab", "tab", "tab", "tab", "space", "down", "space")
		s.sees("2026-03", "PKCE")
		s.press("enter")
		s.sees("app main added ✓", "connect a portal with main")
		s.misses("New app", "add an app ")
		app := s.fake.apps[0]
		if app.ClientID != "7fff1e36-2d40-4ae1-bbb1-5266d59564fb" || app.ClientSecret.Reveal() != "hstermtestsecret1" || app.APIVersion != oauth.V2026_03 || !app.PKCE || app.UserLevel || strings.Join(app.Scopes, " ") != "oauth crm.objects.contacts.read" {
			s.t.Errorf("stored %+v", app)
		}
	})
}

// TestDoors: the empty state leads somewhere through each of its doors.
func TestDoors(t *testing.T) {
	play(t, nobody, 80, 24, nil, func(s *stage) {
		s.sees("hsterm keeps HubSpot connections alive", "connect a portal", "explore the sandbox", "add an app")
		s.press("e")
		s.sees("Connect a portal with sandbox", "The sandbox is temporary")
		s.press("enter")
		s.fake.consent.arrived <- nil
		s.settle()
		s.sees("new-portal is connected")
		s.press("enter")
		s.sees("● new-portal", "hsterm sandbox, temporary")
	})
	play(t, nobody, 80, 24, nil, func(s *stage) {
		s.press("c")
		s.sees("New app", "add yours first")
	})
	play(t, nobody, 80, 24, nil, func(s *stage) {
		s.hinder(fails("ExploreSandbox", &oauth.Error{Class: oauth.ClassOther, Message: "no free port"}))
		s.press("e")
		s.sees("✕ no free port")
	})
}

// TestOneSandboxAtATime: a second e while the first is starting changes nothing.
func TestOneSandboxAtATime(t *testing.T) {
	play(t, nobody, 80, 24, nil, func(s *stage) {
		delay := time.Second
		s.hinder(waits(&delay))
		s.press("e")
		s.pass(delay / 2)
		s.press("e")
		s.pass(delay)
		s.sees("Connect a portal with sandbox")
		if n := s.fake.called("ExploreSandbox"); n != 1 {
			s.t.Errorf("%d sandboxes were started", n)
		}
	})
}

// TestUnreadableStore is said, and healed when the store comes back.
func TestUnreadableStore(t *testing.T) {
	locked := func(now func() time.Time) *fakeBackend {
		f := scenario(now)
		f.before = fails("Portals", &oauth.Error{Class: oauth.ClassStore, Message: "the database is locked", Hint: "Another program holds it."})
		return f
	}
	play(t, locked, 80, 24, nil, func(s *stage) {
		s.sees("the database is locked", "Another program holds it.")
		s.misses("No portals yet")
		s.fake.before = nil
		s.watch()
		s.pass(3 * time.Second)
		s.sees("acme-prod")
		s.misses("the database is locked")
	})
}

// TestLockedStore: what is stored in the clear shows while the key is missing,
// and what needs it says why it cannot be done.
func TestLockedStore(t *testing.T) {
	locked := func(now func() time.Time) *fakeBackend {
		f := scenario(now)
		f.before = fails("Apps", &oauth.Error{Class: oauth.ClassStore, Message: "the keyring is locked", Hint: "Unlock it."})
		return f
	}
	play(t, locked, 80, 24, nil, func(s *stage) {
		s.sees("acme-prod", "24:51")
		for _, key := range []string{"c", "n", "a"} {
			s.press(key)
			s.sees("✕ the keyring is locked")
			s.misses("New app", "Reconnect acme-prod")
			s.press("j")
		}
		s.fake.before = nil
		s.watch()
		s.press("g", "c")
		s.sees("✕ the keyring is locked")
		s.press("c")
		s.sees("Reconnect acme-prod")
	})
}
