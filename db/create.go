package db

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// create makes a new store. It is built under another name and linked into
// place whole: a store that exists is never half made, so that an empty file is
// always a loss and never a beginner, and of several processes that start at
// once one wins and the others use its store.
func create(ctx context.Context, path string, keys KeyOptions, now time.Time) error {
	if err := keys.refuseOrphan(path); err != nil {
		if _, gone := os.Lstat(path); gone == nil {
			return nil // another process made both since we looked
		}
		return err
	}
	dir := filepath.Dir(path)
	if err := makeFolder(dir, syncFolder); err != nil {
		return cannotCreate(err, path)
	}
	if err := inspectFolder(dir); err != nil {
		return err // it was not there to be looked at before
	}
	sweep(path, now)
	draft := fmt.Sprintf("%s.%s.new", path, random(6))
	if err := touch(draft); err != nil {
		return cannotCreate(err, path)
	}
	defer removeDraft(draft)
	if err := build(ctx, draft, now); err != nil {
		return explain(err, path)
	}
	if err := os.Link(draft, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return cannotCreate(err, path)
	}
	if err := syncFolder(dir); err != nil {
		return cannotCreate(err, path)
	}
	return nil
}

func cannotCreate(err error, path string) error {
	return failure(err, "The store "+path+" cannot be made: "+reason(err)+".",
		"Make its folder writable, or name another file with --db or HSTERM_DB.")
}

// reason is the part of a file error that says what is wrong.
func reason(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	}
	return err.Error()
}

const sqlNewMeta = `INSERT INTO meta (id, install_id, created_at) VALUES (1, ?, ?)`

// build fills a new file with the schema and closes it again, which moves all
// of it out of the write-ahead log.
func build(ctx context.Context, path string, now time.Time) error {
	pool, err := openPool(path)
	if err != nil {
		return err
	}
	err = func() error {
		if _, err := pool.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID)); err != nil {
			return err
		}
		if err := verify(ctx, pool); err != nil {
			return err
		}
		if err := migrate(ctx, pool, migrations); err != nil {
			return err
		}
		_, err := pool.ExecContext(ctx, sqlNewMeta, random(16), stamp(now))
		return err
	}()
	if e := pool.Close(); err == nil {
		err = e
	}
	return err
}

func removeDraft(draft string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(draft + suffix)
	}
}

// sweep removes drafts that a process left behind when it was killed.
func sweep(path string, now time.Time) {
	const stale = time.Hour
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, filepath.Base(path)+".") || !strings.Contains(name, ".new") {
			continue
		}
		if info, err := entry.Info(); err == nil && now.Sub(info.ModTime()) > stale {
			_ = os.Remove(filepath.Join(filepath.Dir(path), name))
		}
	}
}

// random returns n random bytes in hexadecimal.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}
