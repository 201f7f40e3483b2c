//go:build scoreboard

package test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/test/powercut"
)

const databaseName = "hsterm.db"

// storeState is what a store holds.
type storeState struct {
	digest string   // of every column of every row
	facts  []string // what it says to those who use it
}

// readImage opens the store of an image as the program does, reads all of it,
// and sees that it can be written to.
func readImage(ctx context.Context, image powercut.Image, folder string) (storeState, error) {
	if err := image.Write(folder); err != nil {
		return storeState{}, err
	}
	s, err := openStore(ctx, filepath.Join(folder, databaseName))
	if err != nil {
		return storeState{}, why(err)
	}
	// The digest first: unlocking a store that has no key gives it one.
	sum, err := digestRows(ctx, s.Path())
	var state storeState
	if err == nil {
		state, err = readStore(ctx, s)
	}
	if err == nil {
		err = s.Record(ctx, oauth.Event{Kind: oauth.EventProbed})
	}
	state.digest = sum
	return state, errors.Join(why(err), s.Close())
}

// openStore opens a store with a key that is the same for all.
func openStore(ctx context.Context, path string) (*db.Store, error) {
	return db.Open(ctx, db.Options{
		Path: path, Actor: "test", Now: powerClock,
		Keys: db.KeyOptions{Source: db.SourceMemory, Memory: bytes.Repeat([]byte{5}, 32)},
	})
}

func powerClock() time.Time { return time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC) }

// why adds the inner error, which the text for people leaves out.
func why(err error) error {
	var e *oauth.Error
	if errors.As(err, &e) && e.Err != nil {
		return fmt.Errorf("%w (%w)", err, e.Err)
	}
	return err
}

// readStore reads what a store says, and opens every secret in it.
func readStore(ctx context.Context, s *db.Store) (storeState, error) {
	var state storeState
	if err := s.Unlock(ctx); err != nil {
		return state, err
	}
	portals, err := s.Portals(ctx)
	if err != nil {
		return state, err
	}
	for _, p := range portals {
		grant, err := s.Grant(ctx, p.ID)
		if err != nil {
			return state, err
		}
		state.facts = append(state.facts, holds(p.ID, p.Version, grant.Access.Reveal()), leased(p.ID, p.Lease.Gen),
			stands(p.ID, p.Version, p.Status), called(p.ID, p.Alias), keptFresh(p.ID, p.KeepFresh))
	}
	apps, err := s.Apps(ctx)
	if err != nil {
		return state, err
	}
	for _, app := range apps {
		state.facts = append(state.facts, needs(app.Name, app.Scopes, app.ClientSecret.Reveal()))
	}
	events, err := s.Events(ctx, oauth.EventFilter{Limit: 10_000})
	for _, e := range events {
		state.facts = append(state.facts, told(e.Detail))
	}
	return state, err
}

// The facts that somebody can be told of a store.
func holds(id, version int64, access string) string {
	return fmt.Sprintf("portal %d has version %d, %s", id, version, access)
}

func stands(id, version int64, status oauth.Status) string {
	return fmt.Sprintf("portal %d is %s in version %d", id, status, version)
}

func needs(app string, scopes []string, secret string) string {
	return fmt.Sprintf("app %s needs %s, %s", app, strings.Join(scopes, " "), secret)
}

func leased(id, gen int64) string          { return fmt.Sprintf("portal %d gave %d leases", id, gen) }
func called(id int64, alias string) string { return fmt.Sprintf("portal %d is called %s", id, alias) }
func keptFresh(id int64, on bool) string   { return fmt.Sprintf("portal %d is kept fresh: %v", id, on) }
func told(detail string) string            { return "event " + detail }

// digestRows reads the file as SQLite does, beside the program: it has to be sound,
// and the digest is of all rows of all tables.
func digestRows(ctx context.Context, path string) (sum string, err error) {
	pool, err := sql.Open("sqlite", "file:"+path+"?mode=rw")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	pool.SetMaxOpenConns(1)
	if report, err := texts(ctx, pool, `PRAGMA integrity_check`); err != nil || fmt.Sprint(report) != "[ok]" {
		return "", fmt.Errorf("not sound: %v %w", report, err)
	}
	tables, err := texts(ctx, pool, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, table := range tables {
		columns, err := texts(ctx, pool, `SELECT 'quote("' || name || '")' FROM pragma_table_info(?)`, table)
		if err != nil {
			return "", err
		}
		rows, err := texts(ctx, pool, `SELECT `+strings.Join(columns, `||','||`)+` FROM "`+table+`" ORDER BY rowid`)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s %q\n", table, rows)
	}
	return string(hash.Sum(nil)), nil
}

// texts returns the first column of all rows.
func texts(ctx context.Context, pool *sql.DB, query string, args ...any) ([]string, error) {
	rows, err := pool.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}
