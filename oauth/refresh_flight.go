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
	for try := 0; ; try++ {
		g, err := r.o.Store.Grant(ctx, portalID)
		if err != nil {
			return Grant{}, err
		}
		if g.Portal.Version > n.seen {
			return adopt(g)
		}
		if save, ok := r.unsaved.of(portalID, g.Portal.Version); ok {
			return r.commit(ctx, g.Portal, save)
		}
		if e := standing(g, r.o.Now(), n.force); e != nil {
			return Grant{}, e
		}
		if err := r.o.Store.Probe(ctx); err != nil {
			return Grant{}, err
		}
		began := r.moment()
		lease, ok, err := r.acquire(ctx, g.Portal)
		if err != nil {
			return Grant{}, err
		}
		if ok {
			got, err := r.attempt(ctx, g, lease, began)
			if !errors.Is(err, errSlept) {
				return got, err
			}
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

// adopt takes what somebody else stored, unless it is the end of the grant.
func adopt(g Grant) (Grant, error) {
	if g.Portal.Status == StatusReconnectRequired {
		return Grant{}, reconnectPending(g.Portal)
	}
	return g, nil
}

func (r *Refresher) acquire(ctx context.Context, p Portal) (Lease, bool, error) {
	return r.o.Store.Acquire(ctx, Claim{
		PortalID: p.ID, Version: p.Version, Owner: r.o.Owner, AttemptID: rand.Text(),
		Now: r.o.Now(), For: r.o.Lease,
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
