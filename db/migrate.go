package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/pressly/goose/v3"
)

// schemaVersion is the number of the newest migration. It is also kept in the
// file's header (user_version), so that an up-to-date store opens without goose.
const schemaVersion = 4

//go:embed migrations/*.sql
var migrations embed.FS

// recognise tells whether the file is a store of ours that this program can
// read, and brings an older one up to date. It writes to no other file.
func recognise(ctx context.Context, pool *sql.DB, path string) error {
	id, version, err := header(ctx, pool)
	switch {
	case err != nil:
		return err
	case id != applicationID && id == 0 && version == 0 && blank(ctx, pool):
		return emptyFile(path)
	case id != applicationID:
		return failure(nil, "The file "+path+" belongs to another program; it was left as it is.",
			"Name another file with --db or HSTERM_DB.")
	case version > schemaVersion:
		return failure(nil, fmt.Sprintf("The store %s was written by a newer hsterm (its schema is %d, this program knows %d).",
			path, version, schemaVersion), "Update hsterm. The store was left as it is.")
	case version < schemaVersion:
		return upgrade(ctx, pool, path)
	}
	return nil
}

func header(ctx context.Context, pool *sql.DB) (id, version int64, err error) {
	if err = pool.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return 0, 0, err
	}
	err = pool.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version)
	return id, version, err
}

// blank tells whether a database holds nothing at all.
func blank(ctx context.Context, pool *sql.DB) bool {
	var objects int
	err := pool.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master`).Scan(&objects)
	return err == nil && objects == 0
}

func emptyFile(path string) error {
	return failure(nil, "The store "+path+" is empty: its content was lost. It was left as it is.",
		hintRestore)
}

// upgrade runs the missing migrations while holding a lock of its own, because
// two processes that migrate at once would both begin with the first.
func upgrade(ctx context.Context, pool *sql.DB, path string) error {
	release, err := lockUpgrade(ctx, path+"-upgrade")
	if err != nil {
		return err
	}
	_, version, err := header(ctx, pool)
	if err == nil && version < schemaVersion {
		err = migrate(ctx, pool, migrations)
	}
	release(err == nil)
	return err
}

// lockUpgrade holds a write lock on a database with nothing in it: SQLite's
// locks work alike on every system and end with the process.
func lockUpgrade(ctx context.Context, path string) (release func(done bool), err error) {
	if err := touch(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	pool, err := openPool(path)
	if err != nil {
		return nil, err
	}
	var tx *sql.Tx
	err = again(ctx, func() (err error) {
		tx, err = pool.BeginTx(ctx, nil)
		return err
	})
	if err != nil {
		_ = pool.Close()
		return nil, err
	}
	return func(done bool) {
		if done { // else another may still wait for this very file
			_ = os.Remove(path)
		}
		_ = tx.Rollback()
		_ = pool.Close()
	}, nil
}

// migrate runs the migrations of files that the database lacks.
func migrate(ctx context.Context, pool *sql.DB, files fs.FS) error {
	dir, err := fs.Sub(files, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, pool, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
