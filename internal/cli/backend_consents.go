package cli

import (
	"context"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/ui"
)

// consentsBackend starts consents.
type consentsBackend struct {
	store     *db.Store
	connector *oauth.Connector
}

// Start opens the secrets first: nothing may come between a consent and its
// commit.
func (b consentsBackend) Start(ctx context.Context, request oauth.ConsentRequest) (ui.Consent, error) {
	if err := b.store.Unlock(ctx); err != nil {
		return nil, err
	}
	consent, err := b.connector.Start(ctx, request)
	if err != nil {
		return nil, err // not a nil *oauth.Consent inside a ui.Consent
	}
	return consent, nil
}
