package oauth

import "time"

// wakeWait is the least that a lease in other hands is waited for. One that has
// lapsed by the wall's clock may have done so while the machine slept, or because
// that clock was set: its holder is alive then and about to save.
const wakeWait = 2 * time.Second

// sighting is a lease in other hands, since somebody has first seen it.
type sighting struct {
	gen int64
	end time.Duration // of the lease, by the monotonic clock
}

// inOtherHands tells whether somebody may still be using the lease. The wall's clock
// is asked once, for what is left of it; from then on the monotonic one counts, which
// cannot be set and stands still while the machine, and with it the holder, sleeps.
// A lease that ends implausibly late was taken by a clock that ran ahead, and is
// waited for no longer than one that has lapsed.
func (r *Refresher) inOtherHands(l Lease, seen *sighting) bool {
	if l.Owner == "" {
		return false
	}
	now := r.moment()
	if l.Gen != seen.gen {
		left := l.Until.Sub(now.wall)
		if left > 2*r.o.Lease {
			left = 0
		}
		*seen = sighting{gen: l.Gen, end: now.mono + min(max(left, wakeWait), r.o.Lease)}
	}
	return now.mono < seen.end
}
