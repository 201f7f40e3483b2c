package ui

import (
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// What was sent is kept, listed, sent again and removed.
func TestAPIKeepsWhatWasSent(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		play(t, scenario, size[0], size[1], frozen, func(s *stage) {
			s.answers(200, "application/json", oneContact, nil)
			s.find("list contacts")
			s.press("enter")
			s.answers(403, "application/json", `{}`, refusedDeals())
			s.find("create contact")
			s.press("enter", "enter", "H")
			s.sees("Calls sent", "2 calls", "✕ 403  POST", "✓ 200  GET", "118 ms", "permission_denied", "correlation 019cd9fe-1", `{"properties":`)
			p := s.answers(200, "application/json", oneContact, nil)
			s.press("j")
			s.sees("GET  /crm/objects/2026-09/contacts?limit=10")
			s.press("enter")
			if len(p.sent) != 1 || p.sent[0].Path != "/crm/objects/2026-09/contacts" || p.sent[0].Query.Get("limit") != "10" {
				s.t.Errorf("sent %+v", p.sent)
			}
			s.press("H")
			s.sees("3 calls")
			s.press("g", "d")
			s.sees("2 calls")
			s.press("g", "enter") // the write
			s.sees("Create contact", "enter send")
			if len(p.sent) != 1 {
				s.t.Errorf("a write of the history was sent unseen")
			}
			s.press("enter")
			if len(p.sent) != 2 || p.sent[1].Method != "POST" || len(p.sent[1].Body) == 0 {
				s.t.Errorf("sent %+v", p.sent)
			}
			s.press("H", "esc")
			s.sees("POST    Create contact")
		})
	}
}

// What was not sent is not in the history: a write that was held back, a call that
// got no token.
func TestAPIKeepsNothingThatWasNotSent(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(0, "", "", &oauth.Error{Class: oauth.ClassReconnectPending, Message: "No token."})
		s.find("list contacts")
		s.press("enter", "H")
		s.sees("None yet. What you send to acme-prod is kept here.")
		s.press("enter", "d", "e")
		s.sees("Calls sent")
	})
}

// A call whose body is not at hand is listed, and says why it cannot be sent.
func TestAPICallOfALockedStore(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.answers(200, "application/json", oneContact, nil)
		s.fake.sentLog = []oauth.SentCall{{
			ID: 7, PortalID: 1, At: s.m.now.Add(-26 * time.Hour), Sample: "gone\x1b[2J", Method: "GET", Path: "/x\x1b]0;owned\x07", Status: 500, Class: oauth.ClassTransient, Partial: true,
		}}
		s.press("t", "H")
		s.sees(`/x\x1b]0;owned\x07`, "not at hand", "500")
		s.press("enter")
		if len(p.sent) != 0 {
			s.t.Errorf("sent %+v", p.sent)
		}
	})
}

func TestACallOfThePastIsAsDangerousAsItWas(t *testing.T) {
	for want, sent := range map[string]oauth.SentCall{
		"read":        {Method: "POST", Path: "/crm/objects/2026-09/contacts/search", Sample: "search-contacts"},
		"write":       {Method: "POST", Path: "/crm/objects/2026-09/contacts", Sample: "search-contacts"},
		"destructive": {Method: "DELETE", Path: "/crm/objects/2026-09/contacts/1", Sample: "no such sample"},
	} {
		if got := callOf(sent).sample.Effect; string(got) != want {
			t.Errorf("%+v: %s, want %s", sent, got, want)
		}
	}
}
