package cli

import (
	"context"

	"github.com/spf13/cobra"
)

func newDemoCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Look around with invented portals: nothing to set up, nothing left behind",
		Long: `Starts a sandbox in this process, connects invented portals by the real consent flow,
lets some of them expire, lose a scope or be uninstalled, and opens the screen on
them. Tokens live for minutes, so that something happens. The store is a temporary
folder that is removed at the end; your own portals are not touched.

Without a terminal it prints the list of portals instead.`,
		Example: "  hsterm demo",
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if _, err := p.keymap(); err != nil {
				return err
			}
			if err := p.playDemo(ctx); err != nil {
				return err
			}
			if p.needsTerminal() == nil {
				return p.show(ctx, "demo")
			}
			return p.listDemo(ctx)
		},
	}
}

// listDemo proves on a machine without a terminal that the scenes were played.
func (p *program) listDemo(ctx context.Context) error {
	portals, err := p.parts.store.Portals(ctx)
	if err != nil {
		return err
	}
	if !p.flags.json {
		return p.printPortals(portals)
	}
	views := make([]portalJSON, 0, len(portals))
	for _, portal := range portals {
		views = append(views, portalView(portal, p.now()))
	}
	return p.data(views)
}
