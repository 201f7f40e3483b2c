package cli

import (
	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newRenameCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:               "rename PORTAL NEW",
		Short:             "Give a portal another alias",
		Example:           "  hsterm rename acme acme-prod",
		Args:              arguments("PORTAL", "NEW"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oauth.ValidateAlias(args[1]); err != nil {
				return err
			}
			store, portal, err := p.resolveExact(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if err := store.Rename(cmd.Context(), portal.ID, args[1]); err != nil {
				return err
			}
			return p.changed(cmd.Context(), portal.ID, "Renamed %s to %s.", portal.Alias, args[1])
		},
	}
}
