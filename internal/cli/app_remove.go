package cli

import (
	"github.com/spf13/cobra"
)

func newAppRemoveCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:               "remove NAME",
		Short:             "Remove an app that no portal uses",
		Example:           "  hsterm app remove lab",
		Args:              arguments("NAME"),
		ValidArgsFunction: p.completeApp,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			store, err := p.reading(ctx)
			if err != nil {
				return err
			}
			app, err := store.App(ctx, args[0])
			if err != nil {
				return err
			}
			if err := store.RemoveApp(ctx, app.ID); err != nil {
				return err
			}
			p.words("Removed the app %s.", app.Name)
			return nil
		},
	}
}
