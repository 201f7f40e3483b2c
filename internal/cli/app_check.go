package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

type appCheckJSON struct {
	App      string   `json:"app"`
	OK       bool     `json:"ok"`
	Proven   string   `json:"proven"`
	Warnings []string `json:"warnings"`
}

func newAppCheckCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "check NAME",
		Short: "Prove an app's client id and secret without a consent",
		Long: `Asks the token endpoint for a token that HubSpot grants to no ordinary app. How it
refuses tells whether client id and secret are right. Nothing is granted. The scopes
and redirect URIs can only be proven by a consent.`,
		Example:           "  hsterm app check main",
		Args:              arguments("NAME"),
		ValidArgsFunction: p.completeApp,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			app, _, err := p.appNamed(ctx, args[0])
			if err != nil {
				return err
			}
			if err := p.checkApp(app); err != nil {
				return err
			}
			if err := p.client().CheckApp(ctx, app); err != nil {
				return err
			}
			const proven = "client id and secret are right"
			if p.flags.json {
				return p.data(appCheckJSON{App: app.Name, OK: true, Proven: proven, Warnings: warnings(app)})
			}
			p.words("Not proven: scopes and redirect URIs. A consent proves them: hsterm connect --app %s", app.Name)
			_, err = fmt.Fprintf(p.out, "%s: %s (proven at %s)\n", app.Name, proven, app.APIURL)
			return err
		},
	}
}
