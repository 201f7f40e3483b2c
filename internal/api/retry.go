package api

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// Bounds of trying again. The waiting is enough for HubSpot's limit of ten
// seconds, once; nobody sits longer before a screen or a shell.
const (
	maxTries   = 3
	maxWaiting = 12 * time.Second // in all
	leastPause = 300 * time.Millisecond
	mostPause  = time.Second
)

// persist makes the call, and again while its failure is one that passes and
// there is time. What comes back is the last answer.
func (r *Runner) persist(ctx context.Context, grant oauth.Grant, req Request) (Response, error) {
	began, left := r.now(), maxWaiting
	var before Response
	for try := 1; ; try++ {
		resp, err := r.call(ctx, grant, req)
		wait, passes := r.passes(resp, err)
		resp.Sends, resp.Refreshed = resp.Sends+before.Sends, resp.Refreshed || before.Refreshed
		late := r.now().Sub(began)+wait > callTimeout
		if !passes || try == maxTries || wait > left || late {
			return resp, err
		}
		switch ended := r.wait(ctx, wait); {
		case errors.Is(ended, context.DeadlineExceeded):
			return resp, err // of what happened, the answer tells more than the clock
		case ended != nil:
			return resp, stopped(ended)
		}
		left -= wait
		before = resp
	}
}

// passes tells whether trying again may help and do no harm, and after which
// wait. resp and err are those of one call.
func (r *Runner) passes(resp Response, err error) (wait time.Duration, ok bool) {
	failure := resp.Failure
	if err != nil && !errors.As(err, &failure) {
		return 0, false
	}
	switch {
	case failure == nil, resp.Sends == 0, resp.Status == http.StatusUnauthorized:
		return 0, false // a refresh that failed is held back by the store
	case failure.Class == oauth.ClassRateLimited:
		ok = !strings.Contains(strings.ToUpper(failure.Policy), "DAILY")
	case failure.Class == oauth.ClassTransient:
		ok = err != nil || repeatable(resp)
	}
	if failure.RetryAt.IsZero() {
		unit := rand.Float64
		if r.Rand != nil {
			unit = r.Rand
		}
		return leastPause + time.Duration(unit()*float64(mostPause-leastPause)), ok
	}
	return max(0, failure.RetryAt.Sub(r.now())), ok
}

// repeatable tells whether an answered request may be sent again: it was refused
// before it was carried out, or doing it twice is doing it once (RFC 9110
// section 9.2.2). Where no answer came, [oauth.Classify] has told the writes
// that may have been carried out apart: they are not transient.
func repeatable(resp Response) bool {
	const migrating = 477 // HubSpot: the portal moves between data centres
	if resp.Status == http.StatusLocked || resp.Status == migrating {
		return true
	}
	return !resp.Request.once()
}

func (r *Runner) wait(ctx context.Context, d time.Duration) error {
	if r.Pause != nil {
		return r.Pause(ctx, d)
	}
	return pause(ctx, d)
}
