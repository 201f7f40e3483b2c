package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newTokenCommand(p *program) *cobra.Command {
	var minTTL time.Duration
	cmd := &cobra.Command{
		Use:   "token PORTAL",
		Short: "Print a usable access token and nothing else",
		Long: `Prints the access token of a portal, refreshed first if it is about to expire. A
token that lives long enough costs no network and no write.`,
		Example: `  curl -H "Authorization: Bearer $(hsterm token acme)" https://api.hubapi.com/account-info/2026-09/details
  hsterm token acme --min-ttl 10m`,
		Args:              arguments("PORTAL"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			if minTTL < 0 {
				return usageError("Give a duration such as 2m or 90s.", "--min-ttl cannot be negative.")
			}
			grant, err := p.fresh(cmd.Context(), args[0], oauth.FreshOptions{
				Policy: oauth.PolicyInteractive, MinTTL: minTTL,
			})
			if err != nil {
				return err
			}
			if p.flags.json {
				return p.data(tokenView(grant, p.now()))
			}
			_, err = fmt.Fprintln(p.out, grant.Access.Reveal())
			return err
		},
	}
	cmd.Flags().DurationVar(&minTTL, "min-ttl", 0, "refresh a token that lives shorter than this `TIME` (default 2m, at most half of its lifetime)")
	return cmd
}

// tokenJSON is the one place where an access token is printed as JSON: the
// command exists to print it.
type tokenJSON struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresAt   stamp  `json:"expires_at"`
	TTLSeconds  *int64 `json:"ttl_seconds"`
}

func tokenView(grant oauth.Grant, now time.Time) tokenJSON {
	view := portalView(grant.Portal, now)
	return tokenJSON{
		AccessToken: grant.Access.Reveal(), TokenType: view.TokenType,
		ExpiresAt: view.ExpiresAt, TTLSeconds: view.TTLSeconds,
	}
}
