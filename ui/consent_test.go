package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// comeBack lets the browser come back.
func (s *stage) comeBack(err error) {
	s.fake.consent.arrived <- err
	s.settle()
}

func (s *stage) closed() bool {
	select {
	case <-s.fake.consent.closed:
		return true
	default:
		return false
	}
}

func TestReconnect(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("j", "j", "j", "j")
		s.sees("reconnect needed", "The app was uninstalled")
		s.press("c")
		s.sees("Reconnect initech", "crm.objects.contacts.write", "http://localhost:8976/oauth/callback")
		if s.fake.called("Start") != 0 {
			s.t.Fatal("listened before enter")
		}
		s.press("enter")
		s.sees("waiting for app.hubspot.com", "05:00", "The browser is open.", "Listening on http://localhost:8976/oauth/callback")
		if s.fake.consent.request.Portal.Alias != "initech" || len(s.fake.opened) != 1 {
			s.t.Errorf("asked for %q, opened %v", s.fake.consent.request.Portal.Alias, s.fake.opened)
		}
		s.pass(5 * time.Second)
		s.sees("04:55")
		s.comeBack(nil)
		s.sees("initech is connected again", "granted")
		if !s.closed() {
			s.t.Error("the port was not given back")
		}
		s.press("esc")
		s.sees("● initech", "30:00", "initech connected again ✓")
		s.misses("reconnect needed")
	})
}

// What a new grant has more, has less and lacks is in the dialog by name, and
// counted in the footer when that is closed.
func TestReconnectTellsTheScopesApart(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("c", "enter")
		s.fake.consent.outcome = oauth.Connected{
			Added: []string{"forms", "content"}, Removed: []string{"tickets"}, Missing: []string{"crm.lists.read"}, Declined: []string{"automation"},
		}
		s.comeBack(nil)
		s.sees("new            forms", "gone           tickets", "missing        crm.lists.read", "declined       automation")
		s.press("enter")
		s.sees("acme-prod connected again, 2 scopes new, 1 scope gone, 1 scope missing ✓")
	})
}

func TestConnectNew(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("n")
		s.sees("Connect a portal with which app?")
		s.press("j", "enter")
		s.sees("Connect a portal with import")
		s.press("enter")
		s.comeBack(nil)
		s.sees("new-portal is connected", "missing", "crm.objects.deals.read")
		s.press("enter")
		if p, _ := s.m.selected(); p.Alias != "new-portal" {
			s.t.Errorf("%s is selected", p.Alias)
		}
	})
}

func TestConsentLinkAndPaste(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("c", "enter", "u")
		s.sees("link copied ✓")
		if len(s.clipboard) != 1 || s.clipboard[0] != s.fake.consent.URL() {
			s.t.Errorf("copied %v", s.clipboard)
		}
		s.press("o")
		s.sees("opening the browser")
		if len(s.fake.opened) != 2 {
			s.t.Errorf("opened %v", s.fake.opened)
		}
		s.press("p")
		s.typeText("a-code")
		s.press("enter")
		s.sees("this is a code, not the address", "Paste the whole address")
		s.press("esc")
		s.sees("waiting for")
		s.send(tea.PasteMsg{Content: "http://localhost:8976/oauth/callback?code=x&state=y\n"})
		s.press("enter")
		s.sees("acme-prod is connected again")
		if s.fake.consent.pasted != "http://localhost:8976/oauth/callback?code=x&state=y" {
			s.t.Errorf("pasted %q", s.fake.consent.pasted)
		}
	})
}

func TestConsentCancel(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("c", "enter", "esc")
		s.sees("nothing was connected")
		if !s.closed() {
			s.t.Error("the port was not given back")
		}
		if s.fake.called("Complete") != 0 {
			s.t.Error("completed all the same")
		}
	})
}

// TestConsentThatStartsTooLate: a consent that begins to listen after it was
// given up is closed.
func TestConsentThatStartsTooLate(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		gate := make(chan struct{})
		s.fake.holdStart = gate
		s.press("c", "enter", "esc")
		close(gate)
		s.settle()
		if s.fake.consent == nil || !s.closed() {
			s.t.Error("a consent that nobody waits for goes on listening")
		}
	})
}

func TestConsentFails(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("c", "enter")
		s.comeBack(&oauth.Error{Class: oauth.ClassConsentDenied, Message: "The consent was denied in the browser.", Hint: "Try again."})
		s.sees("The consent was denied in the browser", "enter try again")
		if !s.closed() {
			s.t.Error("the port was not given back")
		}
		s.press("enter")
		s.sees("waiting for")
		s.press("esc")
	})
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.hinder(fails("Start", &oauth.Error{Class: oauth.ClassOther, Message: "Port 8976 is taken", Hint: "Close what listens there."}))
		s.press("c", "enter")
		s.sees("Port 8976 is taken")
		if len(s.fake.opened) != 0 {
			s.t.Error("the browser was opened though nobody listens")
		}
		s.sees("enter try again", "p paste the address instead")
		s.fake.before = nil
		s.watch()
		s.press("p")
		s.sees(s.fake.consent.URL()[:40], "address", "paste the address it ends up at", "enter take this address")
		if !s.fake.consent.request.PasteOnly {
			s.t.Error("the consent listens all the same")
		}
		s.send(tea.PasteMsg{Content: "http://localhost:8976/oauth/callback?code=x&state=y"})
		s.press("enter")
		s.sees("acme-prod is connected again")
	})
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.hinder(fails("OpenURL", &oauth.Error{Class: oauth.ClassOther, Message: "no browser here"}))
		s.press("c", "enter")
		s.sees("No browser here", "Open this link in any browser.")
		s.comeBack(nil)
		s.sees("acme-prod is connected again")
	})
}

func TestOtherPortal(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.hinder(fails("Complete", &oauth.Error{Class: oauth.ClassWrongPortal, Message: "The grant is for account 99, not 62515."}))
		s.press("c", "enter")
		s.comeBack(nil)
		s.sees("The grant is for account 99, not 62515", "a keep it as a portal of its own")
		if s.closed() {
			s.t.Fatal("the grant was thrown away before anybody could decide")
		}
		s.fake.before = nil
		s.watch()
		s.press("a")
		if !s.fake.consent.accepted || !s.closed() {
			s.t.Error("was not accepted and closed")
		}
	})
}

// TestConnectMessage: a pane can ask for a consent with more scopes.
func TestConnectMessage(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.send(connectMsg{portal: 1, scopes: []string{"crm.objects.deals.read"}})
		s.sees("Reconnect acme-prod", "adds", "crm.objects.deals.read")
		s.press("enter")
		if got := s.fake.consent.request.ExtraScopes; len(got) != 1 || got[0] != "crm.objects.deals.read" {
			s.t.Errorf("asked for %v", got)
		}
		s.press("esc")
	})
}
