package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// judge classifies an answer; nil when it is 2xx and can be used. whole is false
// when the body was larger than is read, broke is why it ended early.
func (r *Runner) judge(resp Response, g oauth.Grant, trace oauth.Trace, whole bool, broke error) *oauth.Error {
	e := trace.Failure // what a 401 means, settled already
	if e == nil {
		answer := oauth.Answer{
			Endpoint: oauth.EndpointAPI, Method: resp.Request.Method, Reads: !resp.Request.Changes(), Status: resp.Status, Header: resp.Header,
			Body: resp.Body, Now: r.now(), Secrets: trace.Secrets,
		}
		if resp.good() {
			answer.Err = broke
		}
		e = oauth.Classify(answer)
	}
	if e == nil {
		e = unusable(resp, whole)
	}
	if e != nil && e.Class == oauth.ClassBadResponse && resp.Request.once() {
		e.Hint = strings.TrimSpace(e.Hint + " Look whether the change was made before sending it again.")
	}
	if e != nil && e.Class == oauth.ClassPermissionDenied && g.Portal.Kind != oauth.KindOAuth {
		e.Hint = "Add the scope to the private app or service key in HubSpot. If that gives a new token, add it again."
	}
	if e != nil && e.Portal == "" {
		e.Portal = g.Portal.Alias
	}
	return e
}

func (r Response) good() bool { return r.Status >= 200 && r.Status < 300 }

// unusable says what keeps a 2xx answer from being read; nil when nothing does.
func unusable(resp Response, whole bool) *oauth.Error {
	switch {
	case !whole:
		return unreadable(resp, "The answer is larger than 8 MiB and was cut off there.",
			"Ask for less: a smaller limit, or fewer properties.")
	case isJSON(resp.Header, resp.Body) && oauth.JSONDepth(resp.Body) > oauth.MaxJSONDepth:
		return unreadable(resp, fmt.Sprintf("The answer nests deeper than %d levels, which no answer of HubSpot's does.", oauth.MaxJSONDepth),
			"Check the path and the app's API URL.")
	case len(resp.Body) == 0:
		return nil
	case isHTML(resp.Header, resp.Body):
		return unreadable(resp, "The answer is a web page where an API answers in JSON.",
			"Check the path, the app's API URL and any proxy in between.")
	case isJSON(resp.Header, resp.Body) && !json.Valid(resp.Body):
		return unreadable(resp, "The answer calls itself JSON and is not.", "Try again; look at the body when it stays.")
	}
	return nil
}

func unreadable(resp Response, message, hint string) *oauth.Error {
	return &oauth.Error{Class: oauth.ClassBadResponse, Message: message, Hint: hint, Status: resp.Status}
}

// absent says why there is no answer. What happened before the request was sent,
// such as a refresh that failed, has its class already.
func (r *Runner) absent(g oauth.Grant, req Request, err error, trace oauth.Trace) error {
	var e *oauth.Error
	if !errors.As(err, &e) {
		e = oauth.Classify(oauth.Answer{
			Endpoint: oauth.EndpointAPI, Method: req.Method, Reads: !req.Changes(), Now: r.now(), Err: err, Unsent: trace.Unsent,
		})
	}
	if e.Portal == "" {
		e.Portal = g.Portal.Alias
	}
	return e
}
