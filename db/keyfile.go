package db

import (
	"context"
	"errors"
	"io/fs"
)

// fileVault keeps the wrapping key in a file of the configuration folder, apart
// from the data: a copy of the database alone opens nothing.
type fileVault struct{ records records }

func (v fileVault) create(_ context.Context, s *slot) ([]byte, error) {
	if v.records.dir == "" {
		return nil, failure(nil, "There is no configuration folder for the key file.", "Name one with --config, or choose another --keyring.")
	}
	key := newKey()
	if err := v.records.write(s.id, SourceFile, key); err != nil {
		return nil, err
	}
	return key, nil
}

func (v fileVault) fetch(_ context.Context, s slot, _ int) ([]byte, error) {
	found, err := v.records.read(s.id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, failure(err, "The key file "+v.records.path(s.id)+" of this store is missing.",
			"Restore it from a backup of the configuration folder. Without it the secrets are lost: move "+
				quote(v.records.database)+" away and connect again.")
	}
	if err != nil {
		return nil, explain(err, v.records.path(s.id))
	}
	return found.Key, nil
}

func (v fileVault) tries() int { return 1 }

func (v fileVault) wrong(s slot) error {
	return failure(nil, "The key file "+v.records.path(s.id)+" does not hold the key of this store.",
		"Restore it from a backup of the configuration folder.")
}

func (v fileVault) discard(_ context.Context, s slot) { v.records.remove(s.id) }
