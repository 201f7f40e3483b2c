package oauth

import (
	"context"
	"time"
)

func (r *Refresher) event(p Portal, kind EventKind, outcome, detail string) Event {
	return Event{
		At: r.o.Now().UTC(), PortalID: p.ID, Alias: p.Alias, Kind: kind, Outcome: outcome,
		Detail: detail, Actor: r.o.Owner,
	}
}

func (r *Refresher) failureEvent(p Portal, kind EventKind, e *Error, took time.Duration) Event {
	event := r.event(p, kind, OutcomeFailed, e.Message)
	event.Class, event.Status, event.CorrelationID, event.Duration = e.Class, e.Status, e.CorrelationID, took
	return event
}

// record adds an event that stands alone. It is bookkeeping: a refresh does not
// fail for it.
func (r *Refresher) record(ctx context.Context, event Event) { _ = r.o.Store.Record(ctx, event) }

// recordSkew notes once when the clock leaves the server's, and once when it
// comes back. It runs after the commit: nothing stands between answer and commit.
func (r *Refresher) recordSkew(ctx context.Context, p Portal) {
	skew, changed := r.o.Meter.Crossed()
	if !changed {
		return
	}
	r.record(ctx, r.event(p, EventClockSkew, OutcomeOK, SkewSentence(skew)))
}
