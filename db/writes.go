package db

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"errors"
	"strconv"

	"github.com/hsterm/hsterm/oauth"
)

// A row of the future was written by a clock that ran ahead. Within the memory it
// counts like one of the past, so that a clock set back forgets nothing.
const (
	sqlForgetWrites = `DELETE FROM writes WHERE started_at <= ? OR started_at >= ?`
	sqlDoubt        = `SELECT started_at, outcome FROM writes WHERE portal_id = ? AND fingerprint = ? ORDER BY id DESC LIMIT 1`
	sqlBeginWrite   = `INSERT INTO writes (portal_id, fingerprint, method, path, started_at)
		SELECT id, ?, ?, ?, ? FROM portals WHERE id = ? RETURNING id`

	sqlWriteDone = `DELETE FROM writes WHERE id <= @id AND
		(portal_id, fingerprint) = (SELECT portal_id, fingerprint FROM writes WHERE id = @id)`
	sqlWriteRefused = `DELETE FROM writes WHERE id = @id`
	sqlWriteUnknown = `UPDATE writes SET outcome = 'unknown' WHERE id = @id`
)

// BeginWrite puts a write on record before it is sent, unless the same one is on
// record already and again is false. It unlocks the store.
func (s *Store) BeginWrite(ctx context.Context, w oauth.Write, again bool) (id int64, doubt *oauth.Doubt, err error) {
	if err := s.Unlock(ctx); err != nil {
		return 0, nil, err
	}
	mark := s.sealer.Load().fingerprint(w)
	now := stamp(w.At)
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		id, doubt = 0, nil
		memory := oauth.WriteMemory.Milliseconds()
		if _, err := tx.ExecContext(ctx, sqlForgetWrites, now-memory, now+memory); err != nil {
			return err
		}
		if !again {
			if doubt, err = doubtAbout(ctx, tx, w.PortalID, mark); err != nil || doubt != nil {
				return err
			}
		}
		err := tx.QueryRowContext(ctx, sqlBeginWrite, mark, w.Method, w.Path, now, w.PortalID).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return noSuchPortal(w.PortalID)
		}
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	return id, doubt, nil
}

// doubtAbout is the newest same write on record, nil when there is none.
func doubtAbout(ctx context.Context, tx *sql.Tx, portalID int64, mark []byte) (*oauth.Doubt, error) {
	var at int64
	var outcome oauth.WriteOutcome
	err := tx.QueryRowContext(ctx, sqlDoubt, portalID, mark).Scan(&at, &outcome)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &oauth.Doubt{At: moment(at), Answered: outcome == oauth.WriteUnknown}, nil
}

// EndWrite tells what became of a write on record.
func (s *Store) EndWrite(ctx context.Context, id int64, outcome oauth.WriteOutcome) error {
	statement := sqlWriteUnknown
	switch outcome {
	case oauth.WriteDone:
		statement = sqlWriteDone
	case oauth.WriteRefused:
		statement = sqlWriteRefused
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statement, sql.Named("id", id))
		return err
	})
}

// fingerprint is the same for the same write under the same key. Without the key
// it cannot be made, so that nobody finds a short body by trying them all.
func (s *sealer) fingerprint(w oauth.Write) []byte {
	mac := hmac.New(sha256.New, s.writes)
	mac.Write(prefixed(nil, strconv.FormatInt(w.PortalID, 10), w.Method, w.Path, w.Query))
	mac.Write(w.Body)
	return mac.Sum(nil)
}
