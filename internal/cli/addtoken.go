package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newAddTokenCommand(p *program) *cobra.Command {
	var kind, apiURL, version string
	cmd := &cobra.Command{
		Use:   "add-token ALIAS",
		Short: "Add a portal with a static token: a private app's or a service key",
		Long: `Stores a token that never expires under an alias. The token is read from standard
input, or asked for on a terminal; it is checked against account-info before it is
stored.`,
		Example: `  pass show hubspot/private-app | hsterm add-token hooli-key
  hsterm add-token hooli-key --kind service-key`,
		Args:              arguments("ALIAS"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if kind != string(oauth.KindPrivateApp) && kind != string(oauth.KindServiceKey) {
				return usageError("Kinds: private-app, service-key.", "%q is not a kind of static token.", kind)
			}
			return p.addToken(cmd.Context(), oauth.StaticRequest{
				Alias: args[0], Kind: oauth.Kind(kind), APIURL: apiURL, APIVersion: oauth.APIVersion(version),
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&kind, "kind", string(oauth.KindPrivateApp), "`KIND` of token: private-app or service-key")
	flags.StringVar(&apiURL, "api-url", oauth.DefaultAPIURL, "`URL` of the API")
	flags.StringVar(&version, "api-version", string(oauth.V2026_09), "`VERSION` of account-info: 2026-09, 2026-03 or v3")
	return cmd
}

func (p *program) addToken(ctx context.Context, request oauth.StaticRequest) error {
	if err := oauth.ValidateAlias(request.Alias); err != nil {
		return err
	}
	store, err := p.unlocked(ctx)
	if err != nil {
		return err
	}
	if known, err := store.Resolve(ctx, request.Alias); err == nil && known.Alias == request.Alias {
		request.Portal = known // its token is replaced, as when it was rotated
	}
	if p.interactive() {
		request.Token, err = p.askSecret(ctx, "Token (not shown)")
	} else {
		request.Token, err = p.secretFromInput("token")
	}
	if err != nil {
		return err
	}
	connected, err := p.connector().AddStatic(ctx, request)
	if err != nil {
		return err
	}
	return p.printConnected(connected)
}
