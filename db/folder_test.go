package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Every folder that got a new name in it is synced, and no other.
func TestNewFoldersAreSynced(t *testing.T) {
	home := t.TempDir()
	data := filepath.Join(home, "data")
	dir := filepath.Join(data, "hsterm")
	var synced []string
	record := func(dir string) error {
		synced = append(synced, dir)
		return fs.ErrPermission // which is no reason to fail
	}
	must(t, makeFolder(dir, record))
	if want := []string{data, home}; !slices.Equal(synced, want) {
		t.Errorf("synced %v, want %v", synced, want)
	}
	info, err := os.Stat(dir)
	if must(t, err); ownedModes && info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v", info.Mode())
	}
	synced = nil
	if must(t, makeFolder(dir, record)); synced != nil {
		t.Errorf("nothing was made, yet %v synced", synced)
	}
	broken := errors.New("input/output error")
	if err := makeFolder(filepath.Join(home, "other"), func(string) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("a failed sync went unnoticed: %v", err)
	}
	must(t, makeFolder(filepath.Join(home, "third"), syncFolder))
}
