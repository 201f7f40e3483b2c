package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newManCommand(p *program) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "man [COMMAND...]",
		Short: "Print the manual page",
		Long: `Prints the manual page of hsterm, or of one of its commands, in roff. With --dir
it writes the pages of all commands into a folder.`,
		Example: `  hsterm man | man -l -
  hsterm man api | man -l -
  hsterm man --dir /usr/local/share/man/man1`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir != "" {
				return writeManPages(cmd.Root(), dir, p.manDate())
			}
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError("See hsterm --help.", "There is no manual page for %q.", strings.Join(args, " "))
			}
			_, err = p.out.WriteString(manPage(found, p.manDate()))
			return err
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write all pages into `FOLDER`")
	return cmd
}

// manDate is the date on the pages. Packagers fix it with SOURCE_DATE_EPOCH
// (reproducible-builds.org).
func (p *program) manDate() time.Time {
	if s, err := strconv.ParseInt(p.env.get("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return time.Unix(s, 0).UTC()
	}
	return p.now().UTC()
}

func writeManPages(cmd *cobra.Command, dir string, date time.Time) error {
	path := filepath.Join(dir, manName(cmd)+".1")
	if err := os.WriteFile(path, []byte(manPage(cmd, date)), 0o644); err != nil {
		return &oauth.Error{
			Class: oauth.ClassUsage, Err: err,
			Message: "The manual page " + path + " cannot be written: " + reasonOf(err) + ".",
			Hint:    "Name a folder that exists and that you may write to.",
		}
	}
	for _, sub := range visibleCommands(cmd) {
		if err := writeManPages(sub, dir, date); err != nil {
			return err
		}
	}
	return nil
}

func visibleCommands(cmd *cobra.Command) []*cobra.Command {
	var visible []*cobra.Command
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" {
			visible = append(visible, sub)
		}
	}
	return visible
}

func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }
