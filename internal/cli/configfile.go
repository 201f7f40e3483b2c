package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/hsterm/hsterm/oauth"
)

// configFile is config.toml. It never holds a secret.
type configFile struct {
	DB        string `toml:"db"`
	Keyring   string `toml:"keyring"`
	Log       string `toml:"log"`
	Theme     string `toml:"theme"`
	NoBrowser bool   `toml:"no_browser"`
	ASCII     bool   `toml:"ascii"`
	NoMouse   bool   `toml:"no_mouse"`

	Keys map[string]any `toml:"keys"` // by action id; see keymap
}

func configNames() []string {
	return []string{"db", "keyring", "log", "theme", "no_browser", "ascii", "no_mouse", "keys"}
}

// readConfig reads the config file. One that is missing is as good as an empty
// one, unless the user named it.
func readConfig(path string, named bool) (configFile, error) {
	var c configFile
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return c, nil
	case err != nil:
		return c, &oauth.Error{
			Class: oauth.ClassUsage, Err: err,
			Message: fmt.Sprintf("The config file %s cannot be read: %s.", path, reasonOf(err)),
			Hint:    "Correct its path or its permissions.",
		}
	}
	meta, err := toml.Decode(string(text), &c)
	if err != nil {
		return c, &oauth.Error{
			Class: oauth.ClassUsage, Err: err,
			Message: fmt.Sprintf("The config file %s is not right: %s.", path, tomlReason(err)),
			Hint:    "Known settings: " + strings.Join(configNames(), ", ") + ".",
		}
	}
	// Below keys everything is for keymap to judge.
	unknown := slices.DeleteFunc(meta.Undecoded(), func(k toml.Key) bool { return len(k) > 1 && k[0] == "keys" })
	if len(unknown) > 0 {
		name := unknown[0].String()
		return c, usageError(didYouMean("", name, configNames(), "Known settings: "+strings.Join(configNames(), ", ")+"."),
			"The config file %s has an unknown setting %q.", path, name)
	}
	return c, nil
}

// tomlReason is the parser's complaint with its line.
func tomlReason(err error) string {
	var parse toml.ParseError
	if errors.As(err, &parse) {
		return fmt.Sprintf("line %d: %s", parse.Position.Line, parse.Message)
	}
	return err.Error()
}

// reasonOf leaves the operation and path of a file error out; the sentence
// around it has them.
func reasonOf(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
