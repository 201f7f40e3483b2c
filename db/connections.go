package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/hsterm/hsterm/oauth"
)

const (
	// The user counts only where each has a grant of their own. A grant from
	// before an app became user-level has no user in its key, but knows whose
	// it was.
	sqlFindGrant = `FROM portals p JOIN apps a ON a.id = p.app_id
		WHERE p.client_id = @client AND p.hub_id = @hub AND p.hub_id <> 0
			AND (NOT a.user_level OR p.grant_user_id = @user OR (p.grant_user_id = 0 AND p.user_id = @user))
		ORDER BY p.grant_user_id = @user DESC, p.id LIMIT 1`
	sqlFindPortal   = `SELECT ` + portalColumns + ` ` + sqlFindGrant
	sqlFindPortalID = `SELECT p.id ` + sqlFindGrant

	sqlRemovePortal = `DELETE FROM portals WHERE id = ?`
)

// FindPortal returns the portal stored for a grant. For an app that is not
// user-level the user is ignored. An unknown one is ClassNotFound.
func (s *Store) FindPortal(ctx context.Context, clientID string, hubID, userID int64) (oauth.Portal, error) {
	missing := notFound(fmt.Sprintf("The account %d is not connected with this app yet.", hubID), "Connect it with hsterm connect.")
	return s.onePortal(ctx, missing, sqlFindPortal,
		sql.Named("client", clientID), sql.Named("hub", hubID), sql.Named("user", userID))
}

// PutConnection stores a new connection, or replaces the tokens of the portal
// that c names. A new consent for a grant that is stored already replaces that
// one too: HubSpot keeps only the newest.
func (s *Store) PutConnection(ctx context.Context, c oauth.Connection) (oauth.Portal, error) {
	if err := checkConnection(c); err != nil {
		return oauth.Portal{}, err
	}
	if err := s.Unlock(ctx); err != nil {
		return oauth.Portal{}, err
	}
	var id int64
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		var app oauth.App
		if c.Kind == oauth.KindOAuth {
			app, _, err = s.scanApp(tx.QueryRowContext(ctx, sqlAppByID, c.AppID))
			if errors.Is(err, sql.ErrNoRows) {
				return noSuchApp(c.AppID)
			}
			if err != nil {
				return err
			}
		}
		if id, err = s.replaced(ctx, tx, c, app); err != nil {
			return err
		}
		if id != 0 {
			err = s.replaceConnection(ctx, tx, id, c, app)
		} else {
			id, err = s.insertConnection(ctx, tx, c, app)
		}
		if err != nil {
			return err
		}
		return s.addPortalEvent(ctx, tx, c.Event, id, c.Now)
	})
	if err != nil {
		return oauth.Portal{}, err
	}
	return s.Portal(ctx, id)
}

// checkConnection refuses what could never be used.
func checkConnection(c oauth.Connection) error {
	switch {
	case c.Token.Access.Empty():
		return usage("There is no token to store.", "Give one, or connect with hsterm connect.")
	case c.Kind != oauth.KindOAuth && c.APIURL == "":
		return usage("A static token needs the address it may be sent to.", "Name it with --api-url.")
	case c.PortalID == 0 && c.Alias != "":
		return checkName("alias", c.Alias)
	}
	return nil
}

// replaced returns the id of the portal that a connection replaces, 0 for none.
func (s *Store) replaced(ctx context.Context, tx *sql.Tx, c oauth.Connection, app oauth.App) (int64, error) {
	if c.PortalID != 0 || c.Kind != oauth.KindOAuth {
		return c.PortalID, nil
	}
	var id int64
	err := tx.QueryRowContext(ctx, sqlFindPortalID, sql.Named("client", app.ClientID),
		sql.Named("hub", c.Token.HubID), sql.Named("user", c.Token.UserID)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// RemovePortal deletes a portal and its secrets. Its events stay. An unknown id
// is ClassNotFound.
func (s *Store) RemovePortal(ctx context.Context, portalID int64, event oauth.Event) error {
	_, err := s.TakePortal(ctx, portalID, event)
	return err
}
