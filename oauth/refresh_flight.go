package oauth

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"time"
)

// join waits for the portal's one refresh in this process, starting it if there
// is none. The refresh belongs to no caller: one that stops waiting does not end
// it for the others, nor between the server's answer and its being stored.
func (r *Refresher) join(ctx context.Context, p Portal, n need) (Grant, error) {
	done := r.flights.DoChan(strconv.FormatInt(p.ID, 10), func() (any, error) {
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*r.o.Lease)
		defer cancel()
		return r.renew(detached, p.ID, n)
	})
	select {
	case result := <-done:
		g, _ := result.Val.(Grant)
		return g, result.Err
	case <-ctx.Done():
		e := &Error{Class: ClassInterrupted, Message: "Stopped waiting for the refresh; it goes on.", Err: ctx.Err()}
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			e.Class, e.Message, e.Hint = ClassTimedOut, "The refresh took longer than allowed; it goes on.", "Try again."
		}
		return Grant{}, aboutPortal(p, e)
	}
}

// renew brings a version above n.seen, made here or by another process. Each
// turn looks at the store afresh.
func (r *Refresher) renew(ctx context.Context, portalID int64, n need) (Grant, error) {
	giveUp := r.o.Elapsed() + r.o.Lease + leaseGrace
	tell := r.o.Elapsed() + waitTold
	raced, told, seen := false, r.o.Waiting == nil, sighting{}
	for try := 0; ; try++ {
		g, err, done := r.known(ctx, portalID, n)
		if done {
			return g, err
		}
		if !r.inOtherHands(g.Portal.Lease, &seen) {
			got, err := r.take(ctx, g, n, seen.gen)
			switch {
			case errors.Is(err, errRaced) && !raced:
				raced = true
				continue // the winner may be done already
			case !errors.Is(err, errRaced) && !errors.Is(err, errSlept):
				return got, err
			}
		} else if !told && r.o.Elapsed() >= tell {
			told = true
			r.o.Waiting(g.Portal)
		}
		if r.window.ending() {
			return Grant{}, ending(g.Portal)
		}
		if r.o.Elapsed() >= giveUp {
			return Grant{}, aboutPortal(g.Portal, &Error{
				Class: ClassTransient, Message: "Another process has been refreshing this portal for over a minute.",
				Hint: "Try again in a little while.",
			})
		}
		if err := r.o.Sleep(ctx, leaseWait(try, r.o.Rand())); err != nil {
			return Grant{}, aboutPortal(g.Portal, &Error{Class: ClassTransient, Message: "The refresh took too long.", Hint: "Try again.", Err: err})
		}
	}
}

// known answers from the store where that can be: with what somebody else made, or
// with what speaks against making it now.
func (r *Refresher) known(ctx context.Context, portalID int64, n need) (Grant, error, bool) {
	g, err := r.o.Store.Grant(ctx, portalID)
	if err != nil {
		return Grant{}, err, true
	}
	if g.Portal.Version > n.seen {
		g, err = adopt(g)
		return g, err, true
	}
	if save, ok := r.unsaved.of(portalID, g.Portal.Version); ok {
		g, err = r.commit(ctx, g.Portal, save)
		return g, err, true
	}
	if e := standing(g, r.o.Now(), n.force); e != nil {
		return Grant{}, e, true
	}
	return g, nil, false
}

// errRaced sends renew back to its start: somebody else was faster.
var errRaced = errors.New("the lease or the version is another by now")

// take refreshes under the lease. What was read before is looked at again then: a
// refresh that failed meanwhile, of this portal or of another of its app, may hold
// this one back.
func (r *Refresher) take(ctx context.Context, g Grant, n need, outwaited int64) (Grant, error) {
	if err := r.o.Store.Probe(ctx); err != nil {
		return Grant{}, err
	}
	if !r.window.enter() {
		return Grant{}, ending(g.Portal)
	}
	defer r.window.leave()
	began := r.moment()
	lease, ok, err := r.acquire(ctx, g.Portal, outwaited)
	switch {
	case err != nil:
		return Grant{}, err
	case !ok:
		return Grant{}, errRaced
	}
	if got, err, done := r.known(ctx, g.Portal.ID, n); done {
		r.release(ctx, lease)
		return got, err
	}
	return r.attempt(ctx, g, lease, began)
}

// adopt takes what somebody else stored, unless it is the end of the grant.
func adopt(g Grant) (Grant, error) {
	if g.Portal.Status == StatusReconnectRequired {
		return Grant{}, reconnectPending(g.Portal)
	}
	return g, nil
}

func (r *Refresher) acquire(ctx context.Context, p Portal, outwaited int64) (Lease, bool, error) {
	return r.o.Store.Acquire(ctx, Claim{
		PortalID: p.ID, Version: p.Version, Owner: r.o.Owner, AttemptID: rand.Text(),
		Now: r.o.Now, For: r.o.Lease, Outwaited: outwaited,
	})
}

// moment is a point on both clocks: the wall's, which jumps, and the monotonic
// one, which stands still while the machine sleeps.
type moment struct {
	wall time.Time
	mono time.Duration
}

// apart is how much further than the monotonic clock the wall's went since began:
// about nothing, unless the machine slept or its clock was set.
func (m moment) apart(began moment) time.Duration {
	return m.wall.Sub(began.wall) - (m.mono - began.mono)
}

func (r *Refresher) moment() moment { return moment{r.o.Now().Round(0), r.o.Elapsed()} }

// slept tells whether the machine slept, or the clock jumped, since began, or
// whether so little of the lease is left that somebody might take over before
// the request has ended.
func (r *Refresher) slept(began moment, lease Lease) bool {
	now := r.moment()
	return now.apart(began).Abs() > sleepLimit || lease.Until.Sub(now.wall) < r.o.Timeout+leaseGrace
}
