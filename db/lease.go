package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/hsterm/hsterm/oauth"
)

// The right-hand sides see the row as it was: an attempt that is still on record
// when the lease is free was never ended, and taints the new lease.
const sqlAcquire = `UPDATE portals SET
		lease_owner = @owner, lease_gen = lease_gen + 1, lease_until = @until,
		lease_tainted = (attempt_id <> ''), attempt_id = @attempt, attempt_started_at = @now
	WHERE id = @id AND token_version = @version
		AND (lease_owner = '' OR lease_until <= @now OR lease_until > @absurd OR lease_gen = @outwaited)
	RETURNING lease_gen, lease_tainted`

// A lease that is given back keeps a taint it inherited: the outcome of that
// other attempt is as unknown as before.
const (
	sqlFree     = `lease_owner = '', lease_until = 0, attempt_started_at = 0`
	sqlGiveBack = sqlFree + `, attempt_id = CASE WHEN lease_tainted THEN attempt_id ELSE '' END`
	sqlRelease  = `UPDATE portals SET ` + sqlGiveBack + ` WHERE id = ? AND lease_gen = ? AND lease_owner <> ''`
	sqlProbe    = `UPDATE meta SET probed_at = ? WHERE id = 1`
)

// Acquire takes the lease of a portal if it still has the version and nobody
// holds it. A lease that ends later than two lengths from now was taken by a
// clock that ran ahead, and counts as lapsed, as does one that was outwaited.
func (s *Store) Acquire(ctx context.Context, claim oauth.Claim) (oauth.Lease, bool, error) {
	lease := oauth.Lease{
		PortalID: claim.PortalID, Owner: claim.Owner, AttemptID: claim.AttemptID,
	}
	var ok bool
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		now := claim.Now()
		lease.Until, lease.AttemptStartedAt = moment(stamp(now.Add(claim.For))), moment(stamp(now))
		err := s.row(ctx, tx, sqlAcquire,
			sql.Named("id", claim.PortalID), sql.Named("version", claim.Version),
			sql.Named("owner", claim.Owner), sql.Named("attempt", claim.AttemptID),
			sql.Named("now", stamp(now)), sql.Named("until", stamp(lease.Until)),
			sql.Named("absurd", stamp(now.Add(2*claim.For))), sql.Named("outwaited", claim.Outwaited),
		).Scan(&lease.Gen, &lease.TookOver)
		ok = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || !ok {
		return oauth.Lease{}, false, err
	}
	return lease, true, nil
}

// Release gives an acquired lease back with nothing sent.
func (s *Store) Release(ctx context.Context, lease oauth.Lease) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, sqlRelease, lease.PortalID, lease.Gen)
		return err
	})
}

// Probe commits a write, so that a full disk, a read-only file or a missing key
// shows before a token is asked for that could not be kept.
func (s *Store) Probe(ctx context.Context) error {
	if err := s.Unlock(ctx); err != nil {
		return err
	}
	now := s.now()
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, sqlProbe, stamp(now))
		return err
	})
}
