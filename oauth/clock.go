package oauth

import "time"

// clockOr returns now, or the system's clock when there is none. It is the one
// place of this package that knows the system's clock.
func clockOr(now func() time.Time) func() time.Time {
	if now == nil {
		return time.Now
	}
	return now
}

// elapsedOr returns elapsed, or the time since this call when there is none.
func elapsedOr(elapsed func() time.Duration) func() time.Duration {
	if elapsed != nil {
		return elapsed
	}
	system := clockOr(nil) // an injected clock may stand still
	began := system()
	return func() time.Duration { return system().Sub(began) }
}
