package api

import (
	"context"
	"errors"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// record writes one call down. It is bookkeeping: a call that was made is not
// undone by a store that cannot write, so a failure here is not the caller's.
func (r *Runner) record(ctx context.Context, portal oauth.Portal, req Request, resp Response, err error) {
	path, _, _ := strings.Cut(req.Path, "?")
	event := oauth.Event{
		At:            r.now().UTC(),
		PortalID:      portal.ID,
		Alias:         portal.Alias,
		Kind:          oauth.EventCall,
		Outcome:       oauth.OutcomeOK,
		Detail:        req.Method + " " + path,
		Duration:      resp.Elapsed,
		Status:        resp.Status,
		CorrelationID: resp.CorrelationID,
	}
	failure := resp.Failure
	if err != nil && !errors.As(err, &failure) {
		failure = &oauth.Error{Class: oauth.ClassOther}
	}
	if failure != nil {
		event.Outcome, event.Class = oauth.OutcomeFailed, failure.Class
	}
	r.put(ctx, event)
}

// put records an event even when the call it is about was cancelled.
func (r *Runner) put(ctx context.Context, event oauth.Event) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	_ = r.Store.Record(ctx, event)
}
