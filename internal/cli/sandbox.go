package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

func newSandboxCommand(p *program) *cobra.Command {
	var cfg sandbox.Config
	var addr string
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run a HubSpot-compatible server on this machine",
		Long: `Serves what hsterm needs of HubSpot, with invented accounts and data: consent page,
token endpoints, account-info, CRM objects, scopes, rate limits. It listens on this
machine only and keeps everything in memory. One JSON line on stdout tells its URL
and the client id and secret to use; it ends on SIGTERM or ctrl-c.

It can be made to misbehave, with JSON posted to its control endpoints:

  /_sandbox/faults     {"route","times","kind","status","delay_ms","body","retry_after"}
                       kind: reset, drip, truncate, html, huge, gzip_bomb, redirect,
                       wrong_types, rate_limit; none for status and body alone
                       route: token, introspect, crm, a path, or *
                       retry_after: whatever the header is to say, or a list of that
  /_sandbox/down       {"seconds"}: connections are refused for so long
  /_sandbox/rotation   {"mode"}: off, grace or strict
  /_sandbox/clock      {"offset_seconds"} of the Date header and of times in answers
  /_sandbox/ttl        {"seconds","told_seconds"}: how long tokens live, what they say
  /_sandbox/expire, revoke, uninstall, delete    {"hub_id"}; revoke takes "user_id",
                       "client_id" and "keep_access_tokens" too
  /_sandbox/consent    {"auto","hub_id","user_id","deny"}: who answers, and how

GET /_sandbox/faults counts the faults that are left, DELETE ends them all; GET /_sandbox/requests tells what was asked.`,
		Example: `  hsterm sandbox
  hsterm sandbox --addr 127.0.0.1:8899 --auto-consent --ttl 2m --rotate=strict
  curl -d '{"route":"token","times":3,"kind":"rate_limit","retry_after":30}' http://127.0.0.1:8899/_sandbox/faults`,
		Args:              arguments(),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg.Scopes, cfg.OptionalScopes = splitScopes(cfg.Scopes), splitScopes(cfg.OptionalScopes)
			return p.serveSandbox(cmd.Context(), cfg, addr)
		},
	}
	registerSandboxFlags(cmd, &cfg, &addr)
	return cmd
}

func registerSandboxFlags(cmd *cobra.Command, cfg *sandbox.Config, addr *string) {
	flags := cmd.Flags()
	flags.StringVar(addr, "addr", "127.0.0.1:8899", "`ADDRESS` to listen on, of this machine; port 0 takes a free one")
	flags.DurationVar(&cfg.TTL, "ttl", 30*time.Minute, "lifetime of access tokens, a `TIME` such as 90s")
	flags.StringVar(&cfg.Rotation, "rotate", sandbox.RotationOff, "what a refresh does to the refresh token, a `MODE`: off, grace or strict")
	flags.Lookup("rotate").NoOptDefVal = sandbox.RotationStrict
	flags.IntVar(&cfg.Portals, "portals", 6, "`NUMBER` of accounts")
	flags.BoolVar(&cfg.AutoConsent, "auto-consent", false, "answer the consent page at once")
	flags.StringVar(&cfg.ClientID, "client-id", "", "client `ID` (default made from the seed)")
	flags.StringVar(&cfg.ClientSecret, "client-secret", "", "client `SECRET` (default made from the seed); guards nothing but invented data")
	flags.StringArrayVar(&cfg.RedirectURIs, "redirect-uri", nil, "registered redirect `URI` (repeatable; default "+oauth.DefaultRedirectURI+")")
	flags.StringArrayVar(&cfg.Scopes, "scope", nil, "`SCOPE` the app requires (repeatable; default the CRM reads)")
	flags.StringArrayVar(&cfg.OptionalScopes, "optional-scope", nil, "`SCOPE` the app may ask for (repeatable; default all others)")
	flags.BoolVar(&cfg.UserLevel, "user-level", false, "each user of an account has a grant of their own")
	flags.Int64Var(&cfg.Seed, "seed", 0, "make ids and secrets repeatable by this `NUMBER`")
	flags.IntVar(&cfg.RateLimit, "rate-limit", 0, "`NUMBER` of calls an account may make in 10 s; 0 for HubSpot's own, -1 for no limit")
	_ = cmd.RegisterFlagCompletionFunc("rotate", cobra.FixedCompletions(
		[]string{sandbox.RotationOff, sandbox.RotationGrace, sandbox.RotationStrict}, cobra.ShellCompDirectiveNoFileComp))
}

// serveSandbox runs until it is told to stop, which is how it is meant to end:
// that is no failure.
func (p *program) serveSandbox(ctx context.Context, cfg sandbox.Config, addr string) error {
	if cfg.OptionalScopes != nil && len(cfg.OptionalScopes) == 0 {
		cfg.OptionalScopes = nil
	}
	cfg.Now = p.now
	server, err := sandbox.New(cfg)
	if err != nil {
		return sandboxError(err)
	}
	if err := server.Listen(addr); err != nil {
		return sandboxError(err)
	}
	defer func() { _ = server.Close() }()
	if err := writeJSON(p.out, server.Info()); err != nil {
		return err
	}
	if isTerminal(p.err) {
		p.words("The sandbox runs at %s. Press ctrl-c to end it.", server.URL())
	}
	return server.Serve(ctx)
}
