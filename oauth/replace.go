package oauth

import (
	"context"
	"fmt"
)

// maxAliasTries is how many numbered forms of a taken alias are tried.
const maxAliasTries = 50

// checkIdentity refuses a grant of another account, or of another user where
// each user has a grant of their own, than the one that was to be connected.
func (c *Consent) checkIdentity() error {
	if c.accept || c.request.AcceptOther {
		return nil
	}
	token, portal := c.granted.token, c.request.Portal
	e := &Error{
		Class:  ClassWrongPortal,
		Hint:   "Nothing was changed. Connect again and choose the right account, or accept the other one as a connection of its own.",
		Portal: portal.Alias,
	}
	switch expected := c.expectedHub(); {
	case expected != 0 && token.HubID == 0:
		e.Message = fmt.Sprintf("Account %d was to be connected, and the server does not tell which one it is.", expected)
		return e
	case expected != 0 && token.HubID != expected:
		e.Message = fmt.Sprintf("The consent came back for account %s, not for %d.", c.granted.accountName(), expected)
		return e
	case c.otherUser():
		e.Message = fmt.Sprintf("The consent came back for user %d, not for user %d, whose grant %s is.", token.UserID, portal.UserID, portal.Alias)
		return e
	}
	return nil
}

// accountName is the account as it is best known.
func (g *grantedToken) accountName() string {
	if domain := plainText(g.hubDomain, 80); domain != "" {
		return fmt.Sprintf("%d (%s)", g.token.HubID, domain)
	}
	return fmt.Sprint(g.token.HubID)
}

// otherUser tells whether a user-level grant came back for somebody else.
func (c *Consent) otherUser() bool {
	portal, token := c.request.Portal, c.granted.token
	return c.request.App.UserLevel && portal.ID != 0 &&
		portal.UserID != 0 && token.UserID != 0 && portal.UserID != token.UserID
}

// portalToReplace finds the connection that this grant renews: the one stored
// for its client, account and (of a user-level app) user, else the one that was
// asked for if it can be the same. The zero Portal makes a new connection; so
// does a grant of an unknown account, since it could be anybody's.
func (c *Consent) portalToReplace(ctx context.Context) (Portal, error) {
	token, app, asked := c.granted.token, c.request.App, c.request.Portal
	if token.HubID != 0 {
		user := token.UserID
		if !app.UserLevel {
			user = 0
		}
		found, err := c.connector.Store.FindPortal(ctx, app.ClientID, token.HubID, user)
		if err == nil {
			return found, nil
		}
		if ClassOf(err) != ClassNotFound {
			return Portal{}, err
		}
	}
	sameHub := asked.HubID == 0 || asked.HubID == token.HubID
	if asked.ID != 0 && sameHub && !c.otherUser() {
		return asked, nil
	}
	return Portal{}, nil
}

// put stores a connection. A new one whose alias is taken gets a numbered one: a
// grant in hand is not given up for the sake of a name.
func (c *Connector) put(ctx context.Context, connection Connection) (Portal, error) {
	alias := connection.Alias
	for n := 2; ; n++ {
		portal, err := c.Store.PutConnection(ctx, connection)
		if err == nil || connection.PortalID != 0 || ClassOf(err) != ClassUsage || n > maxAliasTries {
			return portal, err
		}
		connection.Alias = NumberAlias(alias, n)
		connection.Event.Alias = connection.Alias
	}
}
