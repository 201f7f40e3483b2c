package oauth

import (
	"context"
	"fmt"
	"slices"
)

// grantedToken is a fresh grant and what has been learned of it.
type grantedToken struct {
	token     Token
	user      string
	hubDomain string
	account   Account
	notices   []string
	known     bool // identify has been through
}

// identify learns whose grant it is: the token answer may say (HubSpot's often
// does), introspection says who and which domain, account-info the rest.
// Only the account's id is needed, and only from HubSpot; everything else that
// cannot be read becomes a notice. person is the caller's context: once it has
// ended, nothing is asked that can be lived without.
func (c *Consent) identify(ctx, person context.Context) error {
	g, app := c.granted, c.request.App
	if g.known {
		return nil
	}
	g.notices = nil
	introspectErr := g.introspect(ctx, c.connector, app)
	if ClassOf(introspectErr) == ClassWrongPortal {
		return introspectErr
	}
	var accountErr error
	if person.Err() == nil || g.token.HubID == 0 {
		if accountErr = g.readAccount(ctx, c.connector.Endpoint, app); ClassOf(accountErr) == ClassWrongPortal {
			return accountErr
		}
	}
	if g.token.HubID == 0 && onHubSpot(app.APIURL) {
		return &Error{
			Class:   ClassBadResponse,
			Message: "HubSpot granted the consent but did not tell for which account, so nothing was stored.",
			Hint:    "Connect again in a moment.",
			Err:     accountErr,
		}
	}
	g.note(app, c.scopes, introspectErr, accountErr)
	g.known = true
	return nil
}

// introspect fills in what the token answer left out. The token itself is asked
// about, since only its answer has the user and the domain.
func (g *grantedToken) introspect(ctx context.Context, c *Connector, app App) error {
	asked := clockOr(c.Now)()
	seen, err := c.Endpoint.Introspect(ctx, app, g.token.Access, UseAccessToken)
	if err != nil {
		return err
	}
	if !seen.Active {
		return &Error{Class: ClassInvalid, Message: "the server says the new token is not active"}
	}
	if err := g.adopt(seen.HubID); err != nil {
		return err
	}
	if g.token.UserID == 0 {
		g.token.UserID = seen.UserID
	}
	if len(g.token.Scopes) == 0 {
		g.token.Scopes = slices.Clone(seen.Scopes)
	}
	if g.token.LifetimeAssumed && seen.ExpiresIn > 0 {
		g.token = g.token.lives(min(seen.ExpiresIn, maxLifetime), asked)
	}
	g.user, g.hubDomain = seen.User, seen.HubDomain
	return nil
}

func (g *grantedToken) readAccount(ctx context.Context, endpoint ConnectEndpoint, app App) error {
	account, err := endpoint.Account(ctx, app.APIURL, app.APIVersion, g.token.Access)
	if err != nil {
		return err
	}
	if err := g.adopt(account.HubID); err != nil {
		return err
	}
	g.account = account
	return nil
}

// adopt takes a hub id from a further answer. Two answers about one token that
// name two accounts leave no safe place to store it.
func (g *grantedToken) adopt(hubID int64) error {
	switch {
	case hubID == 0 || hubID == g.token.HubID:
		return nil
	case g.token.HubID == 0:
		g.token.HubID = hubID
		return nil
	default:
		return &Error{
			Class:   ClassWrongPortal,
			Message: fmt.Sprintf("The server names two accounts for one token, %d and %d, so nothing was stored.", g.token.HubID, hubID),
			Hint:    "Connect again. If it happens again, check the app's API URL.",
		}
	}
}

// note turns what could not be learned into notices.
func (g *grantedToken) note(app App, asked requestedScopes, introspectErr, accountErr error) {
	hubSpot := onHubSpot(app.APIURL)
	if introspectErr != nil && hubSpot {
		g.notices = append(g.notices, "User and domain of the account could not be read: "+introspectErr.Error())
	}
	if accountErr != nil && hubSpot {
		g.notices = append(g.notices, "Type and region of the account could not be read: "+accountErr.Error())
	}
	if g.token.HubID == 0 {
		g.notices = append(g.notices, "The server does not tell which account this is, so the connection has no hub id.")
	}
	if app.UserLevel && g.token.UserID == 0 {
		g.notices = append(g.notices, "The server does not tell which user this is, though the app is user-level.")
	}
	if g.token.LifetimeAssumed {
		g.notices = append(g.notices, fmt.Sprintf("The server does not tell how long the token lives; %s are assumed.", wordedDuration(g.token.Lifetime)))
	}
	if len(g.token.Scopes) == 0 && len(asked.required) > 0 {
		// RFC 6749 section 5.1: an answer without a scope grants what was asked for.
		g.token.Scopes = slices.Clone(asked.required)
		g.notices = append(g.notices, "The server does not tell which scopes it granted; the requested ones are assumed.")
	}
	slices.Sort(g.token.Scopes)
	g.token.Scopes = slices.Compact(g.token.Scopes)
}
