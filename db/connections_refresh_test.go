package db

import (
	"context"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// A consent that brings no refresh token leaves the stored one, where that is a
// token of the same grant.
func TestConsentWithoutRefreshToken(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name   string
		change func(t *testing.T, s *Store, p oauth.Portal, c *oauth.Connection)
		kept   bool
	}{
		{"the same grant again", func(*testing.T, *Store, oauth.Portal, *oauth.Connection) {}, true},
		{"the user is not told", func(_ *testing.T, _ *Store, _ oauth.Portal, c *oauth.Connection) { c.Token.UserID = 0 }, true},
		{"the account is not told", func(_ *testing.T, _ *Store, _ oauth.Portal, c *oauth.Connection) { c.Token.HubID = 0 }, true},
		{"another user", func(_ *testing.T, _ *Store, _ oauth.Portal, c *oauth.Connection) { c.Token.UserID++ }, false},
		{"it was refused", func(t *testing.T, s *Store, p oauth.Portal, _ *oauth.Connection) {
			refuse(t, s, acquire(t, s, claim(p, "cli")), p.Version, true)
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, p := onePortal(t)
			next := connection(oauth.App{ID: p.AppID}, p.HubID, "")
			next.PortalID, next.Token = p.ID, testToken(p.HubID, "again")
			next.Token.Refresh = oauth.Secret{}
			c.change(t, s, p, &next)
			got, err := s.PutConnection(ctx, next)
			must(t, err)
			g := grantOf(t, s, p.ID)
			if kept := g.Refresh.Reveal() == marker+"-refresh-acme-prod"; kept != c.kept || !kept && !g.Refresh.Empty() {
				t.Errorf("the stored refresh token is kept: %v, wanted %v", kept, c.kept)
			}
			if got.Version != p.Version+1 || got.Status != oauth.StatusActive || g.Access.Reveal() != marker+"-access-again" {
				t.Errorf("stored %+v", got)
			}
		})
	}
}
