package cli

import (
	"strconv"

	"github.com/spf13/cobra"
)

func newAppListCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the apps",
		Example: "  hsterm app list\n  hsterm app list --json",
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			store, err := p.reading(ctx)
			if err != nil {
				return err
			}
			apps, err := store.Apps(ctx)
			if err != nil {
				return err
			}
			portals, err := store.Portals(ctx)
			if err != nil {
				return err
			}
			if p.flags.json {
				views := make([]appJSON, 0, len(apps))
				for _, app := range apps {
					views = append(views, appView(app, portals))
				}
				return p.data(views)
			}
			if len(apps) == 0 {
				p.words("There is no app yet. Add one: hsterm app add NAME --client-id ID --scope oauth")
				return nil
			}
			t := table{head: []string{"APP", "CLIENT ID", "VERSION", "PORTALS", "SCOPES"}}
			for _, app := range apps {
				t.row(left(app.Name), left(app.ClientID), left(string(app.APIVersion)),
					right(strconv.Itoa(countOf(app, portals))), right(strconv.Itoa(len(app.Scopes))))
			}
			return t.write(p.out, p.palette(p.out))
		},
	}
}
