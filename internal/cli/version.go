package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version of this source tree; a build from a module proxy or a
// checkout adds what the Go tool recorded.
const release = "0.1.0"

// userAgent names hsterm to servers.
const userAgent = "hsterm/" + release

type versionJSON struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

func newVersionCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  hsterm version\n  hsterm version --json",
		Args:    arguments(),
		RunE: func(*cobra.Command, []string) error {
			v := buildVersion()
			if p.flags.json {
				return p.data(v)
			}
			_, err := fmt.Fprintln(p.out, v)
			return err
		},
	}
}

func buildVersion() versionJSON {
	v := versionJSON{Version: release, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

func (v versionJSON) String() string {
	commit := ""
	if v.Commit != "" {
		commit = " " + v.Commit[:min(12, len(v.Commit))]
		if v.Modified {
			commit += "+changes"
		}
	}
	return fmt.Sprintf("hsterm %s%s (%s, %s/%s)", v.Version, commit, v.Go, v.OS, v.Arch)
}
