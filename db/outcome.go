package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// Good news is guarded by the version, bad news by the lease. Guarding a save by
// the lease would throw away the only valid refresh token when its holder was
// slow; guarding a refusal by the version alone would end a newer grant.
const (
	sqlSave = `UPDATE portals SET secret = ?, expires_at = ?, lifetime = ?, token_type = ?, scopes = ?,
			token_version = token_version + 1, token_at = ?, updated_at = ?,
			status_since = CASE status WHEN 'active' THEN status_since ELSE ? END,
			status = 'active', status_reason = '',
			lease_owner = '', lease_until = 0, lease_tainted = 0, attempt_started_at = 0,
			attempt_id = CASE WHEN ? IN ('', attempt_id) THEN '' ELSE attempt_id END,
			next_attempt_at = 0, fail_count = 0, last_failure_class = '',
			refresh_ok = refresh_ok + 1, last_refresh_at = ?, last_refresh_ms = ?
		WHERE id = ? AND token_version = ?`
	sqlRefuse = `UPDATE portals SET status_since = CASE status WHEN ? THEN status_since ELSE ? END,
			status = ?, status_reason = ?, updated_at = ?, ` + sqlGiveBack + `,
			next_attempt_at = 0, fail_count = fail_count + 1, last_failure_class = ?,
			refresh_failed = refresh_failed + 1, last_failure_at = ?
		WHERE id = ? AND token_version = ? AND lease_gen = ? AND lease_owner <> ''`
	sqlRestore = `UPDATE portals SET status = 'active', status_reason = '', status_since = ?, updated_at = ?,
			fail_count = 0, last_failure_class = ''
		WHERE id = ? AND token_version = ? AND kind <> 'oauth' AND status = 'reconnect_required'`
	sqlFail = `UPDATE portals SET ` + sqlFree + `, updated_at = ?, next_attempt_at = ?,
			attempt_id = CASE WHEN lease_tainted OR ? THEN attempt_id ELSE '' END,
			fail_count = fail_count + 1, last_failure_class = ?,
			refresh_failed = refresh_failed + 1, last_failure_at = ?
		WHERE id = ? AND lease_gen = ? AND lease_owner <> ''`
	sqlPause = `UPDATE apps SET paused_until = @until, pause_reason = @reason
		WHERE id = (SELECT app_id FROM portals WHERE id = @portal)
			AND (paused_until < @until OR paused_until > @absurd)`
)

// Save writes a new pair where the portal still has the version that was
// refreshed, whoever holds the lease by now.
func (s *Store) Save(ctx context.Context, save oauth.Save) (ok bool, err error) {
	if err := s.Unlock(ctx); err != nil {
		return false, err
	}
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		ok = false
		var row portalRow
		err := s.row(ctx, tx, sqlPortal, save.PortalID).Scan(row.fields()...)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // disconnected meanwhile
		}
		if err != nil || row.portal.Version != save.Version {
			return err
		}
		p := row.finish()
		blob, err := s.sealer.Load().renew(*p, row.secret, save.Token)
		if err != nil {
			return err
		}
		token := save.Token
		result, err := s.exec(ctx, tx, sqlSave, blob, seconds(token.ExpiresAt), int64(token.Lifetime/time.Second),
			cmp.Or(token.Type, p.TokenType), scopeText(token.Scopes, row.scopes), stamp(save.Now), stamp(save.Now),
			stamp(save.Now), save.AttemptID, stamp(save.Now), save.Took.Milliseconds(), p.ID, save.Version)
		if ok, err = changed(result, err); err != nil || !ok {
			return err
		}
		return s.addPortalEvent(ctx, tx, save.Event, p.ID, save.Now)
	})
	return ok && err == nil, err
}

// renew seals the blob of a portal's next version: new tokens, the rest as it
// was. Where the old blob does not open, a complete new pair is still kept.
func (s *sealer) renew(p oauth.Portal, blob []byte, token oauth.Token) ([]byte, error) {
	secret, err := s.openPortal(&p, blob)
	if err != nil && token.Refresh.Empty() {
		return nil, tamperedPortal(err, &p)
	}
	secret.Access = token.Access.Reveal()
	if !token.Refresh.Empty() {
		secret.Refresh = token.Refresh.Reveal()
	}
	p.Version++
	return s.sealPortal(&p, secret)
}

// Refuse ends a connection whose grant was refused, where version and lease are
// still those of the refused attempt.
func (s *Store) Refuse(ctx context.Context, lease oauth.Lease, version int64, r oauth.Refusal) (ok bool, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		now := stamp(r.Now)
		ok, err = changed(tx.ExecContext(ctx, sqlRefuse, r.Status, now, r.Status, r.Reason, now, r.Event.Class, now,
			lease.PortalID, version, lease.Gen))
		if err != nil || !ok {
			return err
		}
		return s.addPortalEvent(ctx, tx, r.Event, lease.PortalID, r.Now)
	})
	return ok && err == nil, err
}

// Restore makes a static token active again that was given up, where it is still
// the one that has worked.
func (s *Store) Restore(ctx context.Context, portalID, version int64, now time.Time, event oauth.Event) (ok bool, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		ok, err = changed(tx.ExecContext(ctx, sqlRestore, stamp(now), stamp(now), portalID, version))
		if err != nil || !ok {
			return err
		}
		return s.addPortalEvent(ctx, tx, event, portalID, now)
	})
	return ok && err == nil, err
}

// Fail records an attempt without a verdict, and the pause of the whole app that
// may come of it, where the lease is still held.
func (s *Store) Fail(ctx context.Context, lease oauth.Lease, f oauth.Failure) (ok bool, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		now := stamp(f.Now)
		ok, err = changed(tx.ExecContext(ctx, sqlFail, now, stamp(f.NextAttemptAt), f.Lost, f.Class, now, lease.PortalID, lease.Gen))
		if err != nil || !ok {
			return err
		}
		if err := pause(ctx, tx, lease.PortalID, f); err != nil {
			return err
		}
		return s.addPortalEvent(ctx, tx, f.Event, lease.PortalID, f.Now)
	})
	return ok && err == nil, err
}

// pause holds all refreshes of a portal's app back. Of two pauses the later end
// holds, unless it is so late that a clock that ran ahead wrote it.
func pause(ctx context.Context, tx *sql.Tx, portalID int64, f oauth.Failure) error {
	if f.Pause.Until.IsZero() {
		return nil
	}
	_, err := tx.ExecContext(ctx, sqlPause, sql.Named("portal", portalID), sql.Named("until", stamp(f.Pause.Until)),
		sql.Named("reason", f.Pause.Reason), sql.Named("absurd", stamp(f.Now.Add(oauth.MaxRetryAfter))))
	return err
}

// addPortalEvent adds the event of a change to the portal it is about.
func (s *Store) addPortalEvent(ctx context.Context, tx *sql.Tx, e oauth.Event, portalID int64, now time.Time) error {
	if e.PortalID == 0 {
		e.PortalID = portalID
	}
	return s.addEvent(ctx, tx, e, now)
}

// changed tells whether a statement changed a row.
func changed(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// seconds is how an expiry is stored: whole Unix seconds, rounded down, 0 for
// none.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// scopeText is how scopes are stored: sorted, one space between; nil keeps old.
func scopeText(scopes []string, old string) string {
	if scopes == nil {
		return old
	}
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(scopes))), " ")
}
