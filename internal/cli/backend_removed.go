package cli

import (
	"context"
	"sync"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// removed keeps the portals that were removed on the screen until the program
// ends, sealed as they were stored.
type removed struct {
	mu   sync.Mutex
	kept map[int64]db.Removed
}

// keepingStore is a store that keeps what it removes.
type keepingStore struct {
	*db.Store
	removed *removed
}

// RemovePortal removes the portal and keeps it.
func (s keepingStore) RemovePortal(ctx context.Context, portalID int64, event oauth.Event) error {
	taken, err := s.TakePortal(ctx, portalID, event)
	if err != nil {
		return err
	}
	s.removed.mu.Lock()
	defer s.removed.mu.Unlock()
	if s.removed.kept == nil {
		s.removed.kept = map[int64]db.Removed{}
	}
	s.removed.kept[portalID] = taken
	return nil
}

// restore puts a portal back that was removed before; one that cannot come back
// now is kept, for what stands in its way may go.
func (r *removed) restore(ctx context.Context, store *db.Store, id int64) (oauth.Portal, error) {
	r.mu.Lock()
	taken := r.kept[id]
	r.mu.Unlock()
	portal, err := store.RestorePortal(ctx, taken)
	if err != nil {
		return oauth.Portal{}, err
	}
	r.mu.Lock()
	delete(r.kept, id)
	r.mu.Unlock()
	return portal, nil
}
