package oauth

import (
	"context"
	"slices"
	"sync"
	"time"
)

// window counts the refreshes between asking for a lease and storing an answer, or
// giving the lease back.
type window struct {
	mu     sync.Mutex
	open   int
	closed bool
	idle   chan struct{} // closed when the last one leaves; nil while nobody waits
}

// enter opens the window, unless the program is ending.
func (w *window) enter() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return false
	}
	w.open++
	return true
}

// ending tells whether the program is, so that nothing more is to be sent.
func (w *window) ending() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.closed
}

func (w *window) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open--; w.open == 0 && w.idle != nil {
		close(w.idle)
		w.idle = nil
	}
}

// close lets nobody in any more and returns what ends when everybody is out.
func (w *window) close() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	if w.open > 0 && w.idle == nil {
		w.idle = make(chan struct{})
	}
	if w.open > 0 {
		return w.idle
	}
	out := make(chan struct{})
	close(out)
	return out
}

// Drain is for the end of the program: no refresh is sent any more, and it
// returns when every one that was sent is stored, or when ctx ends. Tokens that
// could not be stored before are tried again for as long.
func (r *Refresher) Drain(ctx context.Context) {
	const pause = 250 * time.Millisecond
	select {
	case <-r.window.close():
	case <-ctx.Done():
	}
	for {
		r.SaveUnsaved(ctx)
		if len(r.unsaved.all()) == 0 || r.o.Sleep(ctx, pause) != nil {
			return
		}
	}
}

// SaveUnsaved tries once more to store the new tokens that are in memory only. It
// costs nothing when there are none, so that a program which stays can call it every
// second: as long as they are not stored, another process may send the refresh token
// that they replace, which a server that rotates takes for theft.
func (r *Refresher) SaveUnsaved(ctx context.Context) {
	for _, save := range r.unsaved.all() {
		if _, err := r.o.Store.Save(ctx, save); err == nil {
			r.unsaved.drop(save)
		}
	}
}

// Unsaved returns the aliases of the portals whose new tokens are in memory only,
// because the store could not be written to.
func (r *Refresher) Unsaved() []string {
	var aliases []string
	for _, save := range r.unsaved.all() {
		aliases = append(aliases, save.Event.Alias)
	}
	slices.Sort(aliases)
	return aliases
}

// unsavedPairs keeps new tokens that could not be stored, by portal.
type unsavedPairs struct {
	mu    sync.Mutex
	pairs map[int64]Save
}

func (u *unsavedPairs) keep(save Save) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.pairs == nil {
		u.pairs = make(map[int64]Save)
	}
	u.pairs[save.PortalID] = save
}

func (u *unsavedPairs) drop(save Save) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.pairs[save.PortalID].Version == save.Version {
		delete(u.pairs, save.PortalID)
	}
}

// of returns the pair that was refreshed from version. One of an older version
// is forgotten: somebody moved on.
func (u *unsavedPairs) of(portalID, version int64) (Save, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	save, ok := u.pairs[portalID]
	if ok && save.Version != version {
		delete(u.pairs, portalID)
		return Save{}, false
	}
	return save, ok
}

func (u *unsavedPairs) all() []Save {
	u.mu.Lock()
	defer u.mu.Unlock()
	list := make([]Save, 0, len(u.pairs))
	for _, save := range u.pairs {
		list = append(list, save)
	}
	return list
}
