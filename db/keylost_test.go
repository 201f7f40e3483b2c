package db

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestLostOrWrongKeys(t *testing.T) {
	config := t.TempDir()
	ring := newRing()
	tests := map[string]struct {
		made, opened KeyOptions
		spoil        func(t *testing.T, path string)
		class        oauth.Class
	}{
		"the keyring was emptied": {
			made: KeyOptions{Source: SourceSystem, Keyring: ring}, opened: KeyOptions{Keyring: newRing()}, class: oauth.ClassStore,
		},
		"the keyring does not answer": {
			made: KeyOptions{Source: SourceSystem, Keyring: ring}, opened: KeyOptions{Keyring: brokenRing()}, class: oauth.ClassStore,
		},
		"the key file is gone": {
			made: KeyOptions{Source: SourceFile, ConfigDir: config}, opened: KeyOptions{ConfigDir: t.TempDir()}, class: oauth.ClassStore,
		},
		"the key file is open to others": {
			made: KeyOptions{Source: SourceFile, ConfigDir: config}, opened: KeyOptions{ConfigDir: config}, class: oauth.ClassStore,
			spoil: func(t *testing.T, path string) { must(t, os.Chmod(keyFile(t, config, path), 0o644)) },
		},
		"the key file is damaged": {
			made: KeyOptions{Source: SourceFile, ConfigDir: config}, opened: KeyOptions{ConfigDir: config}, class: oauth.ClassStore,
			spoil: func(t *testing.T, path string) {
				must(t, os.WriteFile(keyFile(t, config, path), []byte("{"), 0o600))
			},
		},
		"HSTERM_KEY is another": {
			made:   KeyOptions{Source: SourceEnv, Getenv: environment("HSTERM_KEY", testKey)},
			opened: KeyOptions{Getenv: environment("HSTERM_KEY", otherKey)}, class: oauth.ClassStore,
		},
		"HSTERM_PASSPHRASE is wrong": {
			made:   KeyOptions{Source: SourcePassphrase, Getenv: environment("HSTERM_PASSPHRASE", marker)},
			opened: KeyOptions{Getenv: environment("HSTERM_PASSPHRASE", "wrong")}, class: oauth.ClassStore,
		},
		"another source was named": {
			made:   KeyOptions{Source: SourceEnv, Getenv: environment("HSTERM_KEY", testKey)},
			opened: KeyOptions{Source: SourceFile, ConfigDir: config}, class: oauth.ClassUsage,
		},
		"a key in memory ended": {
			made: KeyOptions{Source: SourceMemory, Memory: memoryKey()}, opened: KeyOptions{}, class: oauth.ClassStore,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := keyed(t, test.made)
			if test.spoil != nil {
				test.spoil(t, path)
			}
			s, err := unlock(t, path, test.opened)
			e := wantClass(t, err, test.class)
			if e.Hint == "" || !s.Locked() {
				t.Errorf("no next step, or unlocked: %+v", e)
			}
			portals, err := s.Portals(context.Background())
			if must(t, err); len(portals) != 1 || portals[0].User != "" || portals[0].HubID != 62515 {
				t.Errorf("a locked store must list what is in clear: %+v", portals)
			}
		})
	}
}

// keyFile is the record that names this database.
func keyFile(t *testing.T, config, path string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(config, "keys", "*.json"))
	must(t, err)
	for _, file := range files {
		content, err := os.ReadFile(file)
		must(t, err)
		if strings.Contains(string(content), path) {
			return file
		}
	}
	t.Fatal("there is no key file")
	return ""
}

func TestKeyWithoutItsStoreIsRefused(t *testing.T) {
	for source, keys := range map[string]KeyOptions{
		"file":   {Source: SourceFile, ConfigDir: t.TempDir()},
		"system": {Source: SourceSystem, ConfigDir: t.TempDir(), Keyring: newRing()},
	} {
		t.Run(source, func(t *testing.T) {
			path := keyed(t, keys)
			must(t, os.Remove(path))
			_, err := Open(context.Background(), Options{Path: path, Now: noon, Keys: keys})
			e := wantClass(t, err, oauth.ClassStore)
			if _, err := os.Lstat(path); err == nil {
				t.Fatal("it was made anew")
			}
			record := keyFile(t, keys.ConfigDir, path)
			if !strings.Contains(e.Hint, record) {
				t.Errorf("the hint must name %s: %s", record, e.Hint)
			}
			must(t, os.Remove(record))
			openStore(t, Options{Path: path, Now: noon, Keys: keys})
		})
	}
}

// Of two processes that start first, the slower one may find the other's key
// before it finds its store.
func TestKeyOfAStoreMadeMeanwhileIsNoOrphan(t *testing.T) {
	keys := KeyOptions{Source: SourceFile, ConfigDir: t.TempDir()}
	path := keyed(t, keys)
	must(t, create(context.Background(), path, keys, noon()))
	s, err := unlock(t, path, keys)
	must(t, err)
	grantOf(t, s, 1)
}
