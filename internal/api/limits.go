package api

import (
	"net/http"
	"strconv"
	"time"
)

// readLimits reads HubSpot's rate limit headers. Every one is optional: search
// sends none, and OAuth apps have no daily limit
// (developers.hubspot.com, "API usage guidelines and limits").
func readLimits(h http.Header) RateLimits {
	const prefix = "X-HubSpot-RateLimit-"
	return RateLimits{
		Max:            count(h.Get(prefix + "Max")),
		Remaining:      count(h.Get(prefix + "Remaining")),
		Interval:       time.Duration(max(0, count(h.Get(prefix+"Interval-Milliseconds")))) * time.Millisecond,
		Daily:          count(h.Get(prefix + "Daily")),
		DailyRemaining: count(h.Get(prefix + "Daily-Remaining")),
	}
}

// Known tells whether the answer said how much of the short limit is left.
func (l RateLimits) Known() bool { return l.Max > 0 && l.Remaining >= 0 }

// count reads a whole number; -1 when there is none or it makes no sense.
func count(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1<<30 {
		return -1
	}
	return n
}
