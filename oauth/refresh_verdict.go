package oauth

import (
	"context"
	"time"
)

// failedAttempt is an attempt that brought no token.
type failedAttempt struct {
	grant   Grant
	lease   Lease
	failure *Error
	took    time.Duration
}

// settle decides what a failed attempt means for the stored grant.
func (r *Refresher) settle(ctx context.Context, v failedAttempt) (Grant, error) {
	switch {
	case v.failure.Class == ClassRevoked:
		return r.refused(ctx, v, StatusReconnectRequired)
	case v.failure.Class == ClassAppMisconfigured && namesSetting(v.failure) && !r.editedMeanwhile(ctx, v.grant):
		return r.refused(ctx, v, StatusAppMisconfigured)
	}
	return r.failed(ctx, v)
}

// editedMeanwhile tells whether the app's settings are others by now than those the
// grant was sent with: their refusal, told after the edit, would pass for one of the
// settings that nobody has tried yet.
func (r *Refresher) editedMeanwhile(ctx context.Context, sent Grant) bool {
	now, err := r.o.Store.Grant(ctx, sent.Portal.ID)
	return err == nil && !now.App.UpdatedAt.Equal(sent.App.UpdatedAt)
}

// namesSetting tells a refusal that names its reason from one that could as well
// come from something between here and the server, such as a proxy's page.
func namesSetting(e *Error) bool { return e.Status == 0 || e.Code != "" }

// refused ends the connection, if the refusal is about what is stored now and
// not about a pair that somebody has replaced meanwhile.
func (r *Refresher) refused(ctx context.Context, v failedAttempt, status Status) (Grant, error) {
	p := v.grant.Portal
	wait := time.Duration(0)
	if v.lease.TookOver && status == StatusReconnectRequired {
		wait = taintedWait // the holder we took over from may still be about to save
	}
	if g, ok := r.awaitNewer(ctx, p, wait); ok {
		return adopt(g)
	}
	e := aboutPortal(p, v.failure)
	if status == StatusReconnectRequired {
		e.Message = doubted(e.Message, v.lease.TookOver)
	}
	event := r.failureEvent(p, EventReconnect, e, v.took)
	if status == StatusAppMisconfigured {
		event.Kind = EventRefreshed
	}
	ok, err := r.o.Store.Refuse(ctx, v.lease, p.Version, Refusal{Status: status, Reason: e.Message, Now: event.At, Event: event})
	r.recordSkew(ctx, p)
	switch {
	case err != nil: // the server's verdict is the news; that it was not recorded only costs another try
		e.Err = err
		return Grant{}, e
	case ok:
		return Grant{}, e
	}
	switch g, err := r.o.Store.Grant(ctx, p.ID); {
	case err != nil:
		return Grant{}, goneMeanwhile(p, err)
	case g.Portal.Version > p.Version:
		return adopt(g)
	}
	return Grant{}, aboutPortal(p, &Error{
		Class: ClassTransient, Message: "Another process took over this portal's refresh.", Hint: "Try again.", Err: v.failure,
	})
}

// doubted says what is known when an attempt before this one may have brought new
// tokens that were never stored: a server that rotates refuses the old one then,
// and nobody has revoked anything.
func doubted(refusal string, tainted bool) string {
	if tainted {
		return "An earlier refresh was interrupted or got no usable answer; its outcome is unknown, and the stored refresh token is refused now."
	}
	return refusal
}

// lost tells failures after which the server may have rotated the refresh token.
// One that was never sent lost nothing, nor did one that the server turned away.
func lost(e *Error) bool {
	return !e.Unsent && e.Class != ClassRateLimited && e.Class != ClassAppMisconfigured
}

// lastClass is what stays on record of a failed attempt: nothing of one that never
// reached the server.
func lastClass(e *Error) Class {
	if e.Unsent {
		return ""
	}
	return e.Class
}

// awaitNewer looks, for as long as wait, whether the version has moved on.
func (r *Refresher) awaitNewer(ctx context.Context, p Portal, wait time.Duration) (Grant, bool) {
	const pause = 250 * time.Millisecond
	until := r.o.Elapsed() + wait
	for {
		g, err := r.o.Store.Grant(ctx, p.ID)
		if err == nil && g.Portal.Version > p.Version {
			return g, true
		}
		if r.o.Elapsed() >= until || r.o.Sleep(ctx, pause) != nil {
			return Grant{}, false
		}
	}
}

// failed records an attempt that says nothing about the grant, and when the next
// may be sent; every process on the store obeys that.
func (r *Refresher) failed(ctx context.Context, v failedAttempt) (Grant, error) {
	p := v.grant.Portal
	now := r.o.Now()
	e := aboutPortal(p, v.failure)
	told := e.RetryAt
	next := now.Add(backoff(p.FailCount+1, r.o.Rand()))
	if told.After(next) {
		next = told
	}
	e.RetryAt = next
	event := r.failureEvent(p, EventRefreshed, e, v.took)
	// What cannot be recorded is forgotten: the lease lapses, the class stays.
	_, _ = r.o.Store.Fail(ctx, v.lease, Failure{
		Class: lastClass(e), Lost: lost(e), NextAttemptAt: next, Pause: pauseOf(e, told, next), Now: event.At, Event: event,
	})
	r.recordSkew(ctx, p)
	return Grant{}, e
}
