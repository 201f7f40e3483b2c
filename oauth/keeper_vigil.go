package oauth

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"
)

// vigil is one run of a Keeper. Only the goroutine of that run touches it.
type vigil struct {
	*Keeper
	ended   chan int64     // portals whose call of Fresh came back
	running map[int64]bool // by portal, at most keeperLimit
	tried   map[int64]try  // by portal, the last
	settled time.Duration  // Elapsed before which nothing begins
}

// try is what was stored of a portal when it was tried, so that one which changed
// nothing is told from one that did.
type try struct {
	version int64
	next    time.Time     // NextAttemptAt
	ended   time.Duration // Elapsed
}

// turn is a portal that is to be refreshed after so much time.
type turn struct {
	portal Portal
	wait   time.Duration
}

// plan begins the refreshes that are due and returns how long to wait for the
// next one; ok is false when there is nothing to wait for but a wake or the end
// of a refresh under way.
func (v *vigil) plan(ctx context.Context) (wait time.Duration, ok bool) {
	now := v.glance()
	portals, err := v.o.Portals.Portals(ctx)
	if err != nil {
		return keeperRest, true
	}
	for _, turn := range v.turns(portals, now) {
		switch {
		case len(v.running) == keeperLimit:
			return 0, false // the first that ends makes room
		case turn.wait > 0:
			return turn.wait, true
		}
		v.start(ctx, turn.portal)
	}
	return 0, false
}

// glance reads the clocks. When they went apart, everything may be due at once,
// here and in every other process on this machine: each begins in its own place.
func (v *vigil) glance() moment {
	now := v.moment()
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.jumped(now) {
		v.settled = now.mono + v.spread(keeperSpread)
	}
	v.planned = now
	return now
}

// turns are the portals that are kept fresh and not under way, the earliest
// first, and of those that are due the one that runs out first. What is known of the others is forgotten.
func (v *vigil) turns(portals []Portal, now moment) []turn {
	var turns []turn
	kept := make(map[int64]bool)
	for _, p := range portals {
		if !p.KeepFresh || !p.Expires() || p.Status != StatusActive {
			continue
		}
		kept[p.ID] = true
		if !v.running[p.ID] {
			turns = append(turns, turn{p, v.wait(p, now)})
		}
	}
	maps.DeleteFunc(v.tried, func(id int64, _ try) bool { return !kept[id] && !v.running[id] })
	slices.SortFunc(turns, func(a, b turn) int {
		return cmp.Or(cmp.Compare(a.wait, b.wait), a.portal.ExpiresAt.Compare(b.portal.ExpiresAt))
	})
	return turns
}

// wait is the time until a portal's turn, 0 when it has come. The spread
// comes after the buffer has begun, as before it Fresh would have nothing to do.
func (v *vigil) wait(p Portal, now moment) time.Duration {
	buffer := PolicyWorker.Buffer(p.Lifetime)
	wait := p.TTL(now.wall) - buffer
	for _, until := range []time.Time{p.NextAttemptAt, p.AppPausedUntil} {
		if heldUntil(until, now.wall) {
			wait = max(wait, until.Sub(now.wall))
		}
	}
	wait += v.spread(buffer / 4)
	if t, ok := v.tried[p.ID]; ok {
		rest := keeperPace
		if t.version == p.Version && t.next.Equal(p.NextAttemptAt) {
			rest = keeperRest
		}
		wait = max(wait, t.ended+rest-now.mono)
	}
	return max(0, wait, v.settled-now.mono)
}

func (v *vigil) start(ctx context.Context, p Portal) {
	v.running[p.ID] = true
	v.tried[p.ID] = try{version: p.Version, next: p.NextAttemptAt}
	go func() {
		// Good or bad, the outcome is in the store, where the next plan finds it.
		_, _ = v.o.Portals.Fresh(ctx, p.ID, FreshOptions{Policy: PolicyWorker})
		v.ended <- p.ID
	}()
}

// rest notes that a portal's call came back.
func (v *vigil) rest(id int64) {
	delete(v.running, id)
	t := v.tried[id]
	t.ended = v.o.Elapsed()
	v.tried[id] = t
}

// leave waits for the calls under way, which end with the run's context, and
// forgets the plan: the next run has its own.
func (v *vigil) leave() {
	for len(v.running) > 0 {
		delete(v.running, <-v.ended)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.planned = moment{}
}
