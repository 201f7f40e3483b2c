package cli

import (
	"context"
	"errors"
	"io/fs"
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
secrets are taken out of the environment. The exit code is the command's; 127 when
there is no such command, 126 when it cannot be run.`,
		Example: `  hsterm exec acme -- python import.py
  hsterm exec acme -- sh -c 'curl -H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN" $HUBSPOT_API_URL/account-info/2026-09/details'`,
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return missingArgument(cmd, []string{"PORTAL", "COMMAND"}[len(args):]...)
			}
			path, err := exec.LookPath(args[1])
			if err != nil {
				return notFoundToRun(args[1], err)
			}
			grant, err := p.fresh(cmd.Context(), args[0], oauth.FreshOptions{Policy: oauth.PolicyWorker})
			if err != nil {
				return err
			}
			env := p.childEnvironment(grant)
			p.close()
			if err := context.Cause(cmd.Context()); err != nil {
				return err // the signal was for the command too
			}
			return runInPlace(cmd.Context(), path, args[1:], env)
		},
	}
}

// notRunnable is a command that exec could not start, with the exit code that a
// shell gives (POSIX, Shell Command Language, 2.8.2).
type notRunnable struct {
	error
	code int
}

func (e notRunnable) Unwrap() error { return e.error }

// notFoundToRun says why there is no program of a name.
func notFoundToRun(name string, err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		return notRunnable{usageError("Check its name and PATH.", "There is no command %q to run.", name), exitNoCommand}
	}
	return cannotRun(name, err)
}

// cannotRun is a program that is there and does not start.
func cannotRun(name string, err error) error {
	if named := (*exec.Error)(nil); errors.As(err, &named) {
		err = named.Err // it repeats the name
	}
	return notRunnable{&oauth.Error{
		Class: oauth.ClassUsage, Err: err, Message: "The command " + name + " cannot be run: " + reasonOf(err) + ".",
		Hint: "Check that it is a program you may execute.",
	}, exitNotRunnable}
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
