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
