package oauth

import (
	"context"
	"crypto/rand"
	"time"
)

// VerdictStore is what [Verdicts] needs of a store.
type VerdictStore interface {
	// Acquire and Refuse are those of [Store].
	Acquire(ctx context.Context, claim Claim) (lease Lease, ok bool, err error)
	Refuse(ctx context.Context, lease Lease, version int64, refusal Refusal) (ok bool, err error)

	// Restore makes a static token that was given up active again, where the
	// portal still has the version: status, reason, since, and the event, in one
	// commit. ok is false otherwise.
	Restore(ctx context.Context, portalID, version int64, now time.Time, event Event) (ok bool, err error)
}

// Verdicts stores what calls prove about credentials that no refresh renews: that
// the server refuses a token for good, or takes it again. A nil *Verdicts stores
// nothing. It is bookkeeping: what cannot be stored is found out again by the next
// call.
type Verdicts struct {
	Store VerdictStore
	Owner string // this process in leases and events
	Now   func() time.Time
}

// verdictLimit bounds the storing of a verdict, which outlives its call.
const verdictLimit = 2 * time.Second

// dead records that the portal's credential is refused for good. Like all bad news
// it is guarded by lease and version, so that it cannot overrule a token that was
// stored meanwhile, nor the news of another process.
func (v *Verdicts) dead(ctx context.Context, p Portal, e *Error) {
	if v == nil || p.Status == StatusReconnectRequired {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), verdictLimit)
	defer cancel()
	clock := clockOr(v.Now)
	lease, ok, err := v.Store.Acquire(ctx, Claim{
		PortalID: p.ID, Version: p.Version, Owner: v.Owner, AttemptID: rand.Text(), Now: clock, For: leaseTime,
	})
	if err != nil || !ok {
		return
	}
	now := clock().UTC()
	event := v.event(p, EventReconnect, OutcomeFailed, e.Message, now)
	event.Class, event.Status, event.CorrelationID = e.Class, e.Status, e.CorrelationID
	_, _ = v.Store.Refuse(ctx, lease, p.Version, Refusal{Status: StatusReconnectRequired, Reason: e.Message, Now: now, Event: event})
}

// alive records that the server takes a static token that was given up. Like all
// good news it is guarded by the version.
func (v *Verdicts) alive(ctx context.Context, p Portal) {
	if v == nil || p.Kind == KindOAuth || p.Status != StatusReconnectRequired {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), verdictLimit)
	defer cancel()
	now := clockOr(v.Now)().UTC()
	event := v.event(p, EventReconnected, OutcomeOK, "The server takes the stored token again.", now)
	_, _ = v.Store.Restore(ctx, p.ID, p.Version, now, event)
}

func (v *Verdicts) event(p Portal, kind EventKind, outcome, detail string, now time.Time) Event {
	return Event{
		At: now, PortalID: p.ID, Alias: p.Alias, Kind: kind, Outcome: outcome, Detail: detail, Actor: v.Owner,
	}
}
