package cli

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

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
			date := p.manDate()
			header := &doc.GenManHeader{Section: "1", Date: &date, Source: "hsterm " + release, Manual: "hsterm"}
			if dir != "" {
				if err := doc.GenManTree(cmd.Root(), header, dir); err != nil {
					return &oauth.Error{
						Class: oauth.ClassUsage, Err: err,
						Message: "the manual pages cannot be written: " + reasonOf(err),
						Hint:    "Name a folder that exists and that you may write to.",
					}
				}
				return nil
			}
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError("See hsterm --help.", "there is no manual page for %q", strings.Join(args, " "))
			}
			return doc.GenMan(found, header, p.out)
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
