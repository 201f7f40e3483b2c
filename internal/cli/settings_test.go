package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func writeConfig(t *testing.T, text string) environment {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "config", "hsterm")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "config.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return environment{
		"XDG_CONFIG_HOME": filepath.Join(dir, "config"),
		"XDG_DATA_HOME":   filepath.Join(dir, "data"),
	}
}

func TestSettingsPrecedence(t *testing.T) {
	env := writeConfig(t, "db = \"/from/file.db\"\nkeyring = \"file\"\nno_browser = true\n")
	get := func(flags globalFlags) settings {
		t.Helper()
		s, err := loadSettings(flags, env)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := get(globalFlags{}); s.db != "/from/file.db" || s.keyring != "file" || !s.noBrowser || s.log != "info" {
		t.Errorf("out of the file came %+v", s)
	}
	env["HSTERM_DB"], env["HSTERM_KEYRING"] = "/from/env.db", "env"
	if s := get(globalFlags{}); s.db != "/from/env.db" || s.keyring != "env" {
		t.Errorf("out of the environment came %+v", s)
	}
	if s := get(globalFlags{db: "/from/flag.db", keyring: "system"}); s.db != "/from/flag.db" || s.keyring != "system" {
		t.Errorf("out of the flags came %+v", s)
	}
}

func TestSettingsDefaults(t *testing.T) {
	env := environment{"XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/config", "XDG_STATE_HOME": "relative"}
	s, err := loadSettings(globalFlags{}, env)
	if err != nil {
		t.Fatal(err)
	}
	if s.db != "/data/hsterm/hsterm.db" || s.config != "/config/hsterm/config.toml" || s.keyring != "auto" {
		t.Errorf("the defaults are %+v", s)
	}
	if !filepath.IsAbs(s.paths.state) {
		t.Errorf("a relative XDG_STATE_HOME was taken: %s", s.paths.state)
	}
}

func TestSettingsErrors(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		flags  globalFlags
		want   string
	}{
		"unknown name":  {config: "keyrng = 'file'\n", want: `unknown setting "keyrng"`},
		"not TOML":      {config: "db = \n", want: "line 1"},
		"wrong type":    {config: "no_browser = 3\n", want: "is not right"},
		"wrong value":   {config: "keyring = 'vault'\n", want: `"vault" is not a keyring`},
		"named, absent": {flags: globalFlags{config: "/does/not/exist.toml"}, want: "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadSettings(c.flags, writeConfig(t, c.config))
			var failure *oauth.Error
			if !errors.As(err, &failure) || failure.Class != oauth.ClassUsage || failure.Hint == "" {
				t.Fatalf("the error is %#v", err)
			}
			if !strings.Contains(failure.Message, c.want) {
				t.Errorf("%q does not say %q", failure.Message, c.want)
			}
		})
	}
}
