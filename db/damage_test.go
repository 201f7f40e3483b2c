package db

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// closedStore is a store's file that nobody has open: tests may write to it.
func closedStore(t *testing.T) (path string) {
	t.Helper()
	path = fleetPath(t, 40)
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Fatal("the log was not moved into the file")
	}
	return path
}

// useAll does what a session does first.
func useAll(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, testOptions(path))
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Unlock(ctx); err != nil {
		return err
	}
	portals, err := s.Portals(ctx)
	if err != nil {
		return err
	}
	for _, p := range portals {
		if _, err := s.Grant(ctx, p.ID); err != nil {
			return err
		}
	}
	if _, err := s.Events(ctx, oauth.EventFilter{Limit: 1000}); err != nil {
		return err
	}
	if len(portals) != 40 {
		return fmt.Errorf("silently %d of 40 portals", len(portals))
	}
	return nil
}

func TestDamagedFilesAreExplainedAndLeft(t *testing.T) {
	path := closedStore(t)
	portals, apps := rootPage(t, path, "portals"), rootPage(t, path, "apps")
	pristine, err := os.ReadFile(path)
	must(t, err)
	damage := map[string]func([]byte) []byte{
		"empty":                func([]byte) []byte { return nil },
		"one byte":             func(b []byte) []byte { return b[:1] },
		"half a header":        func(b []byte) []byte { return b[:50] },
		"only a header":        func(b []byte) []byte { return b[:100] },
		"one page":             func(b []byte) []byte { return b[:4096] },
		"half":                 func(b []byte) []byte { return b[:len(b)/2] },
		"all but a page":       func(b []byte) []byte { return b[:len(b)-4096] },
		"all but a byte":       func(b []byte) []byte { return b[:len(b)-1] },
		"zeros":                func(b []byte) []byte { return make([]byte, len(b)) },
		"text":                 func([]byte) []byte { return []byte(strings.Repeat("not a database\n", 500)) },
		"zeroed header":        func(b []byte) []byte { return append(make([]byte, 100), b[100:]...) },
		"zeroed first page":    func(b []byte) []byte { return append(make([]byte, 4096), b[4096:]...) },
		"a table zeroed":       func(b []byte) []byte { clear(b[portals : portals+4096]); return b },
		"a table twice":        func(b []byte) []byte { copy(b[portals:portals+4096], b[apps:]); return b },
		"a table's half":       func(b []byte) []byte { clear(b[portals+8 : portals+2048]); return b },
		"the schema garbled":   func(b []byte) []byte { clear(b[2000:4096]); return b },
		"noise in every page":  noise,
		"another program's id": func(b []byte) []byte { copy(b[68:], "abcd"); return b },
		"no id":                func(b []byte) []byte { copy(b[68:], "\x00\x00\x00\x00"); return b },
		"a newer schema":       func(b []byte) []byte { b[63] = 99; return b },
	}
	for name, spoil := range damage {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "hsterm.db")
			spoiled := spoil(bytes.Clone(pristine))
			must(t, os.WriteFile(path, spoiled, 0o600))
			e := wantClass(t, useAll(path), oauth.ClassStore)
			if e.Hint == "" || strings.Contains(e.Message, "failed.") {
				t.Errorf("no plain words: %s / %s (%v)", e.Message, e.Hint, e.Err)
			}
			after, err := os.ReadFile(path)
			if must(t, err); !bytes.Equal(after, spoiled) {
				t.Error("the damaged file was changed")
			}
		})
	}
}

// rootPage is where a table begins in the file.
func rootPage(t *testing.T, path, table string) int {
	t.Helper()
	s := openStore(t, testOptions(path))
	var page int
	must(t, s.pool.QueryRow(`SELECT rootpage FROM sqlite_master WHERE name = ?`, table).Scan(&page))
	must(t, s.Close())
	return (page - 1) * 4096
}

func noise(b []byte) []byte {
	for page := 4096; page+4096 <= len(b); page += 4096 {
		for i := range 64 {
			b[page+i] ^= 0xa5
		}
	}
	return b
}

// Cut at any page, the file must never pass for a store with fewer portals.
func TestTruncationsAreNeverSilent(t *testing.T) {
	pristine, err := os.ReadFile(closedStore(t))
	must(t, err)
	path := filepath.Join(t.TempDir(), "hsterm.db")
	for i := range 32 {
		must(t, os.WriteFile(path, pristine[:i*len(pristine)/32], 0o600))
		wantClass(t, useAll(path), oauth.ClassStore)
	}
	must(t, os.WriteFile(path, pristine, 0o600))
	must(t, useAll(path))
}

func TestOtherProgramsDatabaseIsLeftAlone(t *testing.T) {
	for name, setup := range map[string]string{
		"plain":        `CREATE TABLE notes (t TEXT); INSERT INTO notes VALUES ('x')`,
		"with an id":   `PRAGMA application_id = 1; CREATE TABLE notes (t TEXT)`,
		"in WAL mode":  `PRAGMA journal_mode = WAL; CREATE TABLE notes (t TEXT)`,
		"only version": `PRAGMA user_version = 4`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "notes.db")
			must(t, touch(path))
			pool, err := openPool(path)
			must(t, err)
			_, err = pool.Exec(setup)
			must(t, err)
			must(t, pool.Close())
			before, err := os.ReadFile(path)
			must(t, err)
			_, err = Open(context.Background(), testOptions(path))
			if e := wantClass(t, err, oauth.ClassStore); !strings.Contains(e.Message, "another program") {
				t.Errorf("said: %s", e.Message)
			}
			after, err := os.ReadFile(path)
			if must(t, err); !bytes.Equal(before, after) {
				t.Error("it was changed")
			}
		})
	}
}

// busyError is what SQLite says to a second writer that does not wait.
func busyError(t *testing.T, s *Store) error {
	t.Helper()
	impatient, err := sql.Open("sqlite", strings.Replace(dataSource(s.Path()), "busy_timeout%285000%29", "busy_timeout%280%29", 1))
	must(t, err)
	defer impatient.Close()
	tx, err := s.pool.Begin()
	must(t, err)
	defer func() { _ = tx.Rollback() }()
	_, err = impatient.Exec(`UPDATE meta SET probed_at = 1`)
	if !busy(err) {
		t.Fatalf("got %v", err)
	}
	return err
}

func TestBusyStoreIsTriedAgainAndThenExplained(t *testing.T) {
	s, _ := onePortal(t)
	err := busyError(t, s)
	if e := wantClass(t, explain(err, s.Path()), oauth.ClassStore); !strings.Contains(e.Message, "locked by another program") {
		t.Errorf("said: %s", e.Message)
	}
	synctest.Test(t, func(t *testing.T) {
		tries, began := 0, time.Now()
		got := again(context.Background(), func() error { tries++; return err })
		if tries != retries || got != err || time.Since(began) > time.Second {
			t.Errorf("%d tries in %v, then %v", tries, time.Since(began), got)
		}
		ctx, cancel := context.WithCancel(context.Background())
		got = again(ctx, func() error { cancel(); return err })
		if got != context.Canceled {
			t.Errorf("cancelled: %v", got)
		}
		tries = 0
		must(t, again(context.Background(), func() error {
			if tries++; tries == 1 {
				return err
			}
			return nil
		}))
	})
}

func TestWritersWaitNoLongerThanTheirContext(t *testing.T) {
	s, _ := onePortal(t)
	s.writing <- struct{}{} // somebody writes
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	wantClass(t, s.Record(ctx, oauth.Event{Kind: oauth.EventCall}), oauth.ClassInterrupted)
	grantOf(t, s, 1) // reading goes on
	<-s.writing
}

func TestDiskTroubleIsExplained(t *testing.T) {
	ctx := context.Background()
	for pragma, words := range map[string]string{
		`PRAGMA max_page_count = 1`: "full", // SQLite takes the size it has
		`PRAGMA query_only = 1`:     "cannot be written to",
	} {
		s, p := onePortal(t)
		s.pool.SetMaxOpenConns(1)
		_, err := s.pool.Exec(pragma)
		must(t, err)
		err = s.Record(ctx, oauth.Event{Kind: oauth.EventCall, Detail: strings.Repeat("x", 100_000)})
		if e := wantClass(t, err, oauth.ClassStore); !strings.Contains(e.Message, words) || e.Hint == "" {
			t.Errorf("%s: %s (%v)", pragma, e.Message, e.Err)
		}
		if got := grantOf(t, s, p.ID); got.Portal.Version != p.Version {
			t.Error("it was changed")
		}
	}
}

func TestReadOnlyFolderIsExplained(t *testing.T) {
	if os.Geteuid() == 0 {
		path := filepath.Join("/proc", "hsterm", "hsterm.db") // nobody can write there
		_, err := Open(context.Background(), testOptions(path))
		wantClass(t, err, oauth.ClassStore)
		return
	}
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o500))
	_, err := Open(context.Background(), testOptions(filepath.Join(dir, "hsterm.db")))
	wantClass(t, err, oauth.ClassStore)
}
