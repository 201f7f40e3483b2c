package cli

import (
	"path/filepath"

	"github.com/adrg/xdg"
)

const appFolder = "hsterm"

// paths are the folders of the XDG base directory specification. The
// environment handed to the program wins over what the xdg package read of the
// process; a relative path in it is ignored, as the specification says.
type paths struct {
	config string // config.toml and, apart from the data, the key file
	data   string // hsterm.db
	state  string // hsterm.log
}

func newPaths(env environment) paths {
	return paths{
		config: xdgFolder(env, "XDG_CONFIG_HOME", xdg.ConfigHome),
		data:   xdgFolder(env, "XDG_DATA_HOME", xdg.DataHome),
		state:  xdgFolder(env, "XDG_STATE_HOME", xdg.StateHome),
	}
}

func xdgFolder(env environment, name, fallback string) string {
	base := env.get(name)
	if !filepath.IsAbs(base) {
		base = fallback
	}
	return filepath.Join(base, appFolder)
}
