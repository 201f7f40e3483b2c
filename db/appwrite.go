package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// AddApp stores a new app and returns it with its id. A name or client id that
// is taken or malformed is ClassUsage.
func (s *Store) AddApp(ctx context.Context, app oauth.App) (oauth.App, error) {
	if err := checkAppFields(app); err != nil {
		return oauth.App{}, err
	}
	if err := s.Unlock(ctx); err != nil {
		return oauth.App{}, err
	}
	now := s.now()
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		app.ID = 0
		if err := checkApp(ctx, tx, app); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, sqlAddApp, app.Name, app.ClientID, strings.Join(app.Scopes, " "),
			strings.Join(app.OptionalScopes, " "), app.UserLevel, stamp(now), stamp(now))
		if err != nil {
			return err
		}
		if app.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		// The blob is bound to the id, which is known only now.
		blob, err := s.sealer.Load().sealApp(app, 1)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, sqlSealApp, blob, app.ID); err != nil {
			return err
		}
		if err := s.recount(ctx, tx); err != nil {
			return err
		}
		return s.addEvent(ctx, tx, appEvent("app "+app.Name+" added"), now)
	})
	if err != nil {
		return oauth.App{}, err
	}
	app.CreatedAt, app.UpdatedAt = moment(stamp(now)), moment(stamp(now))
	return app, nil
}

// UpdateApp replaces all fields of the app with that id; an empty client secret
// keeps the stored one. The client id cannot change while portals depend on it.
func (s *Store) UpdateApp(ctx context.Context, app oauth.App) (oauth.App, error) {
	if err := checkAppFields(app); err != nil {
		return oauth.App{}, err
	}
	if err := s.Unlock(ctx); err != nil {
		return oauth.App{}, err
	}
	now := s.now()
	var stored oauth.App
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		stored, err = s.updateApp(ctx, tx, app, now)
		return err
	})
	return stored, err
}

func (s *Store) updateApp(ctx context.Context, tx *sql.Tx, app oauth.App, now time.Time) (oauth.App, error) {
	old, version, err := s.scanApp(tx.QueryRowContext(ctx, sqlAppByID, app.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return app, noSuchApp(app.ID)
	}
	if err != nil {
		return app, err
	}
	if err := checkApp(ctx, tx, app); err != nil {
		return app, err
	}
	if app.ClientID != old.ClientID {
		if err := s.unused(ctx, tx, old, "change the client id of"); err != nil {
			return app, err
		}
	}
	if app.ClientSecret.Empty() {
		app.ClientSecret = old.ClientSecret
	}
	blob, err := s.sealer.Load().sealApp(app, version+1)
	if err != nil {
		return app, err
	}
	if _, err = tx.ExecContext(ctx, sqlUpdateApp, app.Name, app.ClientID, version+1, blob, strings.Join(app.Scopes, " "),
		strings.Join(app.OptionalScopes, " "), app.UserLevel, stamp(now), app.ID); err != nil {
		return app, err
	}
	app.CreatedAt, app.UpdatedAt = old.CreatedAt, moment(stamp(now))
	return app, s.addEvent(ctx, tx, appEvent("app "+app.Name+" changed"), now)
}

// RemoveApp deletes an app. While portals depend on it, that is ClassUsage.
func (s *Store) RemoveApp(ctx context.Context, id int64) error {
	if err := s.Unlock(ctx); err != nil {
		return err
	}
	now := s.now()
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var row appRow
		err := tx.QueryRowContext(ctx, sqlAppByID, id).Scan(row.fields()...)
		if errors.Is(err, sql.ErrNoRows) {
			return noSuchApp(id)
		}
		if err != nil {
			return err
		}
		if err := s.unused(ctx, tx, row.app, "remove"); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, sqlRemoveApp, id); err != nil {
			return err
		}
		if err := s.recount(ctx, tx); err != nil {
			return err
		}
		return s.addEvent(ctx, tx, appEvent("app "+row.app.Name+" removed"), now)
	})
}

// unused refuses what would take the app from portals that depend on it.
func (s *Store) unused(ctx context.Context, tx *sql.Tx, app oauth.App, what string) error {
	rows, err := tx.QueryContext(ctx, sqlAppPortals, app.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	var aliases []string
	for rows.Next() {
		var alias string
		if err := rows.Scan(&alias); err != nil {
			return err
		}
		aliases = append(aliases, alias)
	}
	if err := rows.Err(); err != nil || len(aliases) == 0 {
		return err
	}
	if most := 6; len(aliases) > most {
		aliases = append(aliases[:most], "others")
	}
	return usage(fmt.Sprintf("Portals depend on the app %s: %s.", app.Name, strings.Join(aliases, ", ")),
		fmt.Sprintf("To %s it, disconnect them first, or add a second app.", what))
}

func checkAppFields(app oauth.App) error {
	if err := checkName("app name", app.Name); err != nil {
		return err
	}
	if app.ClientID == "" {
		return usage("The app "+app.Name+" has no client id.", "Copy it from the Auth tab of the app in HubSpot.")
	}
	return nil
}

func noSuchApp(id int64) error {
	return notFound(fmt.Sprintf("There is no app with the id %d (it may have been removed meanwhile).", id), "hsterm app list shows all apps.")
}

func appEvent(detail string) oauth.Event {
	return oauth.Event{Kind: oauth.EventAppChanged, Outcome: oauth.OutcomeOK, Detail: detail}
}
