//go:build unix

package db

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/hsterm/hsterm/oauth"
)

func TestFilesAreClosedToOthers(t *testing.T) {
	old := unix.Umask(0)
	defer unix.Umask(old)
	config := filepath.Join(t.TempDir(), "config")
	path := keyed(t, KeyOptions{Source: SourceFile, ConfigDir: config})
	s := openStore(t, Options{Path: path, Keys: KeyOptions{ConfigDir: config}, Now: noon})
	must(t, s.Record(context.Background(), oauth.Event{Kind: oauth.EventCall}))
	files := map[string]os.FileMode{
		path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600, filepath.Dir(path): 0o700,
		filepath.Join(config, "keys"): 0o700, keyFile(t, config, path): 0o600,
	}
	for file, want := range files {
		info, err := os.Stat(file)
		must(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o", file, got)
		}
	}
}

func TestOpenRefusesWhatOthersCanReach(t *testing.T) {
	tests := map[string]struct {
		spoil func(path string) error
		hint  string
	}{
		"readable by the group":  {func(p string) error { return os.Chmod(p, 0o640) }, "chmod 600 "},
		"writable by all":        {func(p string) error { return os.Chmod(p, 0o666) }, "chmod 600 "},
		"an open log":            {func(p string) error { return os.WriteFile(p+"-wal", nil, 0o644) }, "chmod 600 "},
		"a folder open to write": {func(p string) error { return os.Chmod(filepath.Dir(p), 0o777) }, "chmod 700 "},
		"a symbolic link": {func(p string) error {
			if err := os.Rename(p, p+".real"); err != nil {
				return err
			}
			return os.Symlink(p+".real", p)
		}, "--db"},
		"a link in place of the log": {func(p string) error { return os.Symlink("/etc/passwd", p+"-wal") }, "--db"},
		"a folder in its place": {func(p string) error {
			if err := os.Remove(p); err != nil {
				return err
			}
			return os.Mkdir(p, 0o700)
		}, "--db"},
		"another owner": {func(p string) error {
			if os.Geteuid() != 0 {
				return os.Chmod(p, 0o604) // only root can give files away; any other fault will do
			}
			return os.Chown(p, 12345, 12345)
		}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := keyed(t, KeyOptions{Source: SourceMemory, Memory: memoryKey()})
			must(t, test.spoil(path))
			_, err := Open(context.Background(), testOptions(path))
			if e := wantClass(t, err, oauth.ClassStore); !strings.Contains(e.Hint, test.hint) {
				t.Errorf("%s / %s", e.Message, e.Hint)
			}
		})
	}
}

func TestFolderModes(t *testing.T) {
	for name, test := range map[string]struct {
		folder string
		mode   os.FileMode
		ok     bool
	}{
		"our own, readable":      {"hsterm", 0o755, false},
		"our own, closed":        {"hsterm", 0o700, true},
		"the user's, readable":   {"work", 0o755, true},
		"the user's, writable":   {"work", 0o775, false},
		"sticky, such as in tmp": {"work", 0o777 | os.ModeSticky, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), test.folder)
			must(t, os.Mkdir(dir, 0o700))
			must(t, os.Chmod(dir, test.mode))
			s, err := Open(context.Background(), testOptions(filepath.Join(dir, "x.db")))
			if err == nil {
				must(t, s.Close())
			}
			if (err == nil) != test.ok {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A path is not a URL: these characters must not open another file.
func TestOddPaths(t *testing.T) {
	for _, name := range []string{"a b.db", "q?x=1.db", "h#1.db", "p%20q.db", "ü.db", "quote'.db", "back\\slash.db", "a&b=c;d.db"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			s := openStore(t, testOptions(path))
			addApp(t, s, "main")
			if _, err := os.Lstat(path); err != nil {
				t.Errorf("it is elsewhere: %v", err)
			}
			again := openStore(t, testOptions(path))
			apps, err := again.Apps(context.Background())
			if must(t, err); len(apps) != 1 {
				t.Errorf("%d apps", len(apps))
			}
		})
	}
	_, err := Open(context.Background(), Options{})
	wantClass(t, err, oauth.ClassStore)
}

func TestDraftsOfKilledProcessesAreSwept(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.db")
	for _, name := range []string{"x.db.old.new", "x.db.old.new-wal", "x.db.young.new", "y.db.old.new"} {
		must(t, touch(filepath.Join(dir, name)))
	}
	long := noon().Add(-2 * time.Hour)
	for _, name := range []string{"x.db.old.new", "x.db.old.new-wal", "y.db.old.new"} {
		must(t, os.Chtimes(filepath.Join(dir, name), long, long))
	}
	must(t, os.Chtimes(filepath.Join(dir, "x.db.young.new"), noon(), noon()))
	openStore(t, testOptions(path))
	for name, want := range map[string]bool{"x.db.old.new": false, "x.db.old.new-wal": false, "x.db.young.new": true, "y.db.old.new": true} {
		if _, err := os.Lstat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestQuote(t *testing.T) {
	for path, want := range map[string]string{"/a/b-c.db": "/a/b-c.db", "/a b": "'/a b'", "/it's": `'/it'\''s'`} {
		if got := quote(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}
