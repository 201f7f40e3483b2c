package oauth

import "context"

// RefreshTokenStands tells whether the stored refresh token goes on to stand for
// this portal when a new consent brought none (RFC 6749 section 5.1 makes it
// optional; some servers send it with the first consent only). next is the portal
// as the new grant describes it; an id of 0 means not told.
//
// It belongs to the old grant. That is the same one only if client, account and
// user are: a refresh would else bring the tokens of somebody else. One that the
// server has refused for good is not sent again: a server may take that for theft
// and end the new grant as well (RFC 9700 section 4.14.2).
func (p Portal) RefreshTokenStands(next Portal) bool {
	same := func(a, b int64) bool { return a == b || a == 0 || b == 0 }
	return p.Status != StatusReconnectRequired && p.ClientID == next.ClientID &&
		same(p.HubID, next.HubID) && same(p.UserID, next.UserID)
}

// refreshNotice says what a consent without a refresh token comes to, by what is
// stored now.
func (c *Connector) refreshNotice(ctx context.Context, p Portal) string {
	if g, err := c.Store.Grant(ctx, p.ID); err == nil && !g.Refresh.Empty() {
		return "The server gave no new refresh token, so the one it gave before is kept."
	}
	return "The server gave no refresh token: the connection ends with its access token."
}
