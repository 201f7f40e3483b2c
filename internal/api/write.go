package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// Changes tells whether a request may change the portal's data. HubSpot's
// searches, batch reads and introspections are POSTs that change nothing.
func (r Request) Changes() bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return false
	case http.MethodPost:
		path, _, _ := strings.Cut(r.Path, "?")
		for _, end := range []string{"/search", "/batch/read", "/token/introspect"} {
			if strings.HasSuffix(path, end) {
				return false
			}
		}
	}
	return true
}

// once tells whether doing the request twice may be more than doing it once. PUT
// and DELETE are idempotent (RFC 9110 section 9.2.2).
func (r Request) once() bool {
	return r.Changes() && (r.Method == http.MethodPost || r.Method == http.MethodPatch)
}

// target is the path without its query, and the whole query encoded with its
// names in order.
func (r Request) target() (path string, query url.Values, err error) {
	if path, query, err = ParseTarget(r.Path); err != nil {
		return "", nil, err
	}
	for name, values := range r.Query {
		query[name] = append(query[name], values...)
	}
	return path, query, nil
}

// begin puts a write on record before it is sent, so that whatever ends this
// process in between leaves the outcome unknown and not forgotten. It holds the
// write back where the same one is on record already, and where it cannot be
// recorded. end tells what became of it.
func (r *Runner) begin(ctx context.Context, portal oauth.Portal, req Request) (end func(Response, error), err error) {
	if !req.once() {
		return func(Response, error) {}, nil
	}
	path, query, err := req.target()
	if err != nil {
		return nil, err
	}
	write := oauth.Write{
		PortalID: portal.ID, Method: req.Method, Path: path, Query: query.Encode(), Body: req.Body, At: r.now().UTC(),
	}
	id, doubt, err := r.Store.BeginWrite(ctx, write, req.Again)
	switch {
	case doubt != nil:
		return nil, heldBack(portal, req, doubt)
	case err != nil && !req.Again:
		return nil, unrecorded(portal, err)
	case err != nil:
		return func(Response, error) {}, nil // wanted at any price
	}
	return func(resp Response, err error) { r.end(ctx, id, settled(resp, err)) }, nil
}

// end tells the outcome even when the call was cancelled. Where that fails the
// write stays in doubt.
func (r *Runner) end(ctx context.Context, id int64, outcome oauth.WriteOutcome) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	_ = r.Store.EndWrite(ctx, id, outcome)
}

// settled says what became of a write that was begun.
func settled(resp Response, err error) oauth.WriteOutcome {
	failure := resp.Failure
	if err != nil && !errors.As(err, &failure) {
		return oauth.WriteUnknown
	}
	switch {
	case failure == nil:
		return oauth.WriteDone
	case resp.Sends == 0:
		return oauth.WriteRefused
	case failure.Class == oauth.ClassUnknownOutcome, failure.Class == oauth.ClassBadResponse:
		return oauth.WriteUnknown // what cannot be read may be another's answer than the API's
	}
	return oauth.WriteRefused
}

func heldBack(portal oauth.Portal, req Request, doubt *oauth.Doubt) *oauth.Error {
	e := &oauth.Error{
		Class: oauth.ClassUnknownOutcome, Portal: portal.Alias, Err: doubt,
		Message: "Not sent: the same " + req.Method + " was sent at " + doubt.At.Local().Format("15:04:05") + ", and its outcome is unknown.",
		Hint:    "Look whether the change was made before sending it again.",
	}
	if !doubt.Answered {
		e.Message = "Not sent: the same " + req.Method + " was sent at " + doubt.At.Local().Format("15:04:05") + " and has not come to an end."
		e.Hint = "If it is no longer under way, look whether the change was made before sending it again."
	}
	return e
}

// unrecorded keeps a write back that a crash would make forgotten.
func unrecorded(portal oauth.Portal, cause error) error {
	var e *oauth.Error
	if !errors.As(cause, &e) {
		return cause
	}
	kept := *e
	kept.Portal, kept.Err = portal.Alias, cause
	kept.Message = "Nothing was sent, because the write could not be put on record first: " + e.Message
	return &kept
}
