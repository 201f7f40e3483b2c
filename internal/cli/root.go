package cli

import (
	"github.com/spf13/cobra"
)

// The groups of commands in the help.
const (
	groupPortals = "portals"
	groupCalls   = "calls"
	groupApps    = "apps"
	groupTry     = "try"
)

func newRootCommand(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "hsterm",
		Short: "Keep HubSpot OAuth connections alive and see what is wrong with them",
		Long: `hsterm connects HubSpot portals by OAuth, keeps their tokens fresh and lets you
test the API with them. Without a command it opens the terminal screen.`,
		Example: `  hsterm demo                     look around with invented portals
  hsterm connect                  connect a portal in the browser
  hsterm api acme GET /crm/objects/2026-09/contacts -q limit=5`,
		Args:              needsSubcommandOrNothing,
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		RunE:              func(cmd *cobra.Command, _ []string) error { return p.screen(cmd.Context()) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(newHelpCommand())
	p.addGlobalFlags(root)
	root.AddGroup(
		&cobra.Group{ID: groupPortals, Title: "Portals:"},
		&cobra.Group{ID: groupCalls, Title: "Calling HubSpot:"},
		&cobra.Group{ID: groupApps, Title: "Apps:"},
		&cobra.Group{ID: groupTry, Title: "Trying it out:"},
	)
	p.addCommands(root)
	return root
}

func (p *program) addGlobalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.BoolVar(&p.flags.json, "json", false, "print data and failures as JSON")
	flags.StringVar(&p.flags.db, "db", "", "database `FILE` (HSTERM_DB)")
	flags.StringVar(&p.flags.config, "config", "", "config `FILE` (HSTERM_CONFIG)")
	flags.StringVar(&p.flags.keyring, "keyring", "", "`PLACE` of the key: auto, system, file, passphrase or env (HSTERM_KEYRING)")
	flags.StringVar(&p.flags.theme, "theme", "", "`NAME` of a theme: auto, dark, light, high-contrast or mono (HSTERM_THEME)")
	flags.BoolVar(&p.flags.ascii, "ascii", false, "draw with ASCII characters only")
	flags.BoolVar(&p.flags.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	for flag, values := range map[string][]string{"keyring": keyrings(), "theme": themes()} {
		_ = root.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

func (p *program) addCommands(root *cobra.Command) {
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	add(groupPortals,
		newConnectCommand(p), newAddTokenCommand(p), newListCommand(p), newShowCommand(p),
		newRefreshCommand(p), newRenameCommand(p), newKeepFreshCommand(p), newProtectCommand(p),
		newDisconnectCommand(p), newEventsCommand(p))
	add(groupCalls, newAPICommand(p), newTokenCommand(p), newExecCommand(p), newScopesCommand(p), newSamplesCommand(p))
	add(groupApps, newAppCommand(p))
	add(groupTry, newDemoCommand(p), newSandboxCommand(p))
	add("", newKeysCommand(p), newCompletionCommand(p), newManCommand(p), newVersionCommand(p))
}

// needsSubcommandOrNothing lets the bare command through and explains a word
// that is no command.
func needsSubcommandOrNothing(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return needsSubcommand(cmd, args)
}
