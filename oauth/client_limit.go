package oauth

import (
	"context"
	"errors"
	"time"
)

// lateAnswer is how long a process that did not run while its limit passed looks
// for the answer that may have come meanwhile.
const lateAnswer = 5 * time.Second

// limited returns the context to send a request with: it ends with ctx, after 15 s
// without headers, and after 20 s in all.
//
// Except that a process which was stopped with its request on the wire (SIGSTOP, a
// frozen container) gets a last look when it goes on. All its limits have passed
// then, and the answer lies in its socket: with a server that rotates, the only
// refresh token that still counts. A request that has not left yet is given up at
// once, since somebody else may have spent the refresh token in it.
func limited(ctx context.Context, way *departure) (context.Context, context.CancelFunc) {
	request, end := context.WithCancelCause(context.WithoutCancel(ctx))
	total, endTotal := context.WithTimeout(ctx, RequestTimeout)
	headers, endHeaders := context.WithTimeout(ctx, headerTimeout)
	go func() {
		defer endTotal()
		defer endHeaders()
		if err := way.passed(headers, request); err != nil && (ctx.Err() != nil || !way.answered()) {
			end(err)
			return
		}
		end(way.passed(total, request))
	}()
	return way.watch(request), func() { end(nil) }
}

// passed returns why a limit has ended, or nil when the request has before, be it
// in the last look.
func (d *departure) passed(limit, request context.Context) error {
	select {
	case <-request.Done():
		return nil
	case <-limit.Done():
	}
	deadline, _ := limit.Deadline()
	if errors.Is(limit.Err(), context.DeadlineExceeded) && time.Since(deadline) > sleepLimit && d.left() {
		look := time.NewTimer(lateAnswer)
		defer look.Stop()
		select {
		case <-request.Done():
			return nil
		case <-look.C:
		}
	}
	return limit.Err()
}
