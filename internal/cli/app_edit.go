package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newAppEditCommand(p *program) *cobra.Command {
	var f appFlags
	var newSecret bool
	cmd := &cobra.Command{
		Use:   "edit NAME [flags]",
		Short: "Change an app",
		Long: `Changes what is given and leaves the rest. A list, such as the scopes, is replaced
as a whole. Portals whose refresh stopped because of the app are tried again.`,
		Example: `  hsterm app edit main --scope oauth --scope crm.objects.deals.read
  hsterm app edit main --new-client-secret
  hsterm app edit main --api-version 2026-09`,
		Args:              arguments("NAME"),
		ValidArgsFunction: p.completeApp,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			app, portals, err := p.appNamed(ctx, args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().NFlag() == 0 {
				return usageError("See hsterm app edit --help.", "Nothing to change was given.")
			}
			f.apply(&app, cmd.Flags(), false)
			if err := p.checkApp(app); err != nil {
				return err
			}
			if f.secretStdin || newSecret {
				if app.ClientSecret, err = p.clientSecret(ctx, f.secretStdin); err != nil {
					return err
				}
			}
			if app, err = p.parts.store.UpdateApp(ctx, app); err != nil {
				return err
			}
			if p.flags.json {
				return p.data(appView(app, portals))
			}
			p.words("Changed the app %s.", app.Name)
			if names := lacking(app, portals); len(names) > 0 {
				p.words("It asks for more now than was granted by %s. Reconnect: hsterm connect --portal %s", strings.Join(names, ", "), names[0])
			}
			return nil
		},
	}
	f.register(cmd)
	cmd.Flags().VisitAll(withoutDefault)
	cmd.Flags().BoolVar(&newSecret, "new-client-secret", false, "take a new client secret from HSTERM_CLIENT_SECRET or a prompt")
	return cmd
}

// withoutDefault keeps the help from naming a default: what is not given stays.
func withoutDefault(flag *pflag.Flag) {
	switch flag.Value.Type() {
	case "string":
		flag.DefValue = ""
	case "stringArray":
		flag.DefValue = "[]"
	}
}
