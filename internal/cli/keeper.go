package cli

import (
	"context"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// keptPortals are the store and the engine as a keeper needs them.
type keptPortals struct {
	*oauth.Refresher
	store *db.Store
}

// Portals answers none while the secrets are locked: what nobody asked for must
// not bring up a question for the key. Whoever polls the store sees it unlocked.
func (k keptPortals) Portals(ctx context.Context) ([]oauth.Portal, error) {
	if k.store.Locked() {
		return nil, nil
	}
	return k.store.Portals(ctx)
}

// keeper keeps portals fresh while it runs. The store must be open.
func (p *program) keeper() *oauth.Keeper {
	if p.parts.keeper == nil {
		p.parts.keeper = oauth.NewKeeper(oauth.KeeperOptions{
			Portals: keptPortals{Refresher: p.refresher(), store: p.parts.store}, Now: p.now,
		})
	}
	return p.parts.keeper
}

// keeperPause leaves the machine to the first frame, which a look at every portal
// beside it would hold up.
const keeperPause = 500 * time.Millisecond

// keepFresh runs the keeper until stop is called, which returns when it has
// ended.
func (p *program) keepFresh(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	keeper, ended := p.keeper(), make(chan struct{})
	go func() {
		defer close(ended)
		timer := time.NewTimer(keeperPause)
		defer timer.Stop()
		select {
		case <-timer.C:
			keeper.Run(ctx)
		case <-ctx.Done():
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}
