package oauth

import (
	"fmt"
	"time"
)

// Cause is a reason for 401s that come again and again.
type Cause string

// The causes, in the order in which they are looked for.
const (
	CauseStaleToken Cause = "stale_token"  // a copy of a token is used past its end
	CauseMapping    Cause = "wrong_portal" // the grant belongs to another account
	CauseLostWrite  Cause = "lost_write"   // a new token came and was not kept
	CauseClock      Cause = "clock_skew"   // this computer's clock is off
	CauseStampede   Cause = "stampede"     // too many refreshes at once
	CauseMisread    Cause = "misread"      // the failures are not about the token
)

// Suspicion is how much speaks for a cause.
type Suspicion string

// The suspicions.
const (
	SuspicionNone  Suspicion = "no trace"
	SuspicionSome  Suspicion = "possible"
	SuspicionFound Suspicion = "found"
)

// CauseFinding is what the records say about one cause.
type CauseFinding struct {
	Cause     Cause
	Suspicion Suspicion
	Evidence  string // one or two sentences
	Remedy    string // one sentence, "" where there is nothing to cure
}

// Records are what a diagnosis is made from: nothing is asked of any server.
type Records struct {
	Portal Portal
	Events []Event       // of the portal, newest first
	Skew   time.Duration // of this computer's clock as measured now, 0 when right or not known
	Now    time.Time
}

// Diagnose walks the causes of repeated 401s in order, a finding for each. Only
// what happened since the portal was last connected counts, save for its clock
// and its store.
func Diagnose(r Records) []CauseFinding {
	recent := r
	recent.Events = sinceConnected(r.Events)
	return []CauseFinding{
		recent.staleToken(), recent.mapping(), r.lostWrite(), r.clock(), recent.stampede(), recent.misread(),
	}
}

// sinceConnected are the events of the current grant.
func sinceConnected(events []Event) []Event {
	for i, e := range events {
		if e.Outcome == OutcomeOK && (e.Kind == EventConnected || e.Kind == EventReconnected) {
			return events[:i]
		}
	}
	return events
}

// failures are the failed events of one of some classes, and the newest of them.
func (r Records) failures(classes ...Class) (n int, newest Event) {
	for _, e := range r.Events {
		for _, class := range classes {
			if e.Outcome == OutcomeOK || e.Class != class {
				continue
			}
			if n == 0 {
				newest = e
			}
			n++
		}
	}
	return n, newest
}

func (r Records) staleToken() CauseFinding {
	f := CauseFinding{
		Cause: CauseStaleToken, Suspicion: SuspicionNone, Evidence: "No call was refused because its token had expired.",
		Remedy: "Get the token before each call (hsterm token, hsterm exec) and keep no copy of it.",
	}
	p, h := r.Portal, r.Portal.Health
	switch n, newest := r.failures(ClassExpired); {
	case n > 0:
		f.Suspicion = SuspicionFound
		f.Evidence = fmt.Sprintf("%s refused as expired although it was refreshed before, last %s.", times(n, "call was", "calls were"), r.since(newest.At))
	case p.Kind == KindOAuth && h.Last401At.After(p.CreatedAt) && !h.Last401At.Before(r.Now.Add(-24*time.Hour)) && p.Status == StatusActive:
		f.Suspicion = SuspicionSome
		f.Evidence = fmt.Sprintf("A call was answered with 401 %s, and the token was renewed for it.", r.since(h.Last401At))
	case h.Calls >= 20 && h.CallsUnder120*10 > h.Calls:
		f.Suspicion = SuspicionSome
		f.Evidence = fmt.Sprintf("%d of %d calls were made with less than two minutes to live.", h.CallsUnder120, h.Calls)
	default:
		f.Remedy = ""
	}
	return f
}

func (r Records) mapping() CauseFinding {
	f := CauseFinding{Cause: CauseMapping, Suspicion: SuspicionNone, Evidence: "No answer came from another account."}
	if n, newest := r.failures(ClassWrongPortal); n > 0 {
		f.Suspicion = SuspicionFound
		f.Evidence = fmt.Sprintf("%s another account than %d, last %s.", times(n, "answer came from", "answers came from"), r.Portal.HubID, r.since(newest.At))
		f.Remedy = "Connect the portal again and choose the right account."
	}
	return f
}

func (r Records) clock() CauseFinding {
	f := CauseFinding{Cause: CauseClock, Suspicion: SuspicionNone, Evidence: "No difference to the server's clock is on record."}
	const remedy = "Let this computer set its clock from the network; then refresh."
	if e, ok := ClockTrouble(r.Events); ok {
		f.Suspicion, f.Remedy = SuspicionSome, remedy
		f.Evidence = fmt.Sprintf("%s That was %s.", e.Detail, r.since(e.At))
	}
	if r.Skew != 0 {
		f.Suspicion, f.Remedy = SuspicionFound, remedy
		f.Evidence = fmt.Sprintf("This computer's clock is %s off right now.", r.Skew.Abs())
	}
	return f
}

// misread looks for failures that look like a bad token and are something else.
func (r Records) misread() CauseFinding {
	f := CauseFinding{Cause: CauseMisread, Suspicion: SuspicionNone, Evidence: "No failure was about something else than the token."}
	if n, e := r.failures(ClassNotAToken, ClassWrongCredential, ClassBadResponse); n > 0 {
		f.Suspicion = SuspicionFound
		f.Evidence = fmt.Sprintf("%s %s, last %s: %s", times(n, "answer was", "answers were"), e.Class, r.since(e.At), e.Detail)
		f.Remedy = "Look at that event: no refresh and no consent changes such an answer."
		return f
	}
	if n, e := r.failures(ClassPermissionDenied, ClassForbidden); n > 0 {
		f.Suspicion = SuspicionSome
		f.Evidence = fmt.Sprintf("%s refused with 403, last %s: %s", times(n, "call was", "calls were"), r.since(e.At), e.Detail)
		f.Remedy = "The token is good: compare the scopes, a refresh cannot help."
	}
	return f
}

// since is when something was, seen from now.
func (r Records) since(at time.Time) string {
	switch d := r.Now.Sub(at); {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int64(d/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int64(d/time.Hour))
	default:
		return fmt.Sprintf("%d d ago", int64(d/(24*time.Hour)))
	}
}

func times(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
