package oauth

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// MaxRetryAfter is the longest wait that is obeyed. HubSpot announces up to 24 h
// during a migration (477); asking again every ten minutes is cheap and finds its
// end. A stored time further away than this was written by another clock.
const MaxRetryAfter = 10 * time.Minute

const minRetryAfter = time.Second

// retryAfter reads Retry-After (RFC 9110 section 10.2.3): whole seconds, or a
// date, which is compared with the answer's own Date so that a wrong local
// clock does no harm. The result is 1 s to 10 min after now, or the zero time
// when the header is missing or makes no sense.
func retryAfter(h http.Header, now time.Time) time.Time {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return time.Time{}
	}
	var wait time.Duration
	seconds, err := strconv.ParseUint(text, 10, 64)
	switch {
	case err == nil:
		wait = time.Duration(min(seconds, uint64(MaxRetryAfter/time.Second))) * time.Second
	case errors.Is(err, strconv.ErrRange):
		wait = MaxRetryAfter
	default:
		at, err := http.ParseTime(text)
		if err != nil {
			return time.Time{}
		}
		wait = at.Sub(serverTime(h, now))
	}
	return now.Add(min(max(wait, minRetryAfter), MaxRetryAfter))
}

// serverTime is the answer's Date, or now when it has none.
func serverTime(h http.Header, now time.Time) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return now
}
