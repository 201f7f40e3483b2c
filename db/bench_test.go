package db

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// fleet is how many portals the start-up figures are about.
const fleet = 500

// fleetPath makes a store with many portals and closes it.
func fleetPath(tb testing.TB, portals int) string {
	tb.Helper()
	path := newPath(tb)
	s, err := Open(context.Background(), testOptions(path))
	must(tb, err)
	defer s.Close()
	app := addApp(tb, s, "main")
	must(tb, s.write(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		for i := range portals {
			c := connection(app, int64(1000+i), fmt.Sprintf("portal-%04d", i))
			c.Token.Access = oauth.NewSecret(fmt.Sprintf("%s-%0300d", marker, i))
			if _, err := s.insertConnection(ctx, tx, c, app); err != nil {
				return err
			}
		}
		return nil
	}))
	return path
}

func BenchmarkOpen(b *testing.B) {
	o := testOptions(fleetPath(b, fleet))
	for b.Loop() {
		s, err := Open(context.Background(), o)
		must(b, err)
		must(b, s.Close())
	}
}

// BenchmarkOpenUnlockPortals is what the first frame waits for.
func BenchmarkOpenUnlockPortals(b *testing.B) {
	o := testOptions(fleetPath(b, fleet))
	for b.Loop() {
		s, err := Open(context.Background(), o)
		must(b, err)
		must(b, s.Unlock(context.Background()))
		portals, err := s.Portals(context.Background())
		must(b, err)
		if len(portals) != fleet || portals[0].User == "" {
			b.Fatal("not all came")
		}
		must(b, s.Close())
	}
}

func BenchmarkPortals(b *testing.B) {
	for _, locked := range []bool{true, false} {
		b.Run(fmt.Sprintf("%d/locked=%v", fleet, locked), func(b *testing.B) {
			s := openStore(b, testOptions(fleetPath(b, fleet)))
			if !locked {
				must(b, s.Unlock(context.Background()))
			}
			for b.Loop() {
				_, err := s.Portals(context.Background())
				must(b, err)
			}
		})
	}
}

// BenchmarkGrant is the way of a valid token; bare is what SQLite takes for
// reading the same blob.
func BenchmarkGrant(b *testing.B) {
	ctx := context.Background()
	s := openStore(b, testOptions(fleetPath(b, fleet)))
	must(b, s.Unlock(ctx))
	b.Run("grant", func(b *testing.B) {
		for b.Loop() {
			_, err := s.Grant(ctx, 250)
			must(b, err)
		}
	})
	b.Run("bare", func(b *testing.B) {
		var blob []byte
		for b.Loop() {
			must(b, s.pool.QueryRowContext(ctx, `SELECT secret FROM portals WHERE id = ?`, 250).Scan(&blob))
		}
	})
}

func BenchmarkSave(b *testing.B) {
	s, p := onePortal(b)
	for b.Loop() {
		ok, err := s.Save(context.Background(), saveOf(p, "next"))
		if must(b, err); !ok {
			b.Fatal("not saved")
		}
		p.Version++
	}
}
