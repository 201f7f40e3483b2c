package model

import (
	"context"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// acquire takes a lease and begins the attempt's record.
func (w *world) acquire(ctx context.Context, store oauth.Store, c *call, claim oauth.Claim) (lease oauth.Lease, ok bool, err error) {
	before := w.rows[claim.PortalID]
	now := w.clock.now() // whatever the claim's says
	due := before.exists() && before.Version == claim.Version && before.free(claim, now)
	err = w.changed(claim.PortalID, func() error {
		lease, ok, err = store.Acquire(ctx, claim)
		return err
	}, func(r row) row {
		if due {
			return r.acquired(claim, now)
		}
		return r
	})
	if err == nil && ok != due {
		w.violate("%s got the lease: %v; it was to be had: %v", c, ok, due)
	}
	if !ok || err != nil {
		c.probed = false
		return lease, ok, err
	}
	if lease.TookOver {
		w.note("takeovers")
	}
	c.attempt = &attempt{
		call: c, portal: claim.PortalID, version: claim.Version, gen: lease.Gen,
		until: lease.Until, acquired: now, elapsed: w.clock.elapsed(), jumps: w.clock.jumps,
	}
	if before.Owner != "" {
		w.checkWait(c, claim)
	}
	w.attempts = append(w.attempts, c.attempt)
	return lease, ok, err
}

// checkWait makes sure that who says to have waited for the end of a lease has.
func (w *world) checkWait(c *call, claim oauth.Claim) {
	for _, held := range w.attempts {
		if held.portal != claim.PortalID || held.gen != claim.Outwaited {
			continue
		}
		w.note("leases outwaited")
		if held.jumps == w.clock.jumps && w.clock.elapsed()-held.elapsed < claim.For {
			w.violate("%s takes a lease that it says to have waited for %s after it was taken", c, w.clock.elapsed()-held.elapsed)
		}
	}
}

// save stores a pair, which has to be one that this process was given.
func (w *world) save(ctx context.Context, store oauth.Store, c *call, save oauth.Save) (ok bool, err error) {
	before := w.rows[save.PortalID]
	got := pair{save.Token.Access.Reveal(), save.Token.Refresh.Reveal()}
	a := w.given(c.p, got)
	if a == nil || a.portal != save.PortalID || a.version != save.Version {
		w.violate("%s brought tokens for version %d of portal %d that no answer gave it for that", c, save.Version, save.PortalID)
		return false, nil
	}
	due := before.exists() && before.Version == save.Version
	err = w.changed(save.PortalID, func() error {
		ok, err = store.Save(ctx, save)
		return err
	}, func(r row) row {
		if due {
			return r.renewed(got, save.AttemptID)
		}
		return r
	})
	switch {
	case err != nil:
	case ok != due:
		w.violate("%s stored the tokens it was given: %v; they were the newest: %v", c, ok, due)
	case ok && before.Gen != a.gen:
		w.note("saves after a takeover")
	case ok && before.Status != oauth.StatusActive:
		w.note("saves after a refusal")
	case !ok:
		w.note("saves that came too late")
	}
	a.stored = a.stored || ok && err == nil
	return ok, err
}

// given finds the attempt of a process that a pair was the answer to.
func (w *world) given(p *process, got pair) *attempt {
	for _, a := range w.attempts {
		if a.call.p == p && a.verdict == granted && a.got == got {
			return a
		}
	}
	return nil
}

// refusal is one call of Refuse.
type refusal struct {
	lease   oauth.Lease
	version int64
	with    oauth.Refusal
}

// refuse ends a connection: only for what is stored now, only by a verdict of the
// server, and in words that are true.
func (w *world) refuse(ctx context.Context, store oauth.Store, c *call, r refusal) (ok bool, err error) {
	id := r.lease.PortalID
	before := w.rows[id]
	due := before.heldBy(r.lease) && before.Version == r.version
	err = w.changed(id, func() error {
		ok, err = store.Refuse(ctx, r.lease, r.version, r.with)
		return err
	}, func(b row) row { return b.ended(r.lease, r.version, r.with) })
	if err != nil {
		return ok, err
	}
	if ok != due {
		w.violate("%s ended version %d: %v; it held that version's lease: %v", c, r.version, ok, due)
	}
	if !ok {
		w.note("refusals that came too late")
		now := w.rows[id]
		c.attempt.overtaken = now.Version > r.version && now.Status == oauth.StatusActive
		return ok, err
	}
	w.judge(c, r, before)
	c.attempt.recorded = true
	return ok, err
}

// judge checks a refusal that was stored.
func (w *world) judge(c *call, r refusal, before row) {
	a := c.attempt
	switch {
	case r.with.Status == oauth.StatusAppMisconfigured:
		w.note("apps found wrong")
		if a.verdict != wrongApp {
			w.violate("%s calls the app misconfigured; the answer was %q", c, a.verdict)
		}
		return
	case r.with.Status != oauth.StatusReconnectRequired:
		w.violate("%s ends a connection as %q", c, r.with.Status)
		return
	case a.verdict != refused:
		w.violate("%s ends a connection; the answer was %q", c, a.verdict)
	case a.refresh != before.Refresh:
		w.violate("%s ends a connection for a refresh token that is not the stored one", c)
	}
	w.note("connections ended")
	unknown := strings.Contains(r.with.Reason, "unknown")
	const lateHolder = 10 * time.Second
	if w.unsettled(a) {
		w.note("ended in doubt")
		if !unknown {
			w.violate("%s says %q, and an interrupted attempt is on record", c, r.with.Reason)
		}
		if waited := w.clock.elapsed() - a.answered; waited < lateHolder {
			w.violate("%s waited %s for the late holder", c, waited)
		}
	}
	if w.server.spent(a.refresh) && !unknown && !strings.Contains(r.with.Reason, "lost") {
		w.violate("%s says %q, and the answer with the next refresh token was lost", c, r.with.Reason)
	}
}

// unsettled tells whether another attempt on the same version was sent and its
// end was never recorded.
func (w *world) unsettled(a *attempt) bool {
	for _, other := range w.attempts {
		if other != a && other.portal == a.portal && other.version == a.version && other.sent() && !other.recorded {
			return true
		}
	}
	return false
}
