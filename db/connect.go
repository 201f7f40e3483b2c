package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"modernc.org/sqlite"
)

const (
	// applicationID marks a database file as hsterm's ("hstm"); SQLite keeps it
	// in the file's header.
	applicationID = 0x6873746d

	// oldestSQLite has the fix of the WAL-reset race.
	oldestSQLite = "3.51.3"

	// busyTimeout is how long SQLite itself waits for a lock, milliseconds.
	busyTimeout = 5000

	// connections is how many readers of one process can be at work at once.
	connections = 4
)

// pragmas hold for every connection. The journal mode is not among them: it is
// kept in the file, and a file must not be changed before it is known as ours.
func pragmas() map[string]string {
	p := map[string]string{
		"busy_timeout":    strconv.Itoa(busyTimeout),
		"synchronous":     "2", // FULL: an acknowledged commit survives a power cut
		"foreign_keys":    "1",
		"secure_delete":   "1",
		"trusted_schema":  "0",
		"cell_size_check": "1",
	}
	if runtime.GOOS == "darwin" {
		p["fullfsync"] = "1" // fsync alone stays in the drive's cache there
	}
	return p
}

// dataSource is a URL because '#', '?' and '%' in a plain path would open
// another file. mode=rw keeps SQLite from making one: it would be 0644.
func dataSource(path string) string {
	q := url.Values{"mode": {"rw"}, "_txlock": {"immediate"}, "_defensive": {"1"}, "_error_rc": {"1"}}
	for name, value := range pragmas() {
		q.Add("_pragma", name+"("+value+")")
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	u := url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}
	return u.String()
}

func openPool(path string) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(dataSource(path))
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(connections + 1) // one is pinned by Revision
	pool.SetMaxIdleConns(connections + 1)
	return pool, nil
}

// verify reads back what the connection was asked for: SQLite ignores a pragma
// it does not know, and the guarantees hang on them.
func verify(ctx context.Context, pool *sql.DB) error {
	var version, mode string
	if err := pool.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version); err != nil {
		return err
	}
	if olderThan(version, oldestSQLite) {
		return failure(nil, fmt.Sprintf("SQLite %s is too old: it can lose commits.", version),
			"Build hsterm with SQLite "+oldestSQLite+" or newer.")
	}
	if err := pool.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		if err := pool.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode); err != nil {
			return err
		}
	}
	if mode != "wal" {
		return failure(nil, "The store cannot use a write-ahead log here (journal mode "+mode+").",
			"Put the store on a local disk with --db.")
	}
	for name, want := range pragmas() {
		var got string
		if err := pool.QueryRowContext(ctx, `PRAGMA `+name).Scan(&got); err != nil || got != want {
			return failure(err, fmt.Sprintf("SQLite did not accept %s = %s (it says %q).", name, want, got),
				"This is a fault of the build: report it.")
		}
	}
	return nil
}

// olderThan compares dotted version numbers.
func olderThan(version, than string) bool {
	a, b := strings.Split(version, "."), strings.Split(than, ".")
	for i := range min(len(a), len(b)) {
		x, _ := strconv.Atoi(a[i])
		y, _ := strconv.Atoi(b[i])
		if x != y {
			return x < y
		}
	}
	return len(a) < len(b)
}
