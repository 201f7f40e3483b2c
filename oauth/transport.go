package oauth

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// TokenSource hands out tokens; [Refresher] is one.
type TokenSource interface {
	Fresh(ctx context.Context, portalID int64, o FreshOptions) (Grant, error)
}

// Settler finds out what a 401 means that does not say so; [Client] is one.
type Settler interface {
	Introspect(ctx context.Context, app App, token Secret, use string) (Introspection, error)
	Account(ctx context.Context, apiURL string, version APIVersion, access Secret) (Account, error)
}

// Transport is an [http.RoundTripper] that calls HubSpot as one portal: it adds
// the access token, refreshing it first when that is due, and when the server
// calls the token expired it refreshes and sends the request once more. The
// token goes to the portal's own API host only.
type Transport struct {
	Base      http.RoundTripper // nil: NewBaseTransport()
	Tokens    TokenSource
	Settler   Settler   // nil: an unclear 401 stays ClassInvalid
	Verdicts  *Verdicts // nil: that a credential is dead is told and not stored
	PortalID  int64
	Policy    Policy
	Calls     CallStore  // nil: calls are not counted
	Meter     *SkewMeter // nil: the clock is not compared
	UserAgent string     // of requests that bring none, such as hsterm/1.2.0
	Now       func() time.Time

	once sync.Once
	own  http.RoundTripper
}

// Trace tells what happened on the way to an answer.
type Trace struct {
	Portal    Portal // as it was when the last request was sent
	Sends     int    // requests that were sent to the API
	Refreshed bool   // somebody had to wait for a new token
	Unsent    bool   // no answer came because nothing left this machine

	// Secrets of the grants that were used, the one after a refresh included:
	// what the server says may repeat them, and must not be shown then.
	Secrets []Secret

	// Failure is what a 401 means after all that could be done about it; nil
	// for every other answer.
	Failure *Error
}

// RoundTrip is [Transport.Do] for those who do not ask what happened.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, _, err := t.Do(req)
	return resp, err
}

// Do sends a request. An answer is no error, whatever its status. An error is
// either why there is no token (*Error), or the network's; [Classify] makes
// sense of the latter together with the Trace.
func (t *Transport) Do(req *http.Request) (*http.Response, Trace, error) {
	ctx := req.Context()
	g, err := t.Tokens.Fresh(ctx, t.PortalID, FreshOptions{Policy: t.Policy})
	if err == nil {
		err = allowed(req, g)
	}
	if err != nil {
		closeBody(req.Body)
		return nil, Trace{Unsent: true}, err
	}
	c := &call{t: t, req: req, trace: Trace{Portal: g.Portal, Refreshed: g.Renewed}}
	c.record = CallRecord{
		PortalID: t.PortalID, At: t.now().UTC(), TTL: g.Portal.TTL(t.now()), Expires: g.Portal.Expires(),
	}
	resp, err := c.send(g, req.Body)
	if err == nil && resp.StatusCode == http.StatusUnauthorized {
		resp, err = c.unauthorized(resp, g)
	}
	if err == nil {
		c.record.Status = resp.StatusCode
		if resp.StatusCode >= 200 && resp.StatusCode < 300 {
			t.Verdicts.alive(ctx, g.Portal)
		}
	}
	c.count(ctx)
	return resp, c.trace, err
}

// CloseIdleConnections lets http.Client close what the transport keeps open.
func (t *Transport) CloseIdleConnections() {
	if c, ok := t.base().(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (t *Transport) base() http.RoundTripper {
	if t.Base != nil {
		return t.Base
	}
	t.once.Do(func() { t.own = NewBaseTransport() })
	return t.own
}

func (t *Transport) now() time.Time { return clockOr(t.Now)() }
