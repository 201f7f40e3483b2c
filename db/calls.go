package db

import (
	"context"
	"database/sql"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// shortTTL is the time to live under which a call counts as a late one.
const shortTTL = 120 * time.Second

const sqlRecordCall = `UPDATE portals SET calls = calls + 1, calls_under_120 = calls_under_120 + ?,
		last_used_at = max(last_used_at, ?), last_401_at = max(last_401_at, ?)
	WHERE id = ?`

// RecordCall counts one call made with a portal's token. A portal that is gone
// is no failure.
func (s *Store) RecordCall(ctx context.Context, call oauth.CallRecord) error {
	late := 0
	if call.Expires && call.TTL < shortTTL {
		late = 1
	}
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, sqlRecordCall, late, stamp(call.At), stamp(call.At401), call.PortalID)
		return err
	})
}
