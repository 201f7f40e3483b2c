package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/hsterm/hsterm/oauth"
)

// fakeRing is a keyring in memory.
type fakeRing struct {
	entries map[string]string
	broken  error
	hang    chan struct{} // when set, every call waits for it
}

func (r *fakeRing) wait() error {
	if r.hang != nil {
		<-r.hang
	}
	return r.broken
}

func (r *fakeRing) Get(_, user string) (string, error) {
	if err := r.wait(); err != nil {
		return "", err
	}
	secret, ok := r.entries[user]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return secret, nil
}

func (r *fakeRing) Set(_, user, secret string) error {
	if err := r.wait(); err != nil {
		return err
	}
	r.entries[user] = secret
	return nil
}

func (r *fakeRing) Delete(_, user string) error {
	if err := r.wait(); err != nil {
		return err
	}
	delete(r.entries, user)
	return nil
}

func newRing() *fakeRing { return &fakeRing{entries: map[string]string{}} }

func brokenRing() *fakeRing { return &fakeRing{broken: errors.New("no D-Bus session is running")} }

// environment is a Getenv over pairs of name and value.
func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// answers is a Prompt that gives one answer after another.
func answers(asked *[]Ask, texts ...string) func(context.Context, Ask) ([]byte, error) {
	return func(_ context.Context, ask Ask) ([]byte, error) {
		*asked = append(*asked, ask)
		if len(texts) == 0 {
			return nil, errors.New("asked too often")
		}
		text := texts[0]
		texts = texts[1:]
		return []byte(text), nil
	}
}

const (
	testKey  = "aHN0ZXJtdGVzdHNlY3JldC1oc3Rlcm10ZXN0c2VjISE=" // 32 bytes
	otherKey = "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItISE="
)

// quickCost makes passphrases cheap where their strength is not the point.
func quickCost() stretch { return stretch{Time: 1, Memory: 8 << 10, Threads: 1} }

// keyed makes a store with these keys, unlocks it and puts a portal in.
func keyed(t *testing.T, keys KeyOptions) (path string) {
	t.Helper()
	path = newPath(t)
	keys.cost = quickCost()
	s, err := Open(context.Background(), Options{Path: path, Now: noon, Keys: keys})
	must(t, err)
	connect(t, s, addApp(t, s, "main"), 62515, "acme-prod")
	must(t, s.Close())
	return path
}

// unlock opens a store again with other keys.
func unlock(t *testing.T, path string, keys KeyOptions) (*Store, error) {
	t.Helper()
	keys.cost = quickCost()
	s := openStore(t, Options{Path: path, Now: noon, Keys: keys})
	return s, s.Unlock(context.Background())
}

func TestKeySourcesOpenAgain(t *testing.T) {
	ring := newRing()
	var asked []Ask
	tests := map[Source]KeyOptions{
		SourceSystem:     {Source: SourceSystem, Keyring: ring},
		SourceFile:       {Source: SourceFile, ConfigDir: t.TempDir()},
		SourceEnv:        {Source: SourceEnv, Getenv: environment("HSTERM_KEY", testKey)},
		SourceMemory:     {Source: SourceMemory, Memory: memoryKey()},
		SourcePassphrase: {Source: SourcePassphrase, Prompt: answers(&asked, marker, "wrong", marker)},
	}
	for source, keys := range tests {
		t.Run(string(source), func(t *testing.T) {
			path := keyed(t, keys)
			s, err := unlock(t, path, keys)
			if must(t, err); s.KeySource() != string(source) {
				t.Errorf("source %q", s.KeySource())
			}
			if g := grantOf(t, s, 1); g.Access.Empty() {
				t.Error("the grant did not open")
			}
			keys.Source = SourceAuto // the choice is remembered
			if source != SourcePassphrase {
				_, err = unlock(t, path, keys)
				must(t, err)
			}
		})
	}
	if len(asked) != 3 || asked[0].What != AskNewPassphrase || asked[1].What != AskPassphrase || asked[2].Reason == "" {
		t.Errorf("asked %+v", asked)
	}
}

func TestAutoChooses(t *testing.T) {
	var asked []Ask
	tests := map[string]struct {
		keys KeyOptions
		want Source
	}{
		"the keyring if it works":      {KeyOptions{Keyring: newRing()}, SourceSystem},
		"a key that was handed over":   {KeyOptions{Keyring: newRing(), Getenv: environment("HSTERM_KEY", testKey)}, SourceEnv},
		"a passphrase handed over":     {KeyOptions{Keyring: brokenRing(), Getenv: environment("HSTERM_PASSPHRASE", marker)}, SourcePassphrase},
		"what the person says: file":   {KeyOptions{Keyring: brokenRing(), Prompt: answers(&asked, "file")}, SourceFile},
		"what the person says: phrase": {KeyOptions{Keyring: brokenRing(), Prompt: answers(&asked, "passphrase", marker)}, SourcePassphrase},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.keys.ConfigDir = t.TempDir()
			s, err := unlock(t, newPath(t), test.keys)
			if must(t, err); s.KeySource() != string(test.want) {
				t.Errorf("chose %q", s.KeySource())
			}
		})
	}
	for _, ask := range asked {
		if ask.What == AskSource && (len(ask.Choices) != 2 || ask.Reason == "") {
			t.Errorf("asked %+v", ask)
		}
	}
}

func TestNoKeyIsNeverADowngrade(t *testing.T) {
	ctx := context.Background()
	refused := errors.New("the person pressed escape")
	prompt := func(context.Context, Ask) ([]byte, error) { return nil, refused }
	tests := map[string]KeyOptions{
		"a script without a keyring":      {Keyring: brokenRing()},
		"system named, keyring broken":    {Source: SourceSystem, Keyring: brokenRing()},
		"env named, nothing set":          {Source: SourceEnv},
		"a key that is no key":            {Source: SourceEnv, Getenv: environment("HSTERM_KEY", marker)},
		"passphrase named, nobody to ask": {Source: SourcePassphrase},
		"file named, no folder":           {Source: SourceFile},
		"the person cancels":              {Keyring: brokenRing(), Prompt: prompt},
		"a source that is none":           {Keyring: brokenRing(), Prompt: answers(new([]Ask), "plain")},
	}
	for name, keys := range tests {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			s, err := unlock(t, path, keys)
			if err == nil || !s.Locked() || s.KeySource() != "" {
				t.Fatalf("unlocked by %q, error %v", s.KeySource(), err)
			}
			if strings.Contains(err.Error(), marker) {
				t.Errorf("the error gives the key away: %v", err)
			}
			if _, err := s.AddApp(ctx, oauth.App{Name: "x", ClientID: "y"}); err == nil {
				t.Error("stored without a key")
			}
			// The failure chose nothing: a source that works is taken next.
			_, err = unlock(t, path, KeyOptions{Source: SourceMemory, Memory: memoryKey()})
			must(t, err)
		})
	}
}

func TestScriptIsToldTheThreeCommands(t *testing.T) {
	_, err := unlock(t, newPath(t), KeyOptions{Keyring: brokenRing()})
	e := wantClass(t, err, oauth.ClassStore)
	for _, source := range []string{"HSTERM_KEYRING=file", "HSTERM_KEYRING=passphrase", "HSTERM_KEYRING=env"} {
		if !strings.Contains(e.Hint, source) {
			t.Errorf("%s is missing in %q", source, e.Hint)
		}
	}
}

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

func TestHangingKeyringEndsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := &fakeRing{hang: make(chan struct{}), broken: errors.New("too late")}
		defer close(ring.hang)
		keys := KeyOptions{Keyring: ring}
		vault := keys.vault(SourceSystem, "x.db", "install")
		calls := map[string]func() error{
			"choose": func() error { _, err := keys.choose(context.Background()); return err },
			"create": func() error { _, err := vault.create(context.Background(), &slot{id: "s"}); return err },
			"fetch":  func() error { _, err := vault.fetch(context.Background(), slot{id: "s"}, 1); return err },
		}
		for name, call := range calls {
			began := time.Now()
			e := wantClass(t, call(), oauth.ClassStore)
			if took := time.Since(began); took > ringLimit {
				t.Errorf("%s took %v", name, took)
			}
			if !strings.Contains(e.Message, "3s") {
				t.Errorf("%s: %s", name, e.Message)
			}
		}
	})
}

func TestPassphraseCost(t *testing.T) {
	made, again := KeyOptions{}.newStretch(), KeyOptions{}.newStretch()
	if made.Time != 3 || made.Memory != 64<<10 || made.Threads != 4 || len(made.Salt) != 16 {
		t.Errorf("%+v", made)
	}
	if string(made.Salt) == string(again.Salt) {
		t.Error("two slots share their salt")
	}
	for _, params := range []string{``, `{}`, `{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","t":3,"m":4294967295,"p":4}`, `{"salt":"AA==","t":3,"m":65536,"p":4}`, `{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","t":0,"m":65536,"p":4}`} {
		if _, ok := parseStretch(params); ok {
			t.Errorf("accepted %s", params)
		}
	}
}

func TestProbeLeavesNothing(t *testing.T) {
	ring := newRing()
	must(t, KeyOptions{Keyring: ring}.system().probe(context.Background()))
	if len(ring.entries) != 0 {
		t.Errorf("left %v", ring.entries)
	}
}

func TestParseSource(t *testing.T) {
	for text, want := range map[string]Source{"": SourceAuto, " File ": SourceFile, "system": SourceSystem, "env": SourceEnv} {
		if got, err := ParseSource(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	_, err := ParseSource("memory")
	wantClass(t, err, oauth.ClassUsage)
}
