package oauth

import (
	"context"
	"crypto/rand"
	"math/big"
	"time"

	"golang.org/x/sync/singleflight"
)

// TokenEndpoint is what refreshing needs of a server; [Client] is one.
type TokenEndpoint interface {
	Refresh(ctx context.Context, app App, refresh Secret) (Token, error)
}

// Times of a refresh. The lease is at least three times the request's limit, so
// that a holder which is slow, but alive, is never overtaken.
const (
	leaseTime   = 60 * time.Second
	leaseGrace  = 5 * time.Second // a waiter outlasts the lease it waits for by this
	taintedWait = 10 * time.Second
	waitTold    = 3 * time.Second // a wait as long as this needs a word
	sleepLimit  = 2 * time.Second // wall and monotonic clock may differ by this
)

// RefresherOptions are the parts of a [Refresher]. Store and Client are
// required; nil seams are the system's.
type RefresherOptions struct {
	Store  Store
	Client TokenEndpoint
	Owner  string     // this process in leases and events, such as "cli 4711"
	Meter  *SkewMeter // the Client's, to record when the clock is off

	Now func() time.Time
	// Waiting is told, once for each refresh, of a portal whose lease has been in
	// other hands for three seconds: the holder is slow, or it was killed and the
	// lease has to lapse. It is called beside the caller; nil tells nobody.
	Waiting func(Portal)

	Elapsed func() time.Duration // monotonic: stands still while the machine sleeps
	Sleep   func(ctx context.Context, d time.Duration) error
	Rand    func() float64 // 0 to 1

	Timeout time.Duration // of one request, 0 for RequestTimeout
	Lease   time.Duration // 0 for 60 s; raised to three times Timeout
}

// Refresher hands out access tokens and keeps grants alive. Of all goroutines
// and processes on one store, one refreshes a portal at a time. It is safe for
// concurrent use.
type Refresher struct {
	o       RefresherOptions
	unit    float64 // this process's place in the spread of buffers, 0 to 1
	flights singleflight.Group
	window  window
	unsaved unsavedPairs
}

// NewRefresher returns a Refresher. A lease shorter than three requests is
// raised, because two holders at once would spend a rotating refresh token twice.
func NewRefresher(o RefresherOptions) *Refresher {
	o.Now, o.Elapsed = clockOr(o.Now), elapsedOr(o.Elapsed)
	if o.Sleep == nil {
		o.Sleep = sleepFor
	}
	if o.Rand == nil {
		o.Rand = randomUnit
	}
	if o.Timeout <= 0 {
		o.Timeout = RequestTimeout
	}
	if o.Lease <= 0 {
		o.Lease = leaseTime
	}
	o.Lease = max(o.Lease, 3*o.Timeout)
	return &Refresher{o: o, unit: o.Rand()}
}

// FreshOptions say what token is good enough.
type FreshOptions struct {
	// MinTTL is what the token must have left. 0 means Policy's buffer, and up to
	// 5 % more, differently in each process; a negative one takes any token that
	// has not expired.
	MinTTL time.Duration
	Policy Policy

	// Force gets a new token however long the current one lives. A version
	// newer than Seen (0: the stored one when the call began) is as good, so
	// that many callers who saw the same token refused cause one refresh.
	Force bool
	Seen  int64
}

// Fresh returns a portal's grant with an access token that is good enough,
// refreshing it when it is not. With a good token it costs one read. While
// somebody else refreshes, or when a refresh failed without a verdict, a token
// that has not expired yet will do, unless MinTTL was named. A static token is
// returned as it is.
//
// Its failures are *Error: ClassReconnectPending when the grant is known to be
// dead, ClassRevoked when that was found out just now, ClassAppMisconfigured,
// ClassUnsaved when new tokens could not be stored, and the classes of
// [Classify] with RetryAt for anything that passes.
func (r *Refresher) Fresh(ctx context.Context, portalID int64, o FreshOptions) (Grant, error) {
	g, err := r.o.Store.Grant(ctx, portalID)
	if err != nil {
		return Grant{}, err
	}
	n := r.needOf(g, o)
	const rounds = 3 // a flight that began before this call may bring what was seen already
	for range rounds {
		// Tokens that are still to be stored come before all that is stored, a
		// refusal of the ones they replaced included.
		if _, waiting := r.unsaved.of(portalID, g.Portal.Version); !waiting {
			if g, err, done := r.atHand(g, n); done {
				return g, err
			}
		}
		got, err := r.join(ctx, g.Portal, n)
		switch {
		case err == nil && got.Portal.Version > n.seen:
			got.Renewed = true
			return got, nil
		case err == nil:
			g = got
		case n.mayUse(g, r.o.Now()) && passes(err):
			return g, nil
		default:
			return Grant{}, err
		}
	}
	return Grant{}, aboutPortal(g.Portal, &Error{
		Class: ClassTransient, Message: "The token kept changing while it was asked for.", Hint: "Try again.",
	})
}

// atHand answers without the network where that is possible.
func (r *Refresher) atHand(g Grant, n need) (Grant, error, bool) {
	now := r.o.Now()
	switch {
	case g.Portal.Kind != KindOAuth:
		return g, nil, true
	case g.Portal.Status == StatusReconnectRequired:
		return Grant{}, reconnectPending(g.Portal), true
	case n.met(g, now):
		return g, nil, true
	}
	if e := standing(g, now, n.force); e != nil {
		if n.mayUse(g, now) {
			return g, nil, true
		}
		return Grant{}, e, true
	}
	if n.mayUse(g, now) && g.Portal.Lease.Held(now) {
		return g, nil, true // one refresh runs already, here or elsewhere
	}
	return Grant{}, nil, false
}

func sleepFor(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func randomUnit() float64 {
	const parts = 1 << 20
	n, err := rand.Int(rand.Reader, big.NewInt(parts))
	if err != nil {
		return 0.5
	}
	return float64(n.Int64()) / parts
}
