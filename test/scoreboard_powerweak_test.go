//go:build scoreboard

package test

import (
	"context"
	"errors"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// weak makes stores that do not sync their commits: the control of the power
// cuts. A nil *weak does nothing.
type weak struct {
	mu    sync.Mutex
	is    bool
	since []sqlite.ExecQuerierContext // connections opened since it was off
}

// newWeak puts a hook into the driver. It cannot be taken out, and does nothing
// while it is off.
func newWeak() *weak {
	w := &weak{}
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, dsn string) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.is {
			return unsynced(c)
		}
		if strings.Contains(dsn, "/"+databaseName+"?") { // else it is soon closed, and the connection with it
			w.since = append(w.since, c)
		}
		return nil
	})
	return w
}

// off is for the time in which a store is opened: it makes sure that its commits
// are synced, and refuses to open otherwise.
func (w *weak) off() {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.is, w.since = false, nil
}

// on weakens the connections opened since off, which nobody may be using, and
// all that will be.
func (w *weak) on() (err error) {
	if w == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.since {
		err = errors.Join(err, unsynced(c))
	}
	w.is, w.since = true, nil
	return err
}

func unsynced(c sqlite.ExecQuerierContext) error {
	_, err := c.ExecContext(context.Background(), `PRAGMA synchronous = NORMAL`, nil)
	return err
}
