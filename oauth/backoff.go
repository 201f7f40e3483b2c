package oauth

import "time"

// Bounds of the wait after refreshes that failed without a verdict.
const (
	firstBackoff = 2 * time.Second
	maxBackoff   = 2 * time.Minute
)

// backoff is the wait after the failures-th failed refresh in a row: it doubles
// up to two minutes. The upper half is random (unit is 0 to 1), so that portals
// that failed together do not come back together.
func backoff(failures int, unit float64) time.Duration {
	wait := firstBackoff
	for i := 1; i < failures && wait < maxBackoff; i++ {
		wait *= 2
	}
	wait = min(wait, maxBackoff)
	return wait/2 + time.Duration(unit*float64(wait/2))
}

// leaseWait is the pause before looking again at a lease in other hands: full
// jitter between 25 ms and 500 ms, growing with the tries.
func leaseWait(try int, unit float64) time.Duration {
	const least, most = 25 * time.Millisecond, 500 * time.Millisecond
	limit := min(4*least<<min(try, 8), most)
	return least + time.Duration(unit*float64(limit-least))
}
