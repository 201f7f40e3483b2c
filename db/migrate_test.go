package db

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hsterm/hsterm/oauth"
)

func TestSchemaVersionIsThatOfTheNewestMigration(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	must(t, err)
	content, err := migrations.ReadFile(files[len(files)-1])
	must(t, err)
	if len(files) != schemaVersion || !strings.Contains(string(content), fmt.Sprintf("PRAGMA user_version = %d;", schemaVersion)) {
		t.Errorf("%d migrations, schema version %d: each must set user_version", len(files), schemaVersion)
	}
}

func TestOpenStoreNeedsNoMigration(t *testing.T) {
	s, _ := onePortal(t)
	tamper(t, s, `DROP TABLE goose_db_version`) // goose would begin anew
	must(t, useOnce(s.Path()))
}

func useOnce(path string) error {
	s, err := Open(context.Background(), testOptions(path))
	if err != nil {
		return err
	}
	defer s.Close()
	return s.Unlock(context.Background())
}

func TestOlderStoreIsUpgraded(t *testing.T) {
	s, _ := onePortal(t)
	tamper(t, s, `PRAGMA user_version = 0`)
	if err := migrate(context.Background(), s.pool, withNext(t)); err != nil {
		t.Fatal(err)
	}
	_, version, err := header(context.Background(), s.pool)
	if must(t, err); version != schemaVersion+1 {
		t.Errorf("version %d", version)
	}
	var n int
	must(t, s.pool.QueryRow(`SELECT count(*) FROM later`).Scan(&n))
	_, err = Open(context.Background(), testOptions(s.Path()))
	if e := wantClass(t, err, oauth.ClassStore); !strings.Contains(e.Message, "newer hsterm") {
		t.Error(e.Message)
	}
}

// withNext is the migrations and one more, that cannot run twice.
func withNext(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{nextMigration(): {
		Data: fmt.Appendf(nil, "-- +goose Up\nCREATE TABLE later (x INTEGER);\nPRAGMA user_version = %d;\n", schemaVersion+1),
	}}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	must(t, err)
	for _, name := range names {
		content, err := migrations.ReadFile(name)
		must(t, err)
		files[name] = &fstest.MapFile{Data: content}
	}
	return files
}

func nextMigration() string { return fmt.Sprintf("migrations/%05d_later.sql", schemaVersion+1) }

func TestFailedMigrationChangesNothing(t *testing.T) {
	s, _ := onePortal(t)
	files := withNext(t).(fstest.MapFS)
	files[nextMigration()].Data = append(files[nextMigration()].Data, "SELECT nonsense;\n"...)
	if err := migrate(context.Background(), s.pool, files); err == nil {
		t.Fatal("it ran")
	}
	must(t, useOnce(s.Path()))
	var n int
	must(t, s.pool.QueryRow(`SELECT count(*) FROM sqlite_master WHERE name = 'later'`).Scan(&n))
	if n != 0 {
		t.Error("half a migration stayed")
	}
}

// One upgrades, the other finds it done.
func TestUpgradesTakeTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db-upgrade")
	release, err := lockUpgrade(context.Background(), path)
	must(t, err)
	second := make(chan error, 1)
	entered := make(chan struct{})
	go func() {
		close(entered)
		release, err := lockUpgrade(context.Background(), path)
		if err == nil {
			release(true)
		}
		second <- err
	}()
	<-entered
	select {
	case err := <-second:
		t.Fatalf("both hold it (%v)", err)
	default:
	}
	release(false)
	must(t, <-second)
	if _, err := os.Lstat(path); err == nil {
		t.Error("the lock file stayed")
	}
}

func TestPragmasHold(t *testing.T) {
	s := newStore(t)
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "busy_timeout": "5000", "foreign_keys": "1", "secure_delete": "1",
		"application_id": "1752396909", "user_version": strconv.Itoa(schemaVersion),
	}
	for range connections { // on every connection
		conn, err := s.pool.Conn(context.Background())
		must(t, err)
		defer conn.Close()
		for name, value := range want {
			var got string
			must(t, conn.QueryRowContext(context.Background(), `PRAGMA `+name).Scan(&got))
			if got != value {
				t.Errorf("%s is %s", name, got)
			}
		}
	}
}

func TestOlderThan(t *testing.T) {
	for _, c := range []struct {
		version string
		older   bool
	}{{"3.51.2", true}, {"3.51.3", false}, {"3.53.4", false}, {"3.9.9", true}, {"4.0.0", false}, {"3.51", true}} {
		if olderThan(c.version, oldestSQLite) != c.older {
			t.Error(c.version)
		}
	}
}
