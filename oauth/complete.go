package oauth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// completeLimit bounds what follows a consent: three requests of at most 20 s
// each, and the store.
const completeLimit = 75 * time.Second

// AcceptOther lets the next Complete store a grant of another account than asked
// as a connection of its own.
func (c *Consent) AcceptOther() {
	c.completing.Lock()
	defer c.completing.Unlock()
	c.accept = true
}

// Complete exchanges the code, learns whose grant it is and stores it in one
// commit. A grant of another account than asked is refused with both ids named
// (ClassWrongPortal) before anything is overwritten; one that cannot be stored
// is ClassUnsaved. After either the grant is still in memory: another Complete
// goes on from there. So it does, without being asked twice, when ctx ends after
// the code was sent, because a code works once.
func (c *Consent) Complete(ctx context.Context) (Connected, error) {
	c.completing.Lock()
	defer c.completing.Unlock()
	if c.connected != nil {
		return *c.connected, nil
	}
	code, err := c.answer()
	if err != nil {
		return Connected{}, err
	}
	if err := ctx.Err(); err != nil && c.granted == nil {
		return Connected{}, interrupted(err)
	}
	work, cancel := context.WithTimeout(context.WithoutCancel(ctx), completeLimit)
	defer cancel()
	if c.granted == nil {
		if err := c.exchange(work, code); err != nil {
			return Connected{}, err
		}
	}
	if err := c.identify(work, ctx); err != nil {
		return Connected{}, err
	}
	return c.store(work)
}

// answer returns the code that came, or why there is none.
func (c *Consent) answer() (Secret, error) {
	select {
	case <-c.attempt.done:
		return c.attempt.result()
	default:
		return Secret{}, &Error{
			Class:   ClassUsage,
			Message: "The consent has not come back yet.",
			Hint:    "Finish it in the browser, or paste the address the browser ended at.",
		}
	}
}

// exchange turns the code into tokens, once the store can take them.
func (c *Consent) exchange(ctx context.Context, code Secret) error {
	if err := c.connector.Store.Probe(ctx); err != nil {
		return err
	}
	token, err := c.connector.Endpoint.Exchange(ctx, c.request.App, Exchange{
		Code:        code,
		RedirectURI: c.redirect,
		Verifier:    c.verifier,
	})
	if err != nil {
		return err
	}
	c.granted = &grantedToken{token: token}
	return nil
}

// store writes the connection and says what came of it.
func (c *Consent) store(ctx context.Context) (Connected, error) {
	if err := c.checkIdentity(); err != nil {
		return Connected{}, err
	}
	old, err := c.portalToReplace(ctx)
	if err != nil {
		return Connected{}, c.unsaved(err)
	}
	connection, result := c.connection(old)
	portal, err := c.connector.put(ctx, connection)
	if err != nil {
		return Connected{}, c.unsaved(err)
	}
	result.Portal = portal
	if connection.Token.Refresh.Empty() {
		result.Notices = append(result.Notices, c.connector.refreshNotice(ctx, portal))
	}
	switch {
	case old.ID == 0 && c.request.Alias != "" && c.request.Portal.ID == 0 && portal.Alias != c.request.Alias:
		result.Notices = append(result.Notices, fmt.Sprintf("The alias %s is taken, so the connection is called %s.", c.request.Alias, portal.Alias))
	case old.ID != 0 && c.request.Alias != "" && portal.Alias != c.request.Alias:
		result.Notices = append(result.Notices, fmt.Sprintf("The account was already connected as %s; that connection got the new tokens.", portal.Alias))
	}
	c.connected = &result
	return result, nil
}

// connection puts together what is stored for the grant in place of old, or anew
// when old is the zero Portal.
func (c *Consent) connection(old Portal) (Connection, Connected) {
	g, app, now := c.granted, c.request.App, clockOr(c.connector.Now)()
	result := Connected{Replaced: old.ID != 0, Notices: slices.Concat(c.notices, g.notices)}
	result.compareScopes(g.token.Scopes, c.scopes, old)
	alias, kind := old.Alias, EventReconnected
	if old.ID == 0 {
		alias, kind = ProposeAlias(g.hubDomain, g.token.HubID), EventConnected
		if c.request.Portal.ID == 0 && c.request.Alias != "" {
			alias = c.request.Alias
		}
	}
	return Connection{
		PortalID:  old.ID,
		Alias:     alias,
		Kind:      KindOAuth,
		AppID:     app.ID,
		Token:     g.token,
		Account:   g.account,
		User:      g.user,
		HubDomain: g.hubDomain,
		Now:       now,
		Event: Event{
			At: now, PortalID: old.ID, Alias: alias, Kind: kind, Outcome: OutcomeOK,
			Detail: connectedDetail(g.token, result),
		},
	}, result
}

// unsaved says that HubSpot granted what the store did not take.
func (c *Consent) unsaved(cause error) error {
	hint := "Connect again when the store can be written."
	var e *Error
	if errors.As(cause, &e) && e.Hint != "" {
		hint = e.Hint + " Then connect again."
	}
	return &Error{
		Class:   ClassUnsaved,
		Message: "The consent was given, but the new tokens could not be stored: " + cause.Error(),
		Hint:    hint,
		Portal:  c.request.Portal.Alias,
		Err:     cause,
	}
}
