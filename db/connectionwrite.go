package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

const (
	sqlInsertPortal = `INSERT INTO portals (alias, kind, app_id, client_id, hub_id, user_id, grant_user_id, account_type,
			ui_domain, region, scopes, token_type, expires_at, lifetime, token_version, token_at, status, status_since,
			created_at, updated_at, secret)
		VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 'active', ?, ?, ?, x'')`
	sqlSealPortal = `UPDATE portals SET secret = ? WHERE id = ?`

	sqlReplacePortal = `UPDATE portals SET kind = ?, app_id = nullif(?, 0), client_id = ?, hub_id = ?, user_id = ?,
			grant_user_id = ?, account_type = ?, ui_domain = ?, region = ?, scopes = ?, token_type = ?, expires_at = ?,
			lifetime = ?, token_version = ?, token_at = ?, updated_at = ?, secret = ?,
			status_since = CASE status WHEN 'active' THEN status_since ELSE ? END,
			status = 'active', status_reason = '',
			lease_owner = '', lease_until = 0, lease_tainted = 0,
			attempt_id = '', attempt_started_at = 0,
			next_attempt_at = 0, fail_count = 0, last_failure_class = ''
		WHERE id = ?`

	sqlAliasTaken = `SELECT count(*) FROM portals WHERE alias = ?`
)

// connectionPortal is the portal that a connection describes.
func connectionPortal(c oauth.Connection, app oauth.App) oauth.Portal {
	return oauth.Portal{
		Kind: c.Kind, AppID: app.ID, ClientID: app.ClientID,
		HubID: c.Token.HubID, UserID: c.Token.UserID,
		AccountType: c.Account.AccountType, UIDomain: c.Account.UIDomain, Region: c.Account.Region,
		TokenType: c.Token.Type, Version: 1,
	}
}

// grantUser is the user that is part of a grant's identity.
func grantUser(app oauth.App, userID int64) int64 {
	if app.UserLevel {
		return userID
	}
	return 0
}

func connectionSecret(c oauth.Connection) portalSecret {
	secret := portalSecret{
		Access: c.Token.Access.Reveal(), Refresh: c.Token.Refresh.Reveal(),
		HubDomain: c.HubDomain, User: c.User,
	}
	if c.Kind != oauth.KindOAuth {
		secret.APIURL, secret.APIVersion = c.APIURL, c.APIVersion
	}
	return secret
}

func (s *Store) insertConnection(ctx context.Context, tx *sql.Tx, c oauth.Connection, app oauth.App) (int64, error) {
	p := connectionPortal(c, app)
	alias, err := freeAlias(ctx, tx, c)
	if err != nil {
		return 0, err
	}
	now := stamp(c.Now)
	result, err := tx.ExecContext(ctx, sqlInsertPortal, alias, p.Kind, p.AppID, p.ClientID, p.HubID, p.UserID,
		grantUser(app, p.UserID), p.AccountType, p.UIDomain, p.Region, scopeText(c.Token.Scopes, ""), p.TokenType,
		seconds(c.Token.ExpiresAt), int64(c.Token.Lifetime/time.Second), now, now, now, now)
	if err != nil {
		return 0, err
	}
	if p.ID, err = result.LastInsertId(); err != nil {
		return 0, err
	}
	// The blob is bound to the id, which is known only now.
	blob, err := s.sealer.Load().sealPortal(&p, connectionSecret(c))
	if err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, sqlSealPortal, blob, p.ID); err != nil {
		return 0, err
	}
	return p.ID, s.recount(ctx, tx)
}

// freeAlias returns the alias of a new connection: the one asked for if it is
// free, or one made from what is known of the account.
func freeAlias(ctx context.Context, tx *sql.Tx, c oauth.Connection) (string, error) {
	var failed error
	taken := func(alias string) bool {
		var n int
		failed = errors.Join(failed, tx.QueryRowContext(ctx, sqlAliasTaken, alias).Scan(&n))
		return n > 0
	}
	if c.Alias == "" {
		return aliasFrom(c.HubDomain, c.Token.HubID, taken), failed
	}
	if taken(c.Alias) {
		return "", aliasTaken(c.Alias)
	}
	return c.Alias, failed
}

// replaceConnection puts the tokens of a new grant into a portal. Alias,
// settings and counters stay; what the new grant does not tell stays too.
func (s *Store) replaceConnection(ctx context.Context, tx *sql.Tx, id int64, c oauth.Connection, app oauth.App) error {
	var row portalRow
	err := tx.QueryRowContext(ctx, sqlPortal, id).Scan(row.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return noSuchPortal(id)
	}
	if err != nil {
		return err
	}
	old := row.finish()
	p := connectionPortal(c, app)
	if err := samePortal(old, p); err != nil {
		return err
	}
	secret := connectionSecret(c)
	// What does not open is being replaced: then there is nothing to keep.
	if was, err := s.sealer.Load().openPortal(old, row.secret); err == nil {
		if old.RefreshTokenStands(p) {
			secret.Refresh = cmp.Or(secret.Refresh, was.Refresh)
		}
		secret.HubDomain, secret.User = cmp.Or(secret.HubDomain, was.HubDomain), cmp.Or(secret.User, was.User)
	}
	p.ID, p.Version = id, old.Version+1
	if p.HubID == 0 {
		p.HubID = old.HubID
	}
	if p.UserID == 0 {
		p.UserID = old.UserID
	}
	blob, err := s.sealer.Load().sealPortal(&p, secret)
	if err != nil {
		return err
	}
	now := stamp(c.Now)
	_, err = tx.ExecContext(ctx, sqlReplacePortal, p.Kind, p.AppID, p.ClientID, p.HubID, p.UserID,
		grantUser(app, p.UserID), cmp.Or(p.AccountType, old.AccountType), cmp.Or(p.UIDomain, old.UIDomain),
		cmp.Or(p.Region, old.Region), scopeText(c.Token.Scopes, row.scopes), cmp.Or(p.TokenType, old.TokenType),
		seconds(c.Token.ExpiresAt), int64(c.Token.Lifetime/time.Second), p.Version, now, now, blob, now, id)
	if duplicate(err) {
		return usage(fmt.Sprintf("The account %d is connected with this app under another alias already.", p.HubID),
			"Reconnect that one instead; hsterm list shows all portals.")
	}
	return err
}

// samePortal is the last guard against putting one account's tokens into
// another's row.
func samePortal(old *oauth.Portal, p oauth.Portal) error {
	if old.HubID == 0 || p.HubID == 0 || old.HubID == p.HubID {
		return nil
	}
	return &oauth.Error{
		Class: oauth.ClassWrongPortal, Portal: old.Alias,
		Message: fmt.Sprintf("The new grant is for the account %d, but %s is the account %d; nothing was changed.", p.HubID, old.Alias, old.HubID),
		Hint:    fmt.Sprintf("Choose the account %d on the consent page, or connect %d as a portal of its own.", old.HubID, p.HubID),
	}
}
