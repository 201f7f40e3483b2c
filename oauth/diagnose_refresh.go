package oauth

import (
	"fmt"
	"time"
)

// lostWrite looks for new tokens that never reached the store, and for a store
// that is older than what was written to it.
func (r Records) lostWrite() CauseFinding {
	f := CauseFinding{Cause: CauseLostWrite, Suspicion: SuspicionNone, Evidence: "Every new token that came was stored."}
	current := Records{Portal: r.Portal, Events: sinceConnected(r.Events), Now: r.Now}
	if n, e := current.failures(ClassUnsaved); n > 0 {
		f.Suspicion = SuspicionFound
		f.Evidence = fmt.Sprintf("%s and could not be saved, last %s.", times(n, "new token came", "new tokens came"), r.since(e.At))
		f.Remedy = "See that the store can be written (the disk, its permissions), then refresh; if that is refused, reconnect."
		return f
	}
	if writes, whole := r.tokenWrites(); whole && r.Portal.Version < writes {
		f.Suspicion = SuspicionFound
		f.Evidence = fmt.Sprintf("Tokens were written %d times, and the stored ones are version %d: an older copy of the store is in use.", writes, r.Portal.Version)
		f.Remedy = "Use one store, not copies of it; reconnect if refreshing is refused."
		return f
	}
	for _, e := range current.Events {
		if e.Kind == EventTakeover {
			f.Suspicion = SuspicionSome
			f.Evidence = fmt.Sprintf("A refresh was interrupted %s or before; whether its new token was stored is not known.", r.since(e.At))
			f.Remedy = "Refresh; if that is refused, reconnect."
			return f
		}
	}
	return f
}

// tokenWrites counts the writes of tokens on record; whole tells whether the
// records go back to the first of them. Event and write are one commit.
func (r Records) tokenWrites() (n int64, whole bool) {
	for _, e := range r.Events {
		switch {
		case r.Portal.Kind != KindOAuth || e.Outcome != OutcomeOK:
		case e.Kind == EventConnected:
			return n + 1, true
		case e.Kind == EventRefreshed, e.Kind == EventReconnected:
			n++
		}
	}
	return n, false
}

// manyRefreshes is how many refreshes of one portal within a minute no token's
// life explains.
const manyRefreshes = 4

// stampede looks for refreshes that follow each other too fast.
func (r Records) stampede() CauseFinding {
	f := CauseFinding{Cause: CauseStampede, Suspicion: SuspicionNone}
	most, at := r.densest(time.Minute)
	f.Evidence = fmt.Sprintf("At most %s within a minute.", times(most, "refresh", "refreshes"))
	const remedy = "Let all programs share one store: one refresh is sent for all of them then."
	limited, e := 0, Event{}
	for _, seen := range r.Events {
		if seen.Kind == EventRefreshed && seen.Class == ClassRateLimited {
			if limited == 0 {
				e = seen
			}
			limited++
		}
	}
	switch {
	case most >= manyRefreshes:
		f.Suspicion, f.Remedy = SuspicionFound, remedy
		f.Evidence = fmt.Sprintf("%d refreshes within a minute, %s, by %s.", most, r.since(at), times(r.actors(at), "process", "processes"))
	case limited > 0:
		f.Suspicion, f.Remedy = SuspicionSome, remedy
		f.Evidence = fmt.Sprintf("%s refused for coming too often, last %s.", times(limited, "refresh was", "refreshes were"), r.since(e.At))
	case most == 0:
		f.Evidence = "It was not refreshed since it was connected."
	}
	return f
}

// densest is the most refreshes within a span, and when the last of them was.
func (r Records) densest(span time.Duration) (most int, at time.Time) {
	var window []Event // newest first
	for _, e := range r.Events {
		if e.Kind != EventRefreshed {
			continue
		}
		window = append(window, e)
		for window[0].At.Sub(e.At) > span {
			window = window[1:]
		}
		if len(window) > most {
			most, at = len(window), window[0].At
		}
	}
	return most, at
}

// actors counts the processes that refreshed within the minute before at.
func (r Records) actors(at time.Time) int {
	seen := map[string]bool{}
	for _, e := range r.Events {
		if e.Kind == EventRefreshed && !e.At.After(at) && at.Sub(e.At) <= time.Minute {
			seen[e.Actor] = true
		}
	}
	return len(seen)
}
