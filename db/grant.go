package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/hsterm/hsterm/oauth"
)

// One statement reads portal and app in one snapshot. The app's columns are
// null for a static token, so they come through coalesce.
const sqlGrant = `SELECT ` + portalColumns + `, coalesce(a.id, 0), coalesce(a.name, ''), coalesce(a.client_id, ''),
	coalesce(a.version, 0), coalesce(a.scopes, ''), coalesce(a.optional_scopes, ''), coalesce(a.user_level, 0),
	coalesce(a.created_at, 0), coalesce(a.updated_at, 0), coalesce(a.paused_until, 0), coalesce(a.pause_reason, ''),
	coalesce(a.secret, x'')` + fromPortals + `WHERE p.id = ?`

// Grant reads a portal with its secrets and its app in one snapshot, without a
// write lock. It unlocks the store. An unknown id is ClassNotFound, secrets that
// do not open ClassStore.
func (s *Store) Grant(ctx context.Context, portalID int64) (oauth.Grant, error) {
	if err := s.Unlock(ctx); err != nil {
		return oauth.Grant{}, err
	}
	query, err := s.prepared(ctx, sqlGrant)
	if err != nil {
		return oauth.Grant{}, err
	}
	var portal portalRow
	var app appRow
	err = s.read(ctx, func() error {
		portal, app = portalRow{}, appRow{}
		err := query.QueryRowContext(ctx, portalID).Scan(append(portal.fields(), app.fields()...)...)
		if errors.Is(err, sql.ErrNoRows) {
			return noSuchPortal(portalID)
		}
		return err
	})
	if err != nil {
		return oauth.Grant{}, err
	}
	return s.sealer.Load().openGrant(&portal, &app)
}

func (s *sealer) openGrant(portal *portalRow, app *appRow) (oauth.Grant, error) {
	p := portal.finish()
	secret, err := s.openPortal(p, portal.secret)
	if err != nil {
		return oauth.Grant{}, tamperedPortal(err, p)
	}
	g := oauth.Grant{Portal: *p, Access: oauth.NewSecret(secret.Access), Refresh: oauth.NewSecret(secret.Refresh)}
	if p.Kind != oauth.KindOAuth {
		g.APIURL, g.APIVersion = secret.APIURL, secret.APIVersion
		if g.APIURL == "" {
			return oauth.Grant{}, tamperedPortal(nil, p)
		}
		return g, nil
	}
	if g.App, err = s.openApp(app); err != nil {
		return oauth.Grant{}, err
	}
	// The app says where the token goes. Its own blob is genuine, but only the
	// client id, sealed into both, proves that it is this portal's.
	if g.App.ClientID != p.ClientID {
		return oauth.Grant{}, tamperedPortal(nil, p)
	}
	g.APIURL, g.APIVersion = g.App.APIURL, g.App.APIVersion
	return g, nil
}

func tamperedPortal(cause error, p *oauth.Portal) error {
	err := &oauth.Error{
		Class:   oauth.ClassStore,
		Message: "The stored secrets of the portal " + p.Alias + " do not open: the row was changed by something other than hsterm.",
		Hint:    "Connect it again with hsterm connect.",
		Portal:  p.Alias, Err: cause,
	}
	return err
}
