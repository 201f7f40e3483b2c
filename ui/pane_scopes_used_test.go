package ui

import (
	"slices"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// TestARefusedCallLeadsToItsScope: c reconnects with what the 403 was about.
func TestARefusedCallLeadsToItsScope(t *testing.T) {
	denied := oauth.Event{Kind: oauth.EventCall, Outcome: oauth.OutcomeFailed, Class: oauth.ClassPermissionDenied, Detail: "GET /crm/objects/2026-09/deals", Status: 403}
	good := oauth.Event{Kind: oauth.EventCall, Outcome: oauth.OutcomeOK, Detail: "GET /crm/objects/2026-09/contacts", Status: 200}
	play(t, diagnosed(denied, good), 120, 36, frozen, func(s *stage) {
		s.press("3", "g")
		s.sees("1 missing", "crm.objects.deals.read", "a call lacked it")
		if got := s.m.panes.scopes.missing(s.m.scene()); !slices.Equal(got, []string{"crm.objects.deals.read"}) {
			s.t.Errorf("would ask for %q", got)
		}
		s.press("j", "j")
		s.sees("used by 1 call")
		s.press("G")
		s.sees("unused lately")
	})
	play(t, diagnosed(oauth.Event{Kind: oauth.EventReconnected, Outcome: oauth.OutcomeOK}, denied), 120, 36, frozen, func(s *stage) {
		if got := s.m.scene().refused(); len(got) != 0 {
			s.t.Errorf("refused before the reconnect: %q", got)
		}
	})
}
