package api

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// Limits of one call, from sending it to the last byte of its answer.
const (
	callTimeout   = 20 * time.Second
	recordTimeout = 2 * time.Second
)

// Runner sends requests with a portal's token and reads what comes back. It is
// safe for concurrent use.
type Runner struct {
	Tokens    oauth.TokenSource // a *oauth.Refresher
	Store     Store
	Settler   oauth.Settler     // nil: an unclear 401 stays ClassInvalid
	Verdicts  *oauth.Verdicts   // nil: that a credential is dead is told and not stored
	Base      http.RoundTripper // nil for hsterm's own, with its time limits
	Meter     *oauth.SkewMeter  // nil: the clock is not compared
	Policy    oauth.Policy
	UserAgent string           // such as hsterm/1.2.0
	Now       func() time.Time // nil for the system's clock

	// Pause waits between two tries, or ends with ctx; nil for the real thing.
	// Rand is from 0 up to 1 and spreads tries that would come together; nil for
	// random numbers.
	Pause func(ctx context.Context, d time.Duration) error
	Rand  func() float64

	once sync.Once
	own  http.RoundTripper
}

// Store is where calls are recorded, and writes before they are sent.
type Store interface {
	oauth.CallStore
	oauth.WriteStore
	Record(ctx context.Context, event oauth.Event) error
}

// Send sends one request and records it as an event, path without query. An
// answer that is not 2xx, or that cannot be used, comes back as
// [Response.Failure]; the error is for everything that left no answer at all: a
// request that cannot be sent, no token, no connection. A POST or PATCH whose
// answer never came is ClassUnknownOutcome; the same one is held back then, in
// every process on the store, with a [oauth.Doubt] as the cause. Redirects are not
// followed.
//
// What passes by itself, such as a short limit, is waited for and tried again, a
// few times and for some seconds only; a request that may have been carried out
// is sent again only if doing it twice is doing it once.
func (r *Runner) Send(ctx context.Context, portalID int64, req Request) (Response, error) {
	grant, err := r.grant(ctx, portalID, req)
	if err != nil {
		return Response{Request: req}, err
	}
	end, err := r.begin(ctx, grant.Portal, req)
	if err != nil {
		return Response{Request: req}, err
	}
	resp, err := r.persist(ctx, grant, req)
	end(resp, err)
	r.record(ctx, grant.Portal, req, resp, err)
	return resp, err
}

// grant checks the request before it costs a refresh, then gets a token that
// will do.
func (r *Runner) grant(ctx context.Context, portalID int64, req Request) (oauth.Grant, error) {
	if err := check(req); err != nil {
		return oauth.Grant{}, err
	}
	return r.Tokens.Fresh(ctx, portalID, oauth.FreshOptions{Policy: r.Policy})
}

// call makes the request and reads its answer.
func (r *Runner) call(ctx context.Context, grant oauth.Grant, req Request) (Response, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	resp := Response{Request: req, Limits: readLimits(http.Header{}), Refreshed: grant.Renewed}
	out, err := build(ctx, grant.APIURL, req)
	if err != nil {
		return resp, err
	}
	watch := &stopwatch{base: r.base(), now: r.now}
	in, trace, err := r.transport(grant.Portal.ID, watch).Do(out)
	resp.Refreshed, resp.Sends = resp.Refreshed || trace.Refreshed, trace.Sends
	if err != nil {
		resp.Elapsed = watch.elapsed()
		return resp, r.absent(grant, req, err, trace)
	}
	defer in.Body.Close()
	body, whole, err := readBody(in.Body)
	resp.Elapsed = watch.elapsed()
	resp.Status, resp.Header, resp.Body = in.StatusCode, in.Header, body
	resp.Limits = readLimits(in.Header)
	resp.Failure = r.judge(resp, grant, trace, whole, err)
	resp.CorrelationID = correlationID(in.Header, body, resp.Failure != nil)
	return resp, nil
}

// transport is the portal's way to its API, for one call.
func (r *Runner) transport(portalID int64, base http.RoundTripper) *oauth.Transport {
	return &oauth.Transport{
		Base: base, Tokens: r.Tokens, Settler: r.Settler, Verdicts: r.Verdicts, PortalID: portalID, Policy: r.Policy,
		Calls: r.Store, Meter: r.Meter, UserAgent: r.UserAgent, Now: r.now,
	}
}

// check refuses a request that must not or cannot be sent.
func check(req Request) error {
	if err := checkMethod(req.Method); err != nil {
		return err
	}
	if _, _, err := ParseTarget(req.Path); err != nil {
		return err
	}
	return checkHeader(req.Header)
}

// build makes the HTTP request. Path and query of req come after whatever path
// the API URL has; its host cannot be changed by them.
func build(ctx context.Context, apiURL string, req Request) (*http.Request, error) {
	base, err := url.Parse(apiURL)
	if err != nil || base.Host == "" {
		return nil, usage("The portal's API URL is not a URL with a host.", "Set the app's API URL.")
	}
	path, query, err := req.target()
	if err != nil {
		return nil, err
	}
	target := base.Scheme + "://" + base.Host + strings.TrimRight(base.EscapedPath(), "/") + path
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	// A *bytes.Reader lets the request be sent again after a refresh.
	out, err := http.NewRequestWithContext(ctx, req.Method, target, bytes.NewReader(req.Body))
	if err != nil {
		return nil, usage("This path cannot be sent.", "Write special characters as %XX.")
	}
	setHeader(out, req)
	return out, nil
}

func (r *Runner) base() http.RoundTripper {
	if r.Base != nil {
		return r.Base
	}
	r.once.Do(func() { r.own = oauth.NewBaseTransport() })
	return r.own
}
