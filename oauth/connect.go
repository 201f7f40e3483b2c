package oauth

import (
	"context"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"
)

// Limits of a consent's time.
const (
	defaultConsentTimeout = 5 * time.Minute
	maxConsentTimeout     = 10 * time.Minute // no state lives longer
)

// ConnectEndpoint is what connecting asks of a server.
type ConnectEndpoint interface {
	Exchange(ctx context.Context, app App, x Exchange) (Token, error)
	Introspect(ctx context.Context, app App, token Secret, use string) (Introspection, error)
	Account(ctx context.Context, apiURL string, version APIVersion, access Secret) (Account, error)
	Revoke(ctx context.Context, app App, refresh Secret) error
}

// Connector connects portals and disconnects them.
type Connector struct {
	Store    ConnectionStore
	Endpoint ConnectEndpoint

	Now    func() time.Time                                        // nil for the system's clock
	Rand   io.Reader                                               // of states and verifiers; nil for the system's
	Listen func(network, address string) (l net.Listener, e error) // nil for net.Listen
}

// Start prepares a consent and, unless the final address is to be pasted, listens
// for it before it returns, so that nothing is opened that could not come back.
// It fails with the reason when the app cannot work, the store cannot be written
// or all ports are taken. The caller must Close the consent.
func (c *Connector) Start(ctx context.Context, request ConsentRequest) (*Consent, error) {
	if err := ctx.Err(); err != nil {
		return nil, interrupted(err)
	}
	scopes := scopesToRequest(request.App, request.ExtraScopes)
	targets, err := checkRequest(request, scopes)
	if err != nil {
		return nil, err
	}
	target, listeners, err := c.listen(request, targets)
	if err != nil {
		return nil, err
	}
	consent, err := c.prepare(ctx, request, scopes, target)
	if err != nil {
		for _, l := range listeners {
			_ = l.Close()
		}
		return nil, err
	}
	if len(listeners) > 0 {
		consent.server = serveCallback(target, consent.attempt, listeners)
	}
	consent.timer = time.AfterFunc(consent.timeout, consent.expire)
	return consent, nil
}

// listen opens the listeners of the first redirect target that can have them. An
// app without a loopback redirect URI has none: where its browser ends is pasted.
func (c *Connector) listen(request ConsentRequest, targets []redirectTarget) (redirectTarget, []net.Listener, error) {
	local := slices.DeleteFunc(slices.Clone(targets), func(t redirectTarget) bool { return !t.loopback })
	if request.PasteOnly || len(local) == 0 {
		return targets[0], nil, nil
	}
	open := c.Listen
	if open == nil {
		open = net.Listen
	}
	return listenFirst(open, local)
}

// prepare makes the secrets of one consent and the address to open.
func (c *Connector) prepare(ctx context.Context, request ConsentRequest, scopes requestedScopes, target redirectTarget) (*Consent, error) {
	if err := c.Store.Probe(ctx); err != nil {
		return nil, err
	}
	state, err := randomText(c.Rand)
	if err != nil {
		return nil, err
	}
	consent := &Consent{connector: c, request: request, scopes: scopes, redirect: target.uri}
	consent.timeout = request.Timeout
	if consent.timeout <= 0 {
		consent.timeout = defaultConsentTimeout
	}
	consent.timeout = min(consent.timeout, maxConsentTimeout)

	visit := authorization{scopes: scopes, redirectURI: target.uri, state: state, hubID: consent.expectedHub()}
	if request.App.PKCE {
		verifier, err := randomText(c.Rand)
		if err != nil {
			return nil, err
		}
		consent.verifier = NewSecret(verifier)
		visit.challenge = pkceChallenge(consent.verifier)
	}
	if consent.url, err = authorizeURL(request.App, visit); err != nil {
		return nil, err
	}
	now := clockOr(c.Now)
	consent.target = target
	consent.attempt = newAttempt(state, target.uri, now().Add(consent.timeout), now)
	for _, scope := range scopes.unlisted {
		consent.notices = append(consent.notices, fmt.Sprintf(
			"The app does not list the scope %s. HubSpot's consent page stops if the app is not registered with it.", scope))
	}
	return consent, nil
}

// checkRequest refuses a consent that could not end well, before a port is taken.
func checkRequest(request ConsentRequest, scopes requestedScopes) ([]redirectTarget, error) {
	app := request.App
	if err := ValidateApp(app); err != nil {
		return nil, appError(err)
	}
	if onHubSpot(app.APIURL) && app.ClientSecret.Empty() {
		return nil, &Error{
			Class:   ClassAppMisconfigured,
			Message: fmt.Sprintf("The app %s has no client secret.", app.Name),
			Hint:    "HubSpot asks every app for it; it stands on the Auth tab, below the client id.",
		}
	}
	asked := app
	asked.Scopes = scopes.required
	for _, finding := range LintApp(asked) {
		if finding.Severity == SeverityError {
			return nil, &Error{Class: ClassAppMisconfigured, Message: finding.Message, Hint: finding.Hint}
		}
	}
	if err := checkPortal(request); err != nil {
		return nil, err
	}
	targets := make([]redirectTarget, len(app.RedirectURIs))
	for i, uri := range app.RedirectURIs {
		var err error
		if targets[i], err = parseRedirect(uri); err != nil {
			return nil, appError(err)
		}
	}
	return targets, nil
}

// checkPortal refuses to renew what no consent of this app can renew.
func checkPortal(request ConsentRequest) error {
	portal := request.Portal
	switch {
	case portal.ID == 0 && request.Alias != "":
		return ValidateAlias(request.Alias)
	case portal.ID == 0:
		return nil
	case portal.Kind != KindOAuth && portal.Kind != "":
		return &Error{
			Class:   ClassUsage,
			Message: fmt.Sprintf("%s is a static token; no consent renews it.", portal.Alias),
			Hint:    "Add the new token under the same alias.",
			Portal:  portal.Alias,
		}
	case portal.AppID != 0 && request.App.ID != 0 && portal.AppID != request.App.ID:
		return &Error{
			Class:   ClassUsage,
			Message: fmt.Sprintf("%s belongs to the app %s, not to %s.", portal.Alias, portal.AppName, request.App.Name),
			Hint:    "Reconnect it with its own app, or connect the account anew with the other one.",
			Portal:  portal.Alias,
		}
	}
	return nil
}

// appError gives a complaint about an app the class it has once it is stored.
func appError(err error) error {
	e, ok := err.(*Error)
	if !ok {
		return err
	}
	wrapped := *e
	wrapped.Class = ClassAppMisconfigured
	wrapped.Hint = strings.TrimSpace(e.Hint + " Edit the app to change it.")
	return &wrapped
}

// interrupted is the failure of a cancelled or overdue context.
func interrupted(cause error) *Error {
	if cause == context.DeadlineExceeded {
		return &Error{Class: ClassTimedOut, Message: "The time for it ran out.", Err: cause}
	}
	return &Error{Class: ClassInterrupted, Message: "Cancelled; nothing was stored.", Err: cause}
}
