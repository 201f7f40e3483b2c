package db

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// bare opens the store's file as another program would.
func bare(t *testing.T, s *Store, pragmas string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("sqlite", "file:"+s.Path()+"?mode=rw"+pragmas)
	must(t, err)
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

// SQLite ignores a pragma that it does not know or cannot follow, so that a
// connection without our guarantees has to be noticed.
func TestPragmasAreReadBack(t *testing.T) {
	s := newStore(t)
	must(t, verify(context.Background(), s.pool))
	err := verify(context.Background(), bare(t, s, "&_pragma=busy_timeout(5000)&_pragma=synchronous(1)"))
	if e := wantClass(t, err, oauth.ClassStore); !strings.Contains(e.Message, "did not accept") {
		t.Error(e.Message)
	}
}

// A transaction that took its lock only when it first writes could fail half way
// through, or read what another is about to change.
func TestTransactionsTakeTheLockAtOnce(t *testing.T) {
	s := newStore(t)
	other := bare(t, s, "&_pragma=busy_timeout(0)&_txlock=immediate")
	must(t, s.write(context.Background(), func(context.Context, *sql.Tx) error {
		tx, err := other.Begin()
		if err == nil {
			_ = tx.Rollback()
		}
		if !busy(err) {
			t.Errorf("another writer was let in: %v", err)
		}
		return nil
	}))
}

func TestProbeNeedsAStoreThatCanSave(t *testing.T) {
	s, _ := onePortal(t)
	must(t, s.Probe(context.Background()))
	var probed int64
	if must(t, s.pool.QueryRow(`SELECT probed_at FROM meta`).Scan(&probed)); probed != stamp(noon()) {
		t.Error("a probe that writes nothing proves nothing")
	}
	s.pool.SetMaxOpenConns(1)
	_, err := s.pool.Exec(`PRAGMA query_only = 1`)
	must(t, err)
	wantClass(t, s.Probe(context.Background()), oauth.ClassStore)
}
