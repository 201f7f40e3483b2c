package oauth

import (
	"cmp"
	"fmt"
	"time"
)

// need is what a caller of Fresh asks for.
type need struct {
	ttl   time.Duration // more than this must be left
	seen  int64         // a version above this is new to the caller
	force bool
	exact bool // the caller named the TTL: rather wait, or fail, than take less
}

func (r *Refresher) needOf(g Grant, o FreshOptions) need {
	n := need{ttl: o.MinTTL, seen: g.Portal.Version, force: o.Force, exact: o.MinTTL > 0}
	switch {
	case o.MinTTL == 0:
		n.ttl = o.Policy.spreadBuffer(g.Portal.Lifetime, r.unit)
	case o.MinTTL < 0:
		n.ttl = 0
	}
	if o.Force && o.Seen > 0 {
		n.seen = min(n.seen, o.Seen)
	}
	return n
}

// met tells whether the grant is good enough. A version that is new to the
// caller is, even with less left than asked for: a server whose tokens are short
// would otherwise be asked again by everybody in turn.
func (n need) met(g Grant, now time.Time) bool {
	ttl := g.Portal.TTL(now)
	if g.Portal.Version > n.seen {
		return ttl > 0
	}
	return !n.force && ttl > n.ttl
}

// mayUse tells whether the token at hand is better than nothing. It is not where
// the caller named the time it needs.
func (n need) mayUse(g Grant, now time.Time) bool {
	return !n.force && !n.exact && g.Portal.TTL(now) > 0
}

// passes tells failures after which the token at hand is still the right answer:
// nothing is wrong with the grant, and nothing needs a person.
func passes(err error) bool {
	switch ClassOf(err) {
	case ClassTransient, ClassRateLimited, ClassBadResponse:
		return true
	}
	return false
}

// standing is what is known about a grant that speaks against refreshing it now;
// nil when nothing does.
func standing(g Grant, now time.Time, force bool) *Error {
	p := g.Portal
	switch {
	case p.Status == StatusReconnectRequired:
		return reconnectPending(p)
	case p.Status == StatusAppMisconfigured && !force && !g.App.EditedSince(p):
		return aboutPortal(p, &Error{
			Class: ClassAppMisconfigured, Message: cmp.Or(p.StatusReason, "The app's settings were refused."),
			Hint: "Correct the app's settings, then refresh the portal.",
		})
	case g.Refresh.Empty():
		return aboutPortal(p, &Error{
			Class: ClassReconnectPending, Message: "The server gave no refresh token for this portal, so its token cannot be renewed.",
			Hint: "Reconnect the portal.",
		})
	case g.App.Pause.Holds(now):
		return paused(g)
	case heldBack(g, now):
		return aboutPortal(p, &Error{
			Class: cmp.Or(p.LastFailure, ClassTransient), RetryAt: p.NextAttemptAt,
			Message: fmt.Sprintf("The last refresh failed; the next is not sent before %s.", p.NextAttemptAt.Local().Format("15:04:05")),
			Hint:    "Try again then.",
		})
	}
	return nil
}

// heldBack tells whether a failed refresh still keeps the portal's next one back.
// An app that was edited deserves a try at once.
func heldBack(g Grant, now time.Time) bool {
	p := g.Portal
	setting := p.LastFailure == ClassAppMisconfigured || p.LastFailure == ClassBadResponse // a wrong API URL brings web pages
	edited := setting && g.App.EditedSince(p)
	return heldUntil(p.NextAttemptAt, now) && !edited
}

func reconnectPending(p Portal) *Error {
	return aboutPortal(p, &Error{
		Class: ClassReconnectPending, Message: cmp.Or(p.StatusReason, "The portal's grant has ended."),
		Hint: "Reconnect the portal.",
	})
}

// goneMeanwhile says that a portal which was there when its refresh began is not any
// more; any other failure it returns as it is.
func goneMeanwhile(p Portal, err error) error {
	if ClassOf(err) != ClassNotFound {
		return err
	}
	return aboutPortal(p, &Error{
		Class: ClassNotFound, Message: p.Alias + " was disconnected meanwhile; what the server answered was dropped.", Err: err,
	})
}

// aboutPortal returns a copy of e that names the portal.
func aboutPortal(p Portal, e *Error) *Error {
	named := *e
	named.Portal = p.Alias
	return &named
}
