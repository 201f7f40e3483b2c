package cli

import (
	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newAppManifestCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "manifest NAME",
		Short: "Print the auth block that registers an app in a HubSpot project",
		Long: `Prints the auth block of app-hsmeta.json for this app's redirect URIs and scopes.
Put it into your HubSpot project and upload that:

  hs account auth
  hs project create                 choose an app with OAuth
  hsterm app manifest main          into the auth block of app-hsmeta.json
  hs project upload`,
		Example:           "  hsterm app manifest main",
		Args:              arguments("NAME"),
		ValidArgsFunction: p.completeApp,
		RunE: func(cmd *cobra.Command, args []string) error {
			app, _, err := p.appNamed(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			block, err := oauth.Manifest(app)
			if err != nil {
				return err
			}
			_, err = p.out.Write(block)
			return err
		},
	}
}
