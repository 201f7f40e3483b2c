package cli

import (
	"github.com/spf13/cobra"
)

// newHelpCommand stands in for cobra's, which calls an unknown command a success.
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND...]",
		Short:   "Show the help of a command",
		Example: "  hsterm help\n  hsterm help app add",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if found, rest, err := cmd.Root().Find(args); err == nil && len(rest) == 0 {
				for _, sub := range visibleCommands(found) {
					names = append(names, sub.Name()+"\t"+sub.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			switch {
			case err != nil:
				return needsSubcommand(cmd.Root(), args)
			case len(rest) > 0 && found.HasAvailableSubCommands():
				return needsSubcommand(found, rest)
			case len(rest) > 0:
				return usageError("See "+found.CommandPath()+" --help.", "hsterm help does not know what to do with %q.", rest[0])
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}
