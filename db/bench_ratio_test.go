package db

import (
	"context"
	"database/sql"
	"encoding/binary"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// These time what hsterm does and what SQLite alone takes for it, in turns, so
// that a busy machine slows both. The ratio is printed, not judged.

// BenchmarkFreshBesideBareRead is a good token through the engine: read, opened,
// found good enough. Bare is a prepared SELECT of the same row by its key.
func BenchmarkFreshBesideBareRead(b *testing.B) {
	ctx := context.Background()
	s := openStore(b, testOptions(fleetPath(b, fleet)))
	must(b, s.Unlock(ctx))
	engine := oauth.NewRefresher(oauth.RefresherOptions{Store: s, Now: noon})
	row, err := s.pool.PrepareContext(ctx, `SELECT * FROM portals WHERE id = ?`)
	must(b, err)
	defer row.Close()
	var values [64]any
	columns := columnsOf(b, s)
	for i := range columns {
		values[i] = new(sql.RawBytes)
	}
	sideBySide(b, func() {
		g, err := engine.Fresh(ctx, 250, oauth.FreshOptions{})
		if must(b, err); g.Renewed {
			b.Fatal("the token was not good enough")
		}
	}, func() {
		rows, err := row.QueryContext(ctx, 250)
		must(b, err)
		for rows.Next() {
			must(b, rows.Scan(values[:columns]...))
		}
		must(b, rows.Err())
	})
}

// BenchmarkSaveBesideBareCommit is a new pair stored. Bare is an UPDATE of one
// row with a blob of that size, in a database of the same settings.
func BenchmarkSaveBesideBareCommit(b *testing.B) {
	ctx := context.Background()
	s, p := onePortal(b)
	path := filepath.Join(b.TempDir(), "bare.db")
	must(b, touch(path))
	pool, err := openPool(path)
	must(b, err)
	defer pool.Close()
	must(b, verify(ctx, pool))
	_, err = pool.ExecContext(ctx, `CREATE TABLE bare (id INTEGER PRIMARY KEY, secret BLOB NOT NULL)`)
	must(b, err)
	_, err = pool.ExecContext(ctx, `INSERT INTO bare SELECT 1, zeroblob(length(?))`, storedBlob(b, s, p.ID))
	must(b, err)
	update, err := pool.PrepareContext(ctx, `UPDATE bare SET secret = ? WHERE id = 1`)
	must(b, err)
	defer update.Close()
	blob := storedBlob(b, s, p.ID)
	var count uint64
	sideBySide(b, func() {
		ok, err := s.Save(ctx, saveOf(p, "next"))
		if must(b, err); !ok {
			b.Fatal("not saved")
		}
		p.Version++
	}, func() {
		count++ // SQLite writes nothing where nothing changes
		binary.BigEndian.PutUint64(blob, count)
		_, err := update.ExecContext(ctx, blob)
		must(b, err)
	})
}

// sideBySide times two ways in turns and reports their medians.
func sideBySide(b *testing.B, ours, bare func()) {
	b.Helper()
	var took, least []time.Duration
	timed := func(f func()) time.Duration {
		start := time.Now()
		f()
		return time.Since(start)
	}
	for b.Loop() {
		took, least = append(took, timed(ours)), append(least, timed(bare))
	}
	median := func(all []time.Duration) float64 {
		slices.Sort(all)
		return all[len(all)/2].Seconds() * 1e6
	}
	b.ReportMetric(0, "ns/op") // of both together: says nothing
	b.ReportMetric(median(took), "µs")
	b.ReportMetric(median(least), "µs-bare")
	b.ReportMetric(median(took)/median(least), "times")
}

func columnsOf(b *testing.B, s *Store) (n int) {
	b.Helper()
	must(b, s.pool.QueryRow(`SELECT count(*) FROM pragma_table_info('portals')`).Scan(&n))
	return n
}

func storedBlob(b *testing.B, s *Store, id int64) (blob []byte) {
	b.Helper()
	must(b, s.pool.QueryRow(`SELECT secret FROM portals WHERE id = ?`, id).Scan(&blob))
	return blob
}
