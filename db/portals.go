package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/hsterm/hsterm/oauth"
)

const (
	sqlPortals = `SELECT ` + portalColumns + fromPortals + `ORDER BY p.alias`
	sqlPortal  = `SELECT ` + portalColumns + fromPortals + `WHERE p.id = ?`

	sqlRename       = `UPDATE portals SET alias = ?, updated_at = ? WHERE id = ?`
	sqlSetKeepFresh = `UPDATE portals SET keep_fresh = ?, updated_at = ? WHERE id = ?`
	sqlSetProtected = `UPDATE portals SET protected = ?, updated_at = ? WHERE id = ?`
	sqlAlias        = `SELECT alias FROM portals WHERE id = ?`
)

// Portals returns all portals, ordered by alias. While the store is locked, what
// is sealed stays empty; so does what does not open.
func (s *Store) Portals(ctx context.Context) ([]oauth.Portal, error) {
	var portals []oauth.Portal
	err := s.read(ctx, func() error {
		portals = nil
		rows, err := s.pool.QueryContext(ctx, sqlPortals)
		if err != nil {
			return err
		}
		defer rows.Close()
		var r portalRow
		var blob sql.RawBytes // not copied: it is opened before the next row
		fields := r.fields()  // once: the list is long, and so may the table be
		fields[len(fields)-1] = &blob
		for rows.Next() {
			r.portal = oauth.Portal{}
			if err := rows.Scan(fields...); err != nil {
				return err
			}
			r.secret = blob
			portals = append(portals, s.shown(&r))
		}
		return rows.Err()
	})
	return portals, err
}

// Portal returns one portal. While the store is locked, what is sealed stays
// empty. An unknown id is ClassNotFound.
func (s *Store) Portal(ctx context.Context, id int64) (oauth.Portal, error) {
	return s.onePortal(ctx, noSuchPortal(id), sqlPortal, id)
}

// onePortal reads the first portal of a query, or fails with missing.
func (s *Store) onePortal(ctx context.Context, missing error, query string, args ...any) (oauth.Portal, error) {
	var p oauth.Portal
	err := s.read(ctx, func() (err error) {
		p, err = s.scanPortal(s.pool.QueryRowContext(ctx, query, args...))
		if errors.Is(err, sql.ErrNoRows) {
			return missing
		}
		return err
	})
	return p, err
}

// scanner is what *sql.Row and *sql.Rows have in common.
type scanner interface{ Scan(dest ...any) error }

func (s *Store) scanPortal(row scanner) (oauth.Portal, error) {
	var r portalRow
	if err := row.Scan(r.fields()...); err != nil {
		return oauth.Portal{}, err
	}
	return s.shown(&r), nil
}

// shown is a row as the world may see it. A blob that does not open is an error
// of Grant, not of listing.
func (s *Store) shown(r *portalRow) oauth.Portal {
	p := r.finish()
	if key := s.sealer.Load(); key != nil {
		_, _ = key.openPortal(p, r.secret)
	}
	return *p
}

func noSuchPortal(id int64) error {
	return notFound(fmt.Sprintf("There is no portal with the id %d (it may have been removed meanwhile).", id), "hsterm list shows all portals.")
}

// Rename gives a portal another alias. A malformed or taken one is ClassUsage.
func (s *Store) Rename(ctx context.Context, id int64, alias string) error {
	if err := checkName("alias", alias); err != nil {
		return err
	}
	return s.change(ctx, id, sqlRename, alias, func(old string) oauth.Event {
		return oauth.Event{Kind: oauth.EventRenamed, Alias: alias, Detail: "was " + old}
	})
}

// SetKeepFresh turns refreshing without being asked on or off.
func (s *Store) SetKeepFresh(ctx context.Context, id int64, on bool) error {
	return s.change(ctx, id, sqlSetKeepFresh, on, func(string) oauth.Event {
		return oauth.Event{Kind: oauth.EventChanged, Detail: "keep fresh " + onOff(on)}
	})
}

// SetProtected turns the protection against writes and removal on or off.
func (s *Store) SetProtected(ctx context.Context, id int64, on bool) error {
	return s.change(ctx, id, sqlSetProtected, on, func(string) oauth.Event {
		return oauth.Event{Kind: oauth.EventChanged, Detail: "protected " + onOff(on)}
	})
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// change sets one setting of a portal and records it.
func (s *Store) change(ctx context.Context, id int64, query string, value any, event func(alias string) oauth.Event) error {
	now := s.now()
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var alias string
		err := tx.QueryRowContext(ctx, sqlAlias, id).Scan(&alias)
		if errors.Is(err, sql.ErrNoRows) {
			return noSuchPortal(id)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, query, value, stamp(now), id)
		if duplicate(err) {
			return aliasTaken(fmt.Sprint(value))
		}
		if err != nil {
			return err
		}
		e := event(alias)
		e.PortalID, e.Outcome = id, oauth.OutcomeOK
		return s.addEvent(ctx, tx, e, now)
	})
}

func aliasTaken(alias string) error {
	return usage("Another portal is called "+alias+" already.", "Choose another alias, or rename that one first.")
}
