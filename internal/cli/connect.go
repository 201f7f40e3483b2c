package cli

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

type connectFlags struct {
	app, alias, portal string
	noBrowser, paste   bool
	acceptOther        bool
	scopes             []string
	timeout            time.Duration
}

func newConnectCommand(p *program) *cobra.Command {
	var f connectFlags
	cmd := &cobra.Command{
		Use:   "connect",
		Short: "Connect a portal, or reconnect one, in the browser",
		Long: `Opens HubSpot's consent page in the browser and waits for the account's answer on
the app's redirect URI. The address is printed too; on a machine without a browser
open it anywhere and paste the address you end up at.

--portal or --alias with the alias of a stored portal reconnects that portal: its
account is preselected, and a grant that comes back for another account is refused,
unless --accept-other-portal. An alias that is not taken names a new portal; without
either, a grant for an account that is stored reconnects it. The alias of a static
token, or of a portal of another app than --app, is refused.

With --json standard error holds one line when the address is known,
{"consent":{"url","redirect_uri","expires_at"}}, and one {"error":{…}} on failure.`,
		Example: `  hsterm connect
  hsterm connect --app main --alias acme   again to reconnect it
  hsterm connect --portal acme             reconnect
  hsterm connect --no-browser --paste      on a server`,
		Args:              arguments(),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.timeout <= 0 || f.timeout > 10*time.Minute {
				return usageError("Give a duration such as 5m.", "--timeout is at most 10m; no consent waits longer.")
			}
			return p.connect(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.app, "app", "", "`APP` to connect with (needed when there are several)")
	flags.StringVar(&f.alias, "alias", "", "`ALIAS` of a new portal (default made from its domain), or of one to reconnect")
	flags.StringVar(&f.portal, "portal", "", "`PORTAL` to reconnect, or the hub id to connect")
	flags.StringArrayVar(&f.scopes, "scope", nil, "`SCOPE` to ask for beside the app's (repeatable)")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "only print the address (HSTERM_NO_BROWSER)")
	flags.BoolVar(&f.paste, "paste", false, "read the address the browser ended up at from standard input")
	flags.BoolVar(&f.acceptOther, "accept-other-portal", false, "store a grant for another account than asked")
	flags.DurationVar(&f.timeout, "timeout", 5*time.Minute, "give up after this `TIME`")
	_ = cmd.RegisterFlagCompletionFunc("app", p.completeAppFlag)
	_ = cmd.RegisterFlagCompletionFunc("portal", p.completePortalFlag)
	_ = cmd.RegisterFlagCompletionFunc("alias", p.completePortalFlag)
	return cmd
}

// connect asks for the key of the store first: nothing may come between the
// consent and the commit.
func (p *program) connect(ctx context.Context, f connectFlags) error {
	s, err := p.settings()
	if err != nil {
		return err
	}
	if _, err := p.unlocked(ctx); err != nil {
		return err
	}
	request, err := p.consentRequest(ctx, f)
	if err != nil {
		return aboutPortal(err, request.Portal.Alias)
	}
	connected, err := p.askConsent(ctx, request, p.noBrowser(s, f.noBrowser))
	if err != nil {
		return aboutPortal(otherAccount(err, f, request), request.Portal.Alias)
	}
	return p.printConnected(connected)
}

// askConsent takes one consent from its check to its commit.
func (p *program) askConsent(ctx context.Context, request oauth.ConsentRequest, noBrowser string) (oauth.Connected, error) {
	if err := p.checkApp(request.App); err != nil {
		return oauth.Connected{}, err
	}
	consent, err := p.connector().Start(ctx, request)
	if err != nil {
		return oauth.Connected{}, err
	}
	defer func() { _ = consent.Close() }()
	for _, notice := range consent.Notices() {
		p.words("%s", safe(notice))
	}
	if err := p.awaitConsent(ctx, consent, noBrowser, request.PasteOnly || !consent.Listening()); err != nil {
		return oauth.Connected{}, err
	}
	p.words("Consent given. Exchanging the code …")
	connected, err := consent.Complete(ctx)
	if p.flags.json { // on stderr they would be in a script's way
		connected.Notices = slices.Concat(warnings(request.App), connected.Notices)
	}
	return connected, err
}
