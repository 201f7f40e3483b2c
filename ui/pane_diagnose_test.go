package ui

import (
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// diagnosed is the scenario with other events of the first portal, newest first.
func diagnosed(events ...oauth.Event) func(func() time.Time) *fakeBackend {
	return func(now func() time.Time) *fakeBackend {
		f := scenario(now)
		f.apps[0].Scopes = f.portals[0].Scopes
		f.events = nil
		for i, e := range events {
			e.ID, e.PortalID, e.At = int64(len(events)-i), 1, now().Add(-time.Duration(i+1)*time.Minute)
			f.events = append(f.events, e)
		}
		return f
	}
}

func TestDiagnoseWalksTheCauses(t *testing.T) {
	good := oauth.Event{Kind: oauth.EventCall, Outcome: oauth.OutcomeOK, Detail: "GET /crm/objects/2026-09/contacts", Status: 200}
	denied := oauth.Event{
		Kind: oauth.EventCall, Outcome: oauth.OutcomeFailed, Class: oauth.ClassPermissionDenied,
		Detail: "GET /crm/objects/2026-09/deals", Status: 403, CorrelationID: "019cd9fe",
	}
	expired := oauth.Event{Kind: oauth.EventCall, Outcome: oauth.OutcomeFailed, Class: oauth.ClassExpired, Detail: "GET /x", Status: 401}
	again := oauth.Event{Kind: oauth.EventReconnected, Outcome: oauth.OutcomeOK}
	for name, c := range map[string]struct {
		events []oauth.Event
		sees   []string
		misses []string
	}{
		"sound":  {[]oauth.Event{good}, []string{"Nothing is wrong", "1  an old token is used elsewhere", "6  it is not about the token", "no trace"}, []string{"possible", "found"}},
		"denied": {[]oauth.Event{denied, good}, []string{"a scope is missing", "GET /crm/objects/2026-09/deals", "see which scope is missing", "possible", "compare the scopes"}, []string{"Nothing is wrong"}},
		"denied before": {
			[]oauth.Event{good, denied},
			[]string{"It works now, with one thing to look at", "It is not about the token?"},
			[]string{"Nothing is wrong"},
		},
		"expired":         {[]oauth.Event{good, expired}, []string{"an old token is used elsewhere", "found", "1 call was refused as expired", "keep no copy of it"}, []string{"Nothing is wrong"}},
		"connected again": {[]oauth.Event{again, expired, denied}, []string{"Nothing is wrong"}, []string{"possible", "found"}},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, diagnosed(c.events...), 120, 36, frozen, func(s *stage) {
				s.press("5")
				s.sees(c.sees...)
				s.misses(c.misses...)
			})
		})
	}
}

// TestTheFailureCardLeadsToDiagnose, from where it is seen first.
func TestTheFailureCardLeadsToDiagnose(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.press("j", "j", "j", "j")
		s.sees("5  diagnose")
		s.press("5")
		s.sees("causes of repeated 401s, in order")
	})
}

// TestADiagnosisKnowsTheClockNow: what this process measured counts for more than
// what is on record.
func TestADiagnosisKnowsTheClockNow(t *testing.T) {
	edit := func(o *Options) {
		frozen(o)
		o.Skew = func() time.Duration { return 2 * time.Hour }
	}
	play(t, diagnosed(), 120, 36, edit, func(s *stage) {
		s.press("5")
		s.sees("this computer's clock is off", "found", "2h0m0s off right now")
	})
}
