package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// census is what the sealed sentinel row knows of the store: a file that lost
// rows, or was cut and still reads as a database, does not match it.
type census struct {
	Install string `json:"install"`
	Apps    int64  `json:"apps"`
	Portals int64  `json:"portals"`
}

const (
	sqlCensus      = `SELECT (SELECT count(*) FROM apps), (SELECT count(*) FROM portals)`
	sqlSentinel    = `SELECT key_check, sentinel, (SELECT count(*) FROM apps), (SELECT count(*) FROM portals) FROM meta WHERE id = 1`
	sqlSetSentinel = `UPDATE meta SET sentinel = ? WHERE id = 1`
)

func sentinelPlace() place { return place{table: "meta", column: "sentinel", row: "1"} }

func (s *sealer) sealCensus(c census) []byte {
	c.Install = s.install
	plain, _ := json.Marshal(c) // two numbers and a text always encode
	return s.seal(plain, sentinelPlace())
}

func (s *sealer) openCensus(blob []byte) (census, error) {
	var c census
	plain, err := s.open(blob, sentinelPlace())
	if err == nil {
		err = json.Unmarshal(plain, &c)
	}
	return c, err
}

// recount renews the sentinel within a transaction that added or removed rows.
func (s *Store) recount(ctx context.Context, tx *sql.Tx) error {
	var c census
	if err := tx.QueryRowContext(ctx, sqlCensus).Scan(&c.Apps, &c.Portals); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, sqlSetSentinel, s.sealer.Load().sealCensus(c))
	return err
}

// checkSentinel compares the sentinel with what is there.
func (s *Store) checkSentinel(ctx context.Context, key *sealer) error {
	var check, blob []byte
	var is census
	err := s.read(ctx, func() error {
		return s.pool.QueryRowContext(ctx, sqlSentinel).Scan(&check, &blob, &is.Apps, &is.Portals)
	})
	if err != nil {
		return err
	}
	was, err := key.openCensus(blob)
	if err != nil || string(check) != string(key.check) {
		return failure(err, "The store "+s.path+" was changed by something other than hsterm: its sentinel does not open.", hintRestore)
	}
	if was.Apps != is.Apps || was.Portals != is.Portals {
		return failure(nil, fmt.Sprintf("The store %s lost rows: it has %d apps and %d portals where %d and %d were recorded.",
			s.path, is.Apps, is.Portals, was.Apps, was.Portals), hintRestore)
	}
	return nil
}
