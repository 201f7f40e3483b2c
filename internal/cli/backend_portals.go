package cli

import (
	"context"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/ui"
)

// portalsBackend reads and changes what is stored.
type portalsBackend struct {
	store     *db.Store
	connector *oauth.Connector
	keeper    *oauth.Keeper
	tokens    *oauth.Refresher
	unbroken  *unbroken
	removed   *removed
}

func (b portalsBackend) Portals(ctx context.Context) ([]oauth.Portal, error) {
	return b.store.Portals(ctx)
}

func (b portalsBackend) Portal(ctx context.Context, id int64) (oauth.Portal, error) {
	return b.store.Portal(ctx, id)
}

func (b portalsBackend) Events(ctx context.Context, filter oauth.EventFilter) ([]oauth.Event, error) {
	return b.store.Events(ctx, filter)
}

// Revision changes too when the secrets have been opened: the sealed fields of
// the portals can be read from then on. The screen asks for it every second, and
// so the keeper need not, and new tokens that could not be stored soon are.
func (b portalsBackend) Revision(ctx context.Context) (int64, error) {
	const unlocked = 1 << 62
	b.tokens.SaveUnsaved(ctx)
	revision, err := b.store.Revision(ctx)
	if err != nil {
		return 0, err
	}
	if !b.store.Locked() {
		revision |= unlocked
	}
	b.keeper.Look(revision)
	return revision, nil
}

func (b portalsBackend) SetKeepFresh(ctx context.Context, id int64, on bool) error {
	return b.store.SetKeepFresh(ctx, id, on)
}

// Disconnect is waited for when the screen is left: what was revoked must not stay
// in the store as if it worked.
func (b portalsBackend) Disconnect(ctx context.Context, id int64, how ui.Removal) (string, error) {
	leave, ok := b.unbroken.enter()
	if !ok {
		return "", errEnding()
	}
	defer leave()
	portal, err := b.store.Portal(ctx, id)
	if err != nil {
		return "", err
	}
	if err := mayRemove(portal); err != nil && !how.Unlocked {
		return "", err
	}
	if how.Revoke {
		return b.connector.Disconnect(ctx, id, true) // nothing of it is worth bringing back
	}
	keeping := *b.connector
	keeping.Store = keepingStore{Store: b.store, removed: b.removed}
	return keeping.Disconnect(ctx, id, false)
}

// Restore brings back what Disconnect removed without revoking it.
func (b portalsBackend) Restore(ctx context.Context, id int64) (oauth.Portal, error) {
	leave, ok := b.unbroken.enter()
	if !ok {
		return oauth.Portal{}, errEnding()
	}
	defer leave()
	return b.removed.restore(ctx, b.store, id)
}
