package model

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/hsterm/hsterm/db"
)

// Book is the store's file that runs share, one after the other: each has an app
// and a portal of its own. Every process of a run opens it for itself.
type Book struct {
	stores []*db.Store
	clock  atomic.Pointer[clock] // of the run
	runs   int
}

// Open makes a store in an empty folder.
func Open(folder string) (*Book, error) {
	b := &Book{}
	b.clock.Store(&clock{began: time.Unix(epoch, 0)})
	key := bytes.Repeat([]byte{7}, 32)
	for range places {
		s, err := db.Open(context.Background(), db.Options{
			Path: filepath.Join(folder, "data", "hsterm.db"), Now: func() time.Time { return b.clock.Load().now() },
			Actor: "model", Keys: db.KeyOptions{Source: db.SourceMemory, Memory: key},
		})
		if err != nil {
			return nil, errors.Join(err, b.Close())
		}
		b.stores = append(b.stores, s)
		if err := s.Unlock(context.Background()); err != nil {
			return nil, errors.Join(err, b.Close())
		}
	}
	return b, nil
}

// Close closes the file.
func (b *Book) Close() error {
	var all []error
	for _, s := range b.stores {
		all = append(all, s.Close())
	}
	return errors.Join(all...)
}

// nextRun numbers the runs.
func (b *Book) nextRun() int {
	b.runs++
	return b.runs
}
