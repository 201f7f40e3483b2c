package db

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

const (
	sqlApps      = `SELECT ` + appColumns + ` FROM apps a ORDER BY a.name`
	sqlAppByID   = `SELECT ` + appColumns + ` FROM apps a WHERE a.id = ?`
	sqlAppByName = `SELECT ` + appColumns + ` FROM apps a WHERE a.name = ?`
	sqlAppNames  = `SELECT name, client_id FROM apps WHERE id <> ? ORDER BY name`

	sqlAddApp = `INSERT INTO apps (name, client_id, version, secret, scopes, optional_scopes, user_level, created_at, updated_at)
		VALUES (?, ?, 1, x'', ?, ?, ?, ?, ?)`
	sqlSealApp   = `UPDATE apps SET secret = ? WHERE id = ?`
	sqlUpdateApp = `UPDATE apps SET name = ?, client_id = ?, version = ?, secret = ?, scopes = ?, optional_scopes = ?,
		user_level = ?, updated_at = ? WHERE id = ?`
	sqlRemoveApp  = `DELETE FROM apps WHERE id = ?`
	sqlAppPortals = `SELECT alias FROM portals WHERE app_id = ? ORDER BY alias LIMIT 7`
)

// Apps returns all apps, ordered by name. It unlocks the store: an app's URLs
// are sealed.
func (s *Store) Apps(ctx context.Context) ([]oauth.App, error) {
	if err := s.Unlock(ctx); err != nil {
		return nil, err
	}
	var apps []oauth.App
	err := s.read(ctx, func() error {
		apps = nil
		rows, err := s.pool.QueryContext(ctx, sqlApps)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			a, _, err := s.scanApp(rows)
			if err != nil {
				return err
			}
			apps = append(apps, a)
		}
		return rows.Err()
	})
	return apps, err
}

// App returns the app of that name; upper and lower case are alike. An unknown
// one is ClassNotFound with near names in the hint.
func (s *Store) App(ctx context.Context, name string) (oauth.App, error) {
	if err := s.Unlock(ctx); err != nil {
		return oauth.App{}, err
	}
	var app oauth.App
	err := s.read(ctx, func() (err error) {
		app, _, err = s.scanApp(s.pool.QueryRowContext(ctx, sqlAppByName, name))
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return app, s.unknownApp(ctx, name)
	}
	return app, err
}

func (s *Store) scanApp(row scanner) (oauth.App, int64, error) {
	var r appRow
	if err := row.Scan(r.fields()...); err != nil {
		return oauth.App{}, 0, err
	}
	app, err := s.sealer.Load().openApp(&r)
	return app, r.version, err
}

func (s *Store) unknownApp(ctx context.Context, name string) error {
	var names []string
	err := s.read(ctx, func() (err error) {
		names, _, err = appNames(ctx, s.pool, 0)
		return err
	})
	switch {
	case err != nil:
		return err
	case len(names) == 0:
		return notFound("There is no app "+strconv.Quote(name)+", nor any other yet.", "Add one with hsterm app add, or try hsterm demo.")
	}
	return notFound("There is no app "+strconv.Quote(name)+".", didYouMean(name, names, "The apps are "+orList(names)+"."))
}

// querier is what *sql.DB and *sql.Tx have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// appNames returns names and client ids of all apps but one.
func appNames(ctx context.Context, q querier, except int64) (names, clientIDs []string, err error) {
	rows, err := q.QueryContext(ctx, sqlAppNames, except)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, clientID string
		if err := rows.Scan(&name, &clientID); err != nil {
			return nil, nil, err
		}
		names, clientIDs = append(names, name), append(clientIDs, clientID)
	}
	return names, clientIDs, rows.Err()
}

// checkApp refuses an app that cannot be stored besides the others.
func checkApp(ctx context.Context, tx *sql.Tx, app oauth.App) error {
	names, clientIDs, err := appNames(ctx, tx, app.ID)
	if err != nil {
		return err
	}
	for i, name := range names {
		if strings.EqualFold(name, app.Name) {
			return usage("There is an app called "+name+" already.", "Choose another name, or change it with hsterm app edit "+name+".")
		}
		if clientIDs[i] == app.ClientID {
			return usage("The client id "+app.ClientID+" is that of the app "+name+" already.", "Use that app, or change it with hsterm app edit "+name+".")
		}
	}
	return nil
}
