package cli

import (
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newExecCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "exec PORTAL -- COMMAND [ARGUMENT...]",
		Short: "Run a command with a fresh access token in its environment",
		Long: `Runs a command with these variables set: HUBSPOT_ACCESS_TOKEN, HUBSPOT_PORTAL_ID,
HUBSPOT_API_URL, HSTERM_EXPIRES_AT (RFC 3339, empty for a token that never expires).
The token has at least 5 minutes to live, or half of its lifetime. hsterm's own
secrets are taken out of the environment. The exit code is the command's.`,
		Example: `  hsterm exec acme -- python import.py
  hsterm exec acme -- sh -c 'curl -H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN" $HUBSPOT_API_URL/account-info/2026-09/details'`,
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usageError("Usage: "+cmd.UseLine(), "%s needs PORTAL and COMMAND.", cmd.CommandPath())
			}
			path, err := exec.LookPath(args[1])
			if err != nil {
				return usageError("Check its name and PATH.", "There is no command %q to run.", args[1])
			}
			grant, err := p.fresh(cmd.Context(), args[0], oauth.FreshOptions{Policy: oauth.PolicyWorker})
			if err != nil {
				return err
			}
			env := p.childEnvironment(grant)
			p.close()
			return runInPlace(cmd.Context(), path, args[1:], env)
		},
	}
}

// childEnvironment is ours without hsterm's secrets, with the portal's token.
func (p *program) childEnvironment(grant oauth.Grant) []string {
	var env []string
	for name, value := range p.env {
		switch name {
		case "HSTERM_KEY", "HSTERM_PASSPHRASE", "HSTERM_CLIENT_SECRET":
		case "HUBSPOT_ACCESS_TOKEN", "HUBSPOT_PORTAL_ID", "HUBSPOT_API_URL", "HSTERM_EXPIRES_AT":
		default:
			env = append(env, name+"="+value)
		}
	}
	expires := ""
	if grant.Portal.Expires() {
		expires = grant.Portal.ExpiresAt.UTC().Format(time.RFC3339)
	}
	return append(
		env,
		"HUBSPOT_ACCESS_TOKEN="+grant.Access.Reveal(),
		"HUBSPOT_PORTAL_ID="+strconv.FormatInt(grant.Portal.HubID, 10),
		"HUBSPOT_API_URL="+strings.TrimRight(grant.APIURL, "/"),
		"HSTERM_EXPIRES_AT="+expires,
	)
}
