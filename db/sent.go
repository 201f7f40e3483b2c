package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

const (
	sqlAddSent = `INSERT INTO sent_calls (portal_id, at, sample, method, path, status, class, duration_us, size, correlation_id)
		SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM portals WHERE id = ? RETURNING id`
	sqlSealSent  = `UPDATE sent_calls SET request = ? WHERE id = ?`
	sqlPruneSent = `DELETE FROM sent_calls WHERE portal_id = @portal AND id <=
		(SELECT id FROM sent_calls WHERE portal_id = @portal ORDER BY id DESC LIMIT 1 OFFSET @kept)`
	sqlSent = `SELECT id, at, sample, method, path, request, status, class, duration_us, size, correlation_id
		FROM sent_calls WHERE portal_id = ? ORDER BY id DESC LIMIT ?`
	sqlForgetSent = `DELETE FROM sent_calls WHERE id = ?`
)

// sentRequest is what is sealed of a call: it may be about people.
type sentRequest struct {
	Query   string `json:"query,omitempty"`
	Body    []byte `json:"body,omitempty"`
	TooLong bool   `json:"too_long,omitempty"` // the body was left out
}

func sentPlace(id, portalID int64) place {
	return place{table: "sent_calls", column: "request", row: strconv.FormatInt(portalID, 10) + "/" + strconv.FormatInt(id, 10)}
}

// KeepSent adds a call and forgets the oldest beyond [oauth.SentKept]. It unlocks
// the store.
func (s *Store) KeepSent(ctx context.Context, call oauth.SentCall) error {
	if !call.Keepable() {
		return nil
	}
	if err := s.Unlock(ctx); err != nil {
		return err
	}
	request := sentRequest{Query: call.Query, Body: call.Body}
	if len(call.Body) > oauth.SentMaxBody {
		request.Body, request.TooLong = nil, true
	}
	plain, err := json.Marshal(request)
	if err != nil {
		return s.explain(err)
	}
	key := s.sealer.Load()
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var id int64
		err := tx.QueryRowContext(ctx, sqlAddSent, stamp(call.At), call.Sample, call.Method, call.Path, call.Status, call.Class,
			call.Elapsed.Microseconds(), call.Size, call.CorrelationID, call.PortalID).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // the portal is gone
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, sqlSealSent, key.seal(plain, sentPlace(id, call.PortalID)), id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, sqlPruneSent, sql.Named("portal", call.PortalID), sql.Named("kept", oauth.SentKept))
		return err
	})
}

// Sent returns a portal's calls, newest first. Without the key, and where a row
// was tampered with, they come without query and body.
func (s *Store) Sent(ctx context.Context, portalID int64) ([]oauth.SentCall, error) {
	var calls []oauth.SentCall
	err := s.read(ctx, func() error {
		calls = nil
		rows, err := s.pool.QueryContext(ctx, sqlSent, portalID, oauth.SentKept)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			c := oauth.SentCall{PortalID: portalID}
			var at, took int64
			var blob []byte
			if err := rows.Scan(&c.ID, &at, &c.Sample, &c.Method, &c.Path, &blob, &c.Status, &c.Class, &took, &c.Size,
				&c.CorrelationID); err != nil {
				return err
			}
			c.At, c.Elapsed = moment(at), time.Duration(took)*time.Microsecond
			s.openSent(&c, blob)
			calls = append(calls, c)
		}
		return rows.Err()
	})
	return calls, err
}

// openSent adds what is sealed of a call.
func (s *Store) openSent(c *oauth.SentCall, blob []byte) {
	c.Partial = true
	key := s.sealer.Load()
	if key == nil {
		return
	}
	var request sentRequest
	plain, err := key.open(blob, sentPlace(c.ID, c.PortalID))
	if err != nil || json.Unmarshal(plain, &request) != nil {
		return
	}
	c.Query, c.Body, c.Partial = request.Query, request.Body, request.TooLong
}

// ForgetSent removes a call.
func (s *Store) ForgetSent(ctx context.Context, id int64) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, sqlForgetSent, id)
		return err
	})
}
