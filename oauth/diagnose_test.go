package oauth_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// diagnosis is what the records of a portal have to come to.
type diagnosis struct {
	edit   func(*oauth.Records)
	cause  oauth.Cause
	want   oauth.Suspicion
	says   string
	remedy bool
}

func diagnoseNow() time.Time { return time.Date(2026, time.November, 22, 14, 32, 7, 0, time.UTC) }

func earlier(d time.Duration, e oauth.Event) oauth.Event {
	e.At = diagnoseNow().Add(-d)
	if e.Outcome == "" {
		e.Outcome = oauth.OutcomeOK
		if e.Class != "" {
			e.Outcome = oauth.OutcomeFailed
		}
	}
	return e
}

func refreshedEarlier(d time.Duration) oauth.Event {
	return earlier(d, oauth.Event{Kind: oauth.EventRefreshed, Actor: fmt.Sprint("cli ", d)})
}

func calledEarlier(d time.Duration, status int, class oauth.Class) oauth.Event {
	return earlier(d, oauth.Event{Kind: oauth.EventCall, Detail: "GET /x", Status: status, Class: class})
}

// callDiagnoses are about what calls were answered with.
func callDiagnoses() map[string]diagnosis {
	now := diagnoseNow()
	return map[string]diagnosis{
		"expired again": {func(r *oauth.Records) {
			r.Events = []oauth.Event{calledEarlier(time.Minute, 401, oauth.ClassExpired), calledEarlier(2*time.Minute, 401, oauth.ClassExpired)}
		}, oauth.CauseStaleToken, oauth.SuspicionFound, "2 calls were refused as expired", true},
		"before the reconnect": {func(r *oauth.Records) {
			r.Events = []oauth.Event{earlier(time.Minute, oauth.Event{Kind: oauth.EventReconnected}), calledEarlier(2*time.Minute, 401, oauth.ClassExpired)}
		}, oauth.CauseStaleToken, oauth.SuspicionNone, "No call", false},
		"one 401, cured": {func(r *oauth.Records) { r.Portal.Health.Last401At = now.Add(-3 * time.Hour) }, oauth.CauseStaleToken, oauth.SuspicionSome, "401 3 h ago", true},
		"an old 401":     {func(r *oauth.Records) { r.Portal.Health.Last401At = now.Add(-72 * time.Hour) }, oauth.CauseStaleToken, oauth.SuspicionNone, "No call", false},
		"late calls": {func(r *oauth.Records) {
			r.Portal.Health.Calls, r.Portal.Health.CallsUnder120 = 20, 3
		}, oauth.CauseStaleToken, oauth.SuspicionSome, "3 of 20 calls", true},
		"another account": {func(r *oauth.Records) {
			r.Events = []oauth.Event{calledEarlier(time.Minute, 0, oauth.ClassWrongPortal)}
		}, oauth.CauseMapping, oauth.SuspicionFound, "than 62515", true},
		"not the token": {func(r *oauth.Records) {
			r.Events = []oauth.Event{calledEarlier(time.Minute, 401, oauth.ClassWrongCredential)}
		}, oauth.CauseMisread, oauth.SuspicionFound, "wrong_credential_kind", true},
		"a scope": {func(r *oauth.Records) {
			r.Events = []oauth.Event{calledEarlier(time.Minute, 403, oauth.ClassPermissionDenied)}
		}, oauth.CauseMisread, oauth.SuspicionSome, "403, last 1 min ago: GET /x", true},
	}
}

// refreshDiagnoses are about refreshes, the store and the clock.
func refreshDiagnoses() map[string]diagnosis {
	connected := earlier(48*time.Hour, oauth.Event{Kind: oauth.EventConnected})
	return map[string]diagnosis{
		"unsaved": {func(r *oauth.Records) {
			r.Events = []oauth.Event{earlier(time.Minute, oauth.Event{Kind: oauth.EventRefreshed, Class: oauth.ClassUnsaved})}
		}, oauth.CauseLostWrite, oauth.SuspicionFound, "could not be saved", true},
		"an old copy": {func(r *oauth.Records) {
			r.Portal.Version = 2
			r.Events = []oauth.Event{refreshedEarlier(time.Hour), refreshedEarlier(2 * time.Hour), connected}
		}, oauth.CauseLostWrite, oauth.SuspicionFound, "written 3 times, and the stored ones are version 2", true},
		"not all on record": {func(r *oauth.Records) {
			r.Portal.Version = 2
			r.Events = []oauth.Event{refreshedEarlier(time.Hour), refreshedEarlier(2 * time.Hour), refreshedEarlier(3 * time.Hour)}
		}, oauth.CauseLostWrite, oauth.SuspicionNone, "was stored", false},
		"interrupted": {func(r *oauth.Records) {
			r.Events = []oauth.Event{earlier(time.Minute, oauth.Event{Kind: oauth.EventTakeover})}
		}, oauth.CauseLostWrite, oauth.SuspicionSome, "interrupted 1 min ago", true},
		"clock now": {func(r *oauth.Records) { r.Skew = -45 * time.Second }, oauth.CauseClock, oauth.SuspicionFound, "45s off", true},
		"clock once": {func(r *oauth.Records) {
			r.Events = []oauth.Event{earlier(time.Hour, oauth.Event{Kind: oauth.EventClockSkew, Detail: "This computer's clock is 45s ahead of the server's."})}
		}, oauth.CauseClock, oauth.SuspicionSome, "45s ahead", true},
		"stampede": {func(r *oauth.Records) {
			for i := range 4 {
				r.Events = append(r.Events, refreshedEarlier(time.Hour+time.Duration(i)*20*time.Second))
			}
		}, oauth.CauseStampede, oauth.SuspicionFound, "4 refreshes within a minute, 1 h ago, by 4 processes", true},
		"an even pace": {func(r *oauth.Records) {
			for i := range 10 {
				r.Events = append(r.Events, refreshedEarlier(time.Duration(i)*28*time.Minute))
			}
		}, oauth.CauseStampede, oauth.SuspicionNone, "At most 1 refresh within a minute", false},
		"refreshed too often": {func(r *oauth.Records) {
			r.Events = []oauth.Event{earlier(time.Minute, oauth.Event{Kind: oauth.EventRefreshed, Class: oauth.ClassRateLimited})}
		}, oauth.CauseStampede, oauth.SuspicionSome, "1 refresh was refused for coming too often", true},
	}
}

func TestDiagnose(t *testing.T) {
	cases := callDiagnoses()
	maps.Copy(cases, refreshDiagnoses())
	for name, c := range cases {
		r := oauth.Records{Now: diagnoseNow(), Portal: oauth.Portal{Kind: oauth.KindOAuth, Status: oauth.StatusActive, HubID: 62515, Version: 3, CreatedAt: diagnoseNow().Add(-time.Hour * 96)}}
		c.edit(&r)
		for _, f := range oauth.Diagnose(r) {
			switch {
			case f.Cause != c.cause:
				if f.Suspicion != oauth.SuspicionNone {
					t.Errorf("%s: also %s: %s", name, f.Cause, f.Evidence)
				}
			case f.Suspicion != c.want || !strings.Contains(f.Evidence, c.says) || (f.Remedy != "") != c.remedy:
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

// TestDiagnoseWalksInOrder over nothing at all.
func TestDiagnoseWalksInOrder(t *testing.T) {
	want := []oauth.Cause{
		oauth.CauseStaleToken, oauth.CauseMapping, oauth.CauseLostWrite, oauth.CauseClock, oauth.CauseStampede, oauth.CauseMisread,
	}
	findings := oauth.Diagnose(oauth.Records{})
	if len(findings) != len(want) {
		t.Fatalf("%d findings", len(findings))
	}
	for i, f := range findings {
		if f.Cause != want[i] || f.Suspicion != oauth.SuspicionNone || f.Evidence == "" || f.Remedy != "" {
			t.Errorf("finding %d: %+v", i, f)
		}
	}
}
