package oauth

import (
	"fmt"
	"net/http"
	"time"
)

// unauthorized deals with a 401: one refresh and one more try where that can
// help, a definite outcome in any case. A 401 means that the request was not
// carried out, so any method may be sent again.
func (c *call) unauthorized(resp *http.Response, g Grant) (*http.Response, error) {
	e := c.classify(resp, g)
	if !c.curable(g, e) {
		return resp, nil
	}
	fresh, err := c.t.Tokens.Fresh(c.req.Context(), c.t.PortalID, FreshOptions{
		Policy: c.t.Policy, Force: true, Seen: g.Portal.Version,
	})
	if err == nil {
		err = allowed(c.req, fresh) // the app may have been edited meanwhile
	}
	if err != nil {
		c.trace.Failure = c.notRenewed(g, failureOf(err))
		return resp, nil
	}
	c.trace.Refreshed, c.trace.Portal = true, fresh.Portal
	body, ok := c.again()
	if !ok {
		e.Message = "The access token had expired and was refreshed, but the request's body cannot be sent twice."
		e.Hint = "Send the request again."
		c.trace.Failure = e
		return resp, nil
	}
	discard(resp)
	resp, err = c.send(fresh, body)
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	c.lastWord(resp, fresh)
	return resp, nil
}

// notRenewed says why there is no new token. Where the server gave none to get one
// with, and refuses the one there is, that is the end of the grant.
func (c *call) notRenewed(g Grant, e *Error) *Error {
	if !g.Refresh.Empty() || e.Class != ClassReconnectPending || !c.proved {
		return e
	}
	ended := *e
	ended.Class, ended.Status = ClassRevoked, http.StatusUnauthorized
	ended.Message = "The server no longer takes the access token, and it gave no refresh token to renew it with."
	c.t.Verdicts.dead(c.req.Context(), g.Portal, &ended)
	return &ended
}

func (c *call) classify(resp *http.Response, g Grant) *Error {
	e := Classify(Answer{
		Endpoint: EndpointAPI, Method: c.req.Method, Status: resp.StatusCode, Header: resp.Header,
		Body: peek(resp), Now: c.t.now(), Secrets: []Secret{g.Access, g.Refresh, g.App.ClientSecret},
	})
	return aboutPortal(g.Portal, e)
}

// curable tells whether a new token can help; where it cannot, the trace says
// why.
func (c *call) curable(g Grant, e *Error) bool {
	switch {
	case g.Portal.Kind != KindOAuth:
		failure, dead := c.settleStatic(g, e)
		if c.trace.Failure = failure; dead {
			c.t.Verdicts.dead(c.req.Context(), g.Portal, failure)
		}
		return false
	case e.Class == ClassExpired && e.Code == codeInvalidToken && c.refusedBefore(g):
		c.trace.Failure = expiredAtOnce(e)
		return false
	case e.Class == ClassExpired:
		c.proved = true
		return true
	case e.Class == ClassInvalid:
		failure, dead := c.settle(g, e)
		if !dead {
			c.trace.Failure = failure
		}
		return dead
	}
	c.trace.Failure = e
	return false
}

// settle asks the server about a token that was refused without a reason: a
// revoked one and an endpoint that wants another kind of credential look alike.
// dead tells that the token, not the call, is at fault.
func (c *call) settle(g Grant, e *Error) (failure *Error, dead bool) {
	if c.t.Settler == nil {
		return e, false
	}
	in, err := c.t.Settler.Introspect(c.req.Context(), g.App, g.Access, UseAccessToken)
	switch {
	case err != nil:
		// A server without introspection leaves only the refresh to tell.
		return e, !passesLater(err) && !c.refusedBefore(g)
	case !in.Active && g.App.APIVersion == V1 && c.refusedBefore(g):
		// v1 has no active:false: its 404 may as well be a path that is missing.
		return refusesItsOwn(e), false
	case !in.Active:
		c.proved = g.App.APIVersion != V1
		return nil, true
	case in.HubID != 0 && g.Portal.HubID != 0 && in.HubID != g.Portal.HubID:
		return wrongPortal(g.Portal, in.HubID, e), false
	}
	return wrongCredential(e), false
}

// refusedBefore tells that the token at hand is fresh and was refused all the
// same: then another refresh would bring nothing better. It keeps an endpoint
// that answers 401 whatever it is given to one refresh a minute. Where calls are
// not counted, nobody knows, and a young token has to be good enough.
func (c *call) refusedBefore(g Grant) bool {
	const young = time.Minute
	age := c.t.now().Sub(g.Portal.TokenAt)
	if age < 0 || age >= young {
		return false // a negative age is a clock that was set back
	}
	return c.t.Calls == nil || !g.Portal.Health.Last401At.Before(g.Portal.TokenAt)
}

// settleStatic is settle for a token that has no OAuth client to introspect it:
// whether account-info takes it tells.
func (c *call) settleStatic(g Grant, e *Error) (failure *Error, dead bool) {
	switch e.Class {
	case ClassInvalid, ClassExpired, ClassNotAToken:
	default:
		return e, false
	}
	if c.t.Settler == nil {
		return unsettledStatic(e), false
	}
	account, err := c.t.Settler.Account(c.req.Context(), g.APIURL, g.APIVersion, g.Access)
	if err == nil && account.HubID != g.Portal.HubID && g.Portal.HubID != 0 {
		return wrongPortal(g.Portal, account.HubID, e), false
	}
	if err == nil {
		c.t.Verdicts.alive(c.req.Context(), g.Portal)
		return wrongCredential(e), false
	}
	switch ClassOf(err) {
	case ClassInvalid, ClassExpired, ClassNotAToken:
		return deadStatic(e), true
	}
	return unsettledStatic(e), false
}

const hintNewToken = "Create a new token in HubSpot and add it again."

// deadStatic says which kind of end a static token has come to.
func deadStatic(e *Error) *Error {
	dead := *e
	dead.Hint = hintNewToken
	switch e.Class {
	case ClassInvalid:
		dead.Class, dead.Message = ClassRevoked, "The stored token is no longer valid: it was rotated or deleted in HubSpot."
	case ClassExpired:
		dead.Class, dead.Message = ClassRevoked, "The stored token has expired: an OAuth access token was stored where a static token belongs."
	}
	return &dead
}

// unsettledStatic is a refusal that nobody could explain; refreshing is no remedy.
func unsettledStatic(e *Error) *Error {
	open := *e
	open.Hint = "Look in HubSpot whether the token was rotated or deleted; else this endpoint wants another kind of credential."
	return &open
}

// lastWord says what a second 401 means. Nothing is sent to the API any more.
func (c *call) lastWord(resp *http.Response, g Grant) {
	e := c.classify(resp, g)
	switch e.Class {
	case ClassExpired:
		e = expiredAtOnce(e)
	case ClassInvalid:
		if failure, _ := c.settle(g, e); failure != nil {
			e = failure
			break
		}
		e = refusesItsOwn(e)
	}
	c.trace.Failure = e
}

// passesLater tells failures of the settling call that say nothing about whether
// the server can settle at all.
func passesLater(err error) bool {
	switch ClassOf(err) {
	case ClassTransient, ClassRateLimited, ClassInterrupted, ClassTimedOut, ClassOther:
		return true
	}
	return false
}

func expiredAtOnce(e *Error) *Error {
	odd := *e
	odd.Message = "The server calls the access token expired right after it was refreshed."
	odd.Hint = "Check this computer's clock, and whether the app's API URL is the server that gave the token."
	return &odd
}

func refusesItsOwn(e *Error) *Error {
	dead := *e
	dead.Class = ClassRevoked
	dead.Message = "The server refuses the access token it has just given: the portal no longer lets the app in."
	dead.Hint = "Reconnect the portal."
	return &dead
}

func wrongCredential(e *Error) *Error {
	wrong := *e
	wrong.Class = ClassWrongCredential
	wrong.Message = "The token is good, but this endpoint wants another kind of credential."
	wrong.Hint = "Look in HubSpot's documentation which kind of token this endpoint takes."
	return &wrong
}

func wrongPortal(p Portal, hubID int64, e *Error) *Error {
	wrong := *e
	wrong.Class = ClassWrongPortal
	wrong.Message = fmt.Sprintf("The stored token belongs to portal %d, not to portal %d.", hubID, p.HubID)
	if wrong.Hint = "Reconnect the portal."; p.Kind != KindOAuth {
		wrong.Hint = "Add the token of the right account, or store this one under an alias of its own."
	}
	return &wrong
}
