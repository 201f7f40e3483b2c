package cli

import (
	"context"

	"github.com/hsterm/hsterm/oauth"
)

// tokensBackend is the engine as a person at the screen uses it.
type tokensBackend struct{ tokens *oauth.Refresher }

func (b tokensBackend) Refresh(ctx context.Context, portalID int64) (oauth.Portal, error) {
	grant, err := b.tokens.Fresh(ctx, portalID, oauth.FreshOptions{Policy: oauth.PolicyInteractive, Force: true})
	return grant.Portal, err
}

func (b tokensBackend) AccessToken(ctx context.Context, portalID int64) (oauth.Secret, error) {
	grant, err := b.tokens.Fresh(ctx, portalID, oauth.FreshOptions{Policy: oauth.PolicyInteractive})
	return grant.Access, err
}
