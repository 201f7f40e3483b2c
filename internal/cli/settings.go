package cli

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// settings are the values in force: flag, else environment, else config file,
// else default.
type settings struct {
	paths     paths
	config    string // the file that was read, or would have been
	db        string
	dbNamed   bool   // by flag or environment
	keyring   string // auto, system, file, passphrase, env
	log       string // off, error, warn, info, debug
	theme     string // auto, dark, light, high-contrast, mono
	noBrowser bool
	ascii     bool
	noMouse   bool           // the terminal keeps the mouse
	keys      map[string]any // of the config file, as it has them
}

// keyrings are the places a user may choose for the key that opens the secrets.
func keyrings() []string { return []string{"auto", "system", "file", "passphrase", "env"} }

func themes() []string { return []string{"auto", "dark", "light", "high-contrast", "mono"} }

func logLevels() []string { return []string{"off", "error", "warn", "info", "debug"} }

// settings loads the settings once. Commands call it when they need a value, so
// that a broken config file does not keep `hsterm version` from answering.
func (p *program) settings() (settings, error) {
	if p.loaded != nil {
		return *p.loaded, nil
	}
	s, err := loadSettings(p.flags, p.env)
	if err != nil {
		return settings{}, err
	}
	p.loaded = &s
	return s, nil
}

func loadSettings(flags globalFlags, env environment) (settings, error) {
	s := settings{paths: newPaths(env)}
	s.config = cmp.Or(flags.config, env.get("HSTERM_CONFIG"), filepath.Join(s.paths.config, "config.toml"))
	file, err := readConfig(s.config, flags.config != "" || env.get("HSTERM_CONFIG") != "")
	if err != nil {
		return settings{}, err
	}
	s.db = cmp.Or(flags.db, env.get("HSTERM_DB"), file.DB, filepath.Join(s.paths.data, "hsterm.db"))
	s.dbNamed = flags.db != "" || env.get("HSTERM_DB") != ""
	s.keyring = cmp.Or(flags.keyring, env.get("HSTERM_KEYRING"), file.Keyring, "auto")
	s.log = cmp.Or(env.get("HSTERM_LOG"), file.Log, "info")
	s.theme = cmp.Or(flags.theme, env.get("HSTERM_THEME"), file.Theme, "auto")
	s.noBrowser = env.get("HSTERM_NO_BROWSER") != "" || file.NoBrowser
	s.ascii = flags.ascii || file.ASCII
	s.keys = file.Keys
	s.noMouse = flags.noMouse || file.NoMouse
	return s, s.check()
}

func (s settings) check() error {
	for _, choice := range []struct {
		name, value string
		of          []string
	}{
		{"keyring", s.keyring, keyrings()},
		{"log level", s.log, logLevels()},
		{"theme", s.theme, themes()},
	} {
		if !slices.Contains(choice.of, choice.value) {
			return usageError("Choose one of "+strings.Join(choice.of, ", ")+".",
				"%q is not a %s.", choice.value, choice.name)
		}
	}
	return nil
}
