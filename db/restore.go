package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

const (
	sqlWholePortal = `SELECT * FROM portals WHERE id = ?`

	// What is deleted with a portal is told by the schema, so that a table that is
	// added later is not forgotten here.
	sqlDependents = `SELECT m.name, f."from" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
		WHERE m.type = 'table' AND f."table" = 'portals' AND f.on_delete = 'CASCADE' ORDER BY m.name`

	sqlAppOfClient = `SELECT count(*) FROM apps WHERE id = ? AND client_id = ?`
)

// Removed is a portal that was taken out of the store, as it was stored: its
// secrets are sealed. [Store.RestorePortal] puts it back.
type Removed struct {
	portal     *oauth.Portal
	row        savedRow
	dependents []savedRow
}

// ID is the portal's.
func (r Removed) ID() int64 { return r.portal.ID }

// savedRow is a row of any table.
type savedRow struct {
	table   string
	columns []string
	values  []any
}

// set replaces one value.
func (r savedRow) set(column string, value any) {
	if i := slices.Index(r.columns, column); i >= 0 {
		r.values[i] = value
	}
}

func (r savedRow) insert(ctx context.Context, tx *sql.Tx) error {
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(r.columns)), ", ")
	_, err := tx.ExecContext(ctx, `INSERT INTO "`+r.table+`" ("`+strings.Join(r.columns, `", "`)+`") VALUES (`+marks+`)`, r.values...)
	return err
}

// TakePortal is RemovePortal, and returns what it removed. Both happen in one
// transaction: tokens that another process had rotated in between would be lost.
func (s *Store) TakePortal(ctx context.Context, portalID int64, event oauth.Event) (Removed, error) {
	if err := s.Unlock(ctx); err != nil {
		return Removed{}, err
	}
	now := s.now()
	var taken Removed
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if taken, err = wholePortal(ctx, tx, portalID); err != nil {
			return err
		}
		// The event first: it takes the alias from the row.
		if err := s.addPortalEvent(ctx, tx, event, portalID, now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, sqlRemovePortal, portalID); err != nil {
			return err
		}
		return s.recount(ctx, tx)
	})
	if err != nil {
		return Removed{}, err
	}
	return taken, nil
}

// wholePortal reads a portal with all that is deleted with it.
func wholePortal(ctx context.Context, tx *sql.Tx, id int64) (Removed, error) {
	var row portalRow
	err := tx.QueryRowContext(ctx, sqlPortal, id).Scan(row.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return Removed{}, noSuchPortal(id)
	}
	if err != nil {
		return Removed{}, err
	}
	taken := Removed{portal: row.finish()}
	rows, err := savedRows(ctx, tx, "portals", sqlWholePortal, id)
	if err != nil {
		return Removed{}, err
	}
	taken.row = rows[0]
	tables, err := savedRows(ctx, tx, "", sqlDependents)
	if err != nil {
		return Removed{}, err
	}
	for _, t := range tables {
		table, column := fmt.Sprint(t.values[0]), fmt.Sprint(t.values[1])
		rows, err := savedRows(ctx, tx, table, `SELECT * FROM "`+table+`" WHERE "`+column+`" = ? ORDER BY rowid`, id)
		if err != nil {
			return Removed{}, err
		}
		taken.dependents = append(taken.dependents, rows...)
	}
	return taken, nil
}

// savedRows reads rows with all their columns.
func savedRows(ctx context.Context, tx *sql.Tx, table, query string, args ...any) ([]savedRow, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var saved []savedRow
	for rows.Next() {
		r := savedRow{table: table, columns: columns, values: make([]any, len(columns))}
		into := make([]any, len(columns))
		for i := range r.values {
			into[i] = &r.values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		saved = append(saved, r)
	}
	return saved, rows.Err()
}

// RestorePortal puts a removed portal back under its id, with its secrets,
// settings and counters. It gets a new version, so that a refresh from before it
// was removed cannot be saved over it, and another alias when its own is taken
// now. It is ClassUsage when the account has been connected again or its app is
// gone.
func (s *Store) RestorePortal(ctx context.Context, r Removed) (oauth.Portal, error) {
	if r.portal == nil {
		return oauth.Portal{}, notFound("Nothing was removed.", "Connect the portal again with hsterm connect.")
	}
	if err := s.Unlock(ctx); err != nil {
		return oauth.Portal{}, err
	}
	now := s.now()
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p := *r.portal
		if err := appStands(ctx, tx, p); err != nil {
			return err
		}
		row := r.row
		row.values = slices.Clone(row.values)
		if err := s.renew(&p, row); err != nil {
			return err
		}
		alias, err := aliasAgain(ctx, tx, p.Alias)
		if err != nil {
			return err
		}
		row.set("alias", alias)
		row.set("updated_at", stamp(now))
		if err := row.insert(ctx, tx); duplicate(err) {
			return usage(fmt.Sprintf("The account %d has been connected again meanwhile.", p.HubID), "Use that portal: what it has is newer.")
		} else if err != nil {
			return err
		}
		for _, d := range r.dependents {
			if err := d.insert(ctx, tx); err != nil {
				return err
			}
		}
		e := oauth.Event{Kind: oauth.EventChanged, Outcome: oauth.OutcomeOK, Detail: "Brought back after it was removed."}
		if err := s.addPortalEvent(ctx, tx, e, p.ID, now); err != nil {
			return err
		}
		return s.recount(ctx, tx)
	})
	if err != nil {
		return oauth.Portal{}, err
	}
	return s.Portal(ctx, r.portal.ID)
}

// renew seals the secrets of a removed row for its next version.
func (s *Store) renew(p *oauth.Portal, row savedRow) error {
	i := slices.Index(row.columns, "secret")
	blob, _ := row.values[i].([]byte)
	sealer := s.sealer.Load()
	secret, err := sealer.openPortal(p, blob)
	if err != nil {
		return tamperedPortal(err, p)
	}
	p.Version++
	if blob, err = sealer.sealPortal(p, secret); err != nil {
		return err
	}
	row.set("secret", blob)
	row.set("token_version", p.Version)
	return nil
}

// appStands makes sure that the app a portal was connected with is still there.
func appStands(ctx context.Context, tx *sql.Tx, p oauth.Portal) error {
	if p.Kind != oauth.KindOAuth {
		return nil
	}
	var n int
	err := tx.QueryRowContext(ctx, sqlAppOfClient, p.AppID, p.ClientID).Scan(&n)
	if err == nil && n == 0 {
		err = usage("The app of "+p.Alias+" has been removed meanwhile.", "Add the app, then connect the portal again.")
	}
	return err
}

// aliasAgain is the alias of a portal that comes back: its own, or a like one
// when another portal took it.
func aliasAgain(ctx context.Context, tx *sql.Tx, alias string) (string, error) {
	for n, try := 2, alias; ; n++ {
		var taken int
		if err := tx.QueryRowContext(ctx, sqlAliasTaken, try).Scan(&taken); err != nil || taken == 0 {
			return try, err
		}
		try = fmt.Sprintf("%s-%d", alias[:min(len(alias), longestName-8)], n)
	}
}
