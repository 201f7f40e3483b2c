package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/db"
)

func newKeepFreshCommand(p *program) *cobra.Command {
	return newSwitchCommand(p, &cobra.Command{
		Use:   "keep-fresh PORTAL on|off",
		Short: "Refresh a portal ahead of time while hsterm's screen is open",
		Long: `A portal that is kept fresh is refreshed ahead of time while hsterm's screen is open,
five minutes before its token expires (or at half of its life, if that is later). With
no screen open nothing runs, and the token is refreshed when it is used, as any other.`,
		Example: "  hsterm keep-fresh acme on",
	}, (*db.Store).SetKeepFresh, "Keep fresh is %[2]s for %[1]s.")
}

func newProtectCommand(p *program) *cobra.Command {
	return newSwitchCommand(p, &cobra.Command{
		Use:   "protect PORTAL on|off",
		Short: "Guard a portal against writes and removal by accident",
		Long: `A protected portal is marked on the screen. hsterm api refuses to change its data
without --force, and it cannot be disconnected until the protection is off.`,
		Example: "  hsterm protect acme-prod on",
	}, (*db.Store).SetProtected, "Protection is %[2]s for %[1]s.")
}

// newSwitchCommand completes a command that turns a setting of a portal on or
// off.
func newSwitchCommand(p *program, cmd *cobra.Command, set func(*db.Store, context.Context, int64, bool) error, said string) *cobra.Command {
	cmd.Args = arguments("PORTAL", "on|off")
	cmd.ValidArgsFunction = func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 1 {
			return []string{"on", "off"}, cobra.ShellCompDirectiveNoFileComp
		}
		return p.completePortal(c, args, typed)
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if args[1] != "on" && args[1] != "off" {
			return usageError("Usage: "+cmd.UseLine(), "%q is neither on nor off.", args[1])
		}
		ctx := cmd.Context()
		store, portal, err := p.resolveExact(ctx, args[0])
		if err != nil {
			return err
		}
		if err := set(store, ctx, portal.ID, args[1] == "on"); err != nil {
			return err
		}
		return p.changed(ctx, portal.ID, said, portal.Alias, args[1])
	}
	return cmd
}
