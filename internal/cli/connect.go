package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"
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

With --portal the account is preselected, and a grant that comes back for another
account is refused, unless --accept-other-portal.`,
		Example: `  hsterm connect
  hsterm connect --app main --alias acme
  hsterm connect --portal acme          reconnect
  hsterm connect --no-browser --paste   on a server`,
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
	flags.StringVar(&f.alias, "alias", "", "`ALIAS` of a new portal (default made from its domain)")
	flags.StringVar(&f.portal, "portal", "", "`PORTAL` to reconnect, or the hub id to connect")
	flags.StringArrayVar(&f.scopes, "scope", nil, "`SCOPE` to ask for beside the app's (repeatable)")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "only print the address (HSTERM_NO_BROWSER)")
	flags.BoolVar(&f.paste, "paste", false, "read the address the browser ended up at from standard input")
	flags.BoolVar(&f.acceptOther, "accept-other-portal", false, "store a grant for another account than asked")
	flags.DurationVar(&f.timeout, "timeout", 5*time.Minute, "give up after this `TIME`")
	_ = cmd.RegisterFlagCompletionFunc("app", p.completeAppFlag)
	_ = cmd.RegisterFlagCompletionFunc("portal", p.completePortalFlag)
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
		return err
	}
	if err := p.checkApp(request.App); err != nil {
		return err
	}
	consent, err := p.connector().Start(ctx, request)
	if err != nil {
		return err
	}
	defer func() { _ = consent.Close() }()
	for _, notice := range consent.Notices() {
		p.say("%s", safe(notice))
	}
	if err := p.awaitConsent(ctx, consent, p.noBrowser(s, f.noBrowser), f.paste || !consent.Listening()); err != nil {
		return err
	}
	p.words("Consent given. Exchanging the code …")
	connected, err := consent.Complete(ctx)
	if err != nil {
		return err
	}
	return p.printConnected(connected)
}
