package db

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

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
		"system named, keyring garbles":   {Source: SourceSystem, Keyring: &fakeRing{entries: map[string]string{}, garbles: true}},
		"a script, the keyring garbles":   {Keyring: &fakeRing{entries: map[string]string{}, garbles: true}},
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

func TestParseSource(t *testing.T) {
	for text, want := range map[string]Source{"": SourceAuto, " File ": SourceFile, "system": SourceSystem, "env": SourceEnv} {
		if got, err := ParseSource(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	_, err := ParseSource("memory")
	wantClass(t, err, oauth.ClassUsage)
}
