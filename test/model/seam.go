package model

import (
	"context"
	"errors"

	"github.com/hsterm/hsterm/oauth"
)

// seam is the store as a process sees it: each call waits for the schedule, may
// fail, and is compared with what it had to do. What it does not know goes
// straight through.
type seam struct{ oauth.Store }

func broken() error {
	return &oauth.Error{
		Class: oauth.ClassStore, Message: "The store is busy.", Hint: "Try again.", Err: errors.New("busy"),
	}
}

// do carries one call out, and tells whether it was carried out.
func (c *call) do(what op, fn func() error) error {
	how := c.park(what, 0)
	w := c.p.w
	if how.fault == failBefore || w.full && what != opRead {
		w.harm()
		w.tell("%s: %s failed", c, what)
		return broken()
	}
	err := fn()
	if err != nil {
		w.harm()
		w.tell("%s: %s: %v", c, what, err)
	}
	if how.fault == failAfter {
		w.harm()
		return broken()
	}
	return err
}

func (s seam) Grant(ctx context.Context, id int64) (g oauth.Grant, err error) {
	c := callOf(ctx)
	err = c.do(opRead, func() (err error) {
		c.looked = c.p.w.clock.jumps
		g, err = s.Store.Grant(ctx, id)
		return err
	})
	return g, err
}

func (s seam) Probe(ctx context.Context) error {
	c := callOf(ctx)
	return c.do(opProbe, func() error {
		return c.p.w.same(func() error {
			err := s.Store.Probe(ctx)
			c.probed = err == nil
			return err
		})
	})
}

func (s seam) Acquire(ctx context.Context, claim oauth.Claim) (lease oauth.Lease, ok bool, err error) {
	c := callOf(ctx)
	err = c.do(opAcquire, func() error {
		lease, ok, err = c.p.w.acquire(ctx, s.Store, c, claim)
		return err
	})
	if ok {
		c.park(opAcquired, 0)
	}
	return lease, ok && err == nil, err
}

func (s seam) Release(ctx context.Context, lease oauth.Lease) error {
	c := callOf(ctx)
	return c.do(opRelease, func() error {
		return c.p.w.changed(lease.PortalID, func() error { return s.Store.Release(ctx, lease) },
			func(r row) row { return r.givenBack(lease) })
	})
}

func (s seam) Save(ctx context.Context, save oauth.Save) (ok bool, err error) {
	c := callOf(ctx)
	err = c.do(opSave, func() error {
		ok, err = c.p.w.save(ctx, s.Store, c, save)
		return err
	})
	return ok && err == nil, err
}

func (s seam) Refuse(ctx context.Context, lease oauth.Lease, version int64, r oauth.Refusal) (ok bool, err error) {
	c := callOf(ctx)
	err = c.do(opRefuse, func() error {
		ok, err = c.p.w.refuse(ctx, s.Store, c, refusal{lease, version, r})
		return err
	})
	return ok && err == nil, err
}

func (s seam) Fail(ctx context.Context, lease oauth.Lease, f oauth.Failure) (ok bool, err error) {
	c := callOf(ctx)
	err = c.do(opFail, func() error {
		w := c.p.w
		held := w.rows[lease.PortalID].heldBy(lease)
		err := w.changed(lease.PortalID, func() error {
			ok, err = s.Store.Fail(ctx, lease, f)
			return err
		}, func(r row) row { return r.failed(lease, f) })
		if err == nil && ok != held {
			w.violate("a failure said %v of being recorded, with the lease held: %v", ok, held)
		}
		c.attempt.recorded = c.attempt.recorded || ok && err == nil
		return err
	})
	return ok && err == nil, err
}

func (s seam) Record(ctx context.Context, e oauth.Event) error {
	c := callOf(ctx)
	return c.do(opRecord, func() error {
		return c.p.w.same(func() error { return s.Store.Record(ctx, e) })
	})
}
