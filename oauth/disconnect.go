package oauth

import (
	"context"
	"fmt"
	"time"
)

// disconnectLimit bounds what asking HubSpot to revoke may take.
const disconnectLimit = 25 * time.Second

// Disconnect removes a portal from the store; revoke also asks HubSpot to revoke
// its refresh token. If HubSpot cannot be asked, the portal is removed all the
// same and the notice says what is left: a server that is down must not keep
// anybody from cleaning up. Nothing is removed when the secrets that revoking
// needs cannot be read.
func (c *Connector) Disconnect(ctx context.Context, portalID int64, revoke bool) (notice string, err error) {
	grant, err := c.Store.Grant(ctx, portalID)
	if err != nil && (revoke || ClassOf(err) == ClassNotFound) {
		return "", err
	}
	if err == nil && revoke {
		notice = c.revoke(ctx, grant)
		// What HubSpot has revoked must not stay behind as if it worked.
		ctx = context.WithoutCancel(ctx)
	}
	now := clockOr(c.Now)()
	event := Event{
		At: now, PortalID: portalID, Alias: grant.Portal.Alias, Kind: EventDisconnected,
		Outcome: OutcomeOK, Detail: disconnectedDetail(revoke, notice),
	}
	return notice, c.Store.RemovePortal(ctx, portalID, event)
}

// revoke asks the server and returns what is left to be known, "" if nothing.
func (c *Connector) revoke(ctx context.Context, grant Grant) string {
	switch {
	case grant.Portal.Kind != KindOAuth:
		return "A static token cannot be revoked from here; delete it in HubSpot, where it was made."
	case grant.Refresh.Empty():
		return "There was no refresh token to revoke."
	}
	ctx, cancel := context.WithTimeout(ctx, disconnectLimit)
	defer cancel()
	if err := c.Endpoint.Revoke(ctx, grant.App, grant.Refresh); err != nil {
		return fmt.Sprintf("The refresh token could not be revoked: %s It works until the app is uninstalled from the account in HubSpot.", err.Error())
	}
	return ""
}

func disconnectedDetail(revoke bool, notice string) string {
	switch {
	case !revoke:
		return "Removed here; the grant at HubSpot stays."
	case notice != "":
		return "Removed here; the grant at HubSpot was not revoked."
	default:
		return "Removed here; the refresh token was revoked."
	}
}
