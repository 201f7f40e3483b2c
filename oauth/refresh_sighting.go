package oauth

import "time"

// sighting is a lease in other hands as it was when somebody began to wait for it.
type sighting struct {
	gen  int64
	at   moment
	left time.Duration // of the lease
}

// inOtherHands tells a lease that somebody holds from one that has lapsed and from
// one that a clock which ran ahead has left; the store, which has the last word,
// tells them apart alike. Who waits for a lease brings the sighting of it along:
// where the clock was set since, or the machine slept, the wall says nothing about
// a holder that was stopped with it and may be about to save, and the rest of the
// lease goes by the monotonic clock.
func (r *Refresher) inOtherHands(l Lease, seen *sighting) bool {
	now := r.moment()
	if l.Owner != "" && l.Gen == seen.gen && now.apart(seen.at).Abs() > sleepLimit {
		return now.mono-seen.at.mono < seen.left
	}
	if !l.Held(now.wall) || l.Until.After(now.wall.Add(2*r.o.Lease)) {
		return false
	}
	if l.Gen != seen.gen {
		*seen = sighting{gen: l.Gen, at: now, left: min(l.Until.Sub(now.wall), r.o.Lease)}
	}
	return true
}

// outwaited is the generation of a lease whose end, by the monotonic clock, was
// waited for; 0 when it was not. Where the clock was set back, the store would
// hold it for longer than it was given.
func (s *sighting) outwaited(l Lease, mono time.Duration) int64 {
	if l.Owner == "" || l.Gen != s.gen || mono-s.at.mono < s.left {
		return 0
	}
	return s.gen
}
