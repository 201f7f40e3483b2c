package ui

import (
	"slices"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

const dealsRead = "crm.objects.deals.read"

// refusedDeals is an answer to a call whose scope was not granted.
func refusedDeals() *oauth.Error {
	return &oauth.Error{
		Class: oauth.ClassPermissionDenied, Message: "This call needs the scope " + dealsRead + ", which was not granted.",
		Status: 403, Code: "MISSING_SCOPES", Scopes: []string{dealsRead},
	}
}

// TestAnAnswerFromBeforeAReconnectSaysSo: it is not held against the new grant,
// and one key asks again.
func TestAnAnswerFromBeforeAReconnectSaysSo(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		play(t, scenario, size[0], size[1], nil, func(s *stage) {
			s.answers(403, "application/json", `{"category":"MISSING_SCOPES"}`, refusedDeals())
			s.find("list deals")
			s.press("enter", "enter")
			s.sees("This grant does not have it. Refreshing cannot help.", "c reconnect with the scope")
			s.misses("from before the reconnect")
			s.fake.change(func() {
				p := &s.fake.portals[0]
				p.Version++
				p.Scopes = append(slices.Clone(p.Scopes), dealsRead)
				s.fake.events = slices.Insert(s.fake.events, 0, oauth.Event{ID: 2000, PortalID: p.ID, Kind: oauth.EventReconnected, Outcome: oauth.OutcomeOK, At: s.m.now})
			})
			s.pass(2 * pollPace)
			s.sees("from before the reconnect", "The grant has it now: send the call again.", ".  send it again", ". send again")
			s.misses("taken it away", "c  reconnect", "with the scope")
			p := s.answers(200, "application/json", `{"results":[]}`, nil)
			s.press(".")
			s.sees("200 OK")
			s.misses("from before")
			if len(p.sent) != 1 || p.sent[0].Path != "/crm/objects/2026-09/deals" || p.sent[0].Query.Get("limit") != "10" {
				s.t.Errorf("sent %+v", p.sent)
			}
		})
	}
}

// TestARefreshDoesNotAgeAnAnswer about scopes: the grant is the same.
func TestARefreshDoesNotAgeAnAnswer(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.answers(403, "application/json", `{}`, refusedDeals())
		s.find("list deals")
		s.press("enter", "enter", "r")
		s.pass(2 * pollPace)
		s.sees("This grant does not have it.")
		s.misses("from before")
	})
}

// TestSendAgainIsCareful with what changes something: a refused write is sent, one
// that was done is shown first, one that destroys asks.
func TestSendAgainIsCareful(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.answers(403, "application/json", `{}`, refusedDeals())
		s.find("create contact")
		s.press("enter", "enter", ".")
		if len(p.sent) != 2 || string(p.sent[0].Body) != string(p.sent[1].Body) {
			s.t.Errorf("sent %d", len(p.sent))
		}
		p = s.answers(201, "application/json", `{"id":"9"}`, nil)
		s.press(".", ".")
		if len(p.sent) != 1 {
			s.t.Errorf("sent %d without showing it", len(p.sent))
		}
		s.sees("Create contact", "enter send")
		s.press("enter")
		if len(p.sent) != 2 {
			s.t.Errorf("sent %d", len(p.sent))
		}
	})
}

// TestASearchWithoutHitsStaysWhereItWas although half of the word was found.
func TestASearchWithoutHitsStaysWhereItWas(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(200, "application/json", string(contactList(3)), nil)
		s.find("list contacts")
		s.press("enter", "j", "j", "/")
		s.typeText("person2x")
		s.sees("not found")
		if at := s.m.panes.api.current.viewer.at; at != 2 {
			s.t.Errorf("the search went to line %d", at)
		}
		s.press("backspace", "enter")
		s.sees("1 of 1")
		s.misses("n next hit")
	})
}
