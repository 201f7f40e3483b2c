package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newAppAddCommand(p *program) *cobra.Command {
	var f appFlags
	cmd := &cobra.Command{
		Use:   "add NAME --client-id ID --scope SCOPE...",
		Short: "Add an app",
		Long: `Adds an OAuth client under a name of your choice. The client secret comes from a
prompt, from standard input (--client-secret-stdin) or from HSTERM_CLIENT_SECRET; it
is stored sealed. Client id and secret are on the Auth tab of your app in HubSpot.`,
		Example: `  hsterm app add main --client-id 1f2e3d --scope oauth --scope crm.objects.contacts.read
  pass show hubspot/main | hsterm app add main --client-id 1f2e3d --client-secret-stdin --scope oauth
  hsterm app add lab --client-id lab --scope oauth \
    --authorize-url http://127.0.0.1:8899/oauth/authorize --api-url http://127.0.0.1:8899`,
		Args:              arguments("NAME"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			app := oauth.App{Name: args[0]}
			f.apply(&app, cmd.Flags(), true)
			if err := p.checkApp(app); err != nil {
				return err
			}
			store, err := p.unlocked(ctx)
			if err != nil {
				return err
			}
			if app.ClientSecret, err = p.clientSecret(ctx, f.secretStdin); err != nil {
				return err
			}
			if app, err = store.AddApp(ctx, app); err != nil {
				return err
			}
			if p.flags.json {
				return p.data(appView(app, nil))
			}
			p.words("Added the app %s. Check its id and secret: hsterm app check %s", app.Name, app.Name)
			_, err = fmt.Fprintln(p.out, app.Name)
			return err
		},
	}
	f.register(cmd)
	return cmd
}
