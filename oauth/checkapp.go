package oauth

import (
	"context"
	"net/url"
)

// CheckApp proves an app's client id and secret without a consent: it asks for
// an app-level token (RFC 6749 section 4.4) without a scope. The server looks at
// the client before it looks at the scope, so a refused scope means a known
// client. A token, should one come back, is dropped.
//
// It returns nil when id and secret are right, ClassAppMisconfigured when they
// are not, and another class when the answer does not tell.
func (c *Client) CheckApp(ctx context.Context, app App) error {
	form := url.Values{"grant_type": {"client_credentials"}}
	a, err := c.postForm(ctx, app, EndpointClientCredentials, tokenPath(app.APIVersion), form)
	if err != nil {
		return err
	}
	e := Classify(a)
	if e == nil {
		if _, what := object(a); what != "" {
			return badToken(a, what)
		}
		return nil
	}
	if e.Class != ClassAppMisconfigured && e.Class != ClassBadResponse {
		return e
	}
	switch s := a.read(); {
	case s.status == "BAD_SCOPES", s.status == "" && (s.rfcError == "invalid_scope" || s.rfcError == "unauthorized_client"):
		return nil // RFC 6749 section 5.2: unauthorized_client is said to an authenticated client
	case s.status == "BAD_CLIENT_ID", s.status == "BAD_CLIENT_SECRET", s.rfcError == "invalid_client":
		return e
	case s.rfcError == "invalid_scope":
		return nil
	}
	return &Error{
		Class: ClassBadResponse, Status: e.Status, Code: e.Code, CorrelationID: e.CorrelationID,
		Message: "Whether client id and secret are right is unknown: " + e.Message,
		Hint:    "A consent will tell. " + e.Hint,
	}
}
