package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// makeFolder makes a folder, readable by this user only, and what is missing
// above it, so that it outlives a power cut: a name is on the disk for sure when
// the folder it is in was synced, which syncing what it stands for does not do.
func makeFolder(dir string, sync func(dir string) error) error {
	var inside []string
	for at, above := dir, filepath.Dir(dir); at != above; at, above = above, filepath.Dir(above) {
		if _, err := os.Lstat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		inside = append(inside, above)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, above := range inside {
		// One in which we may write need not be one that we may read.
		if err := sync(above); err != nil && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	return nil
}
