package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

type refreshFlags struct {
	all, due, force bool
	concurrency     int
}

func newRefreshCommand(p *program) *cobra.Command {
	var f refreshFlags
	cmd := &cobra.Command{
		Use:   "refresh PORTAL... | --all | --due",
		Short: "Get new access tokens now",
		Long: `Gets a new access token for each portal, however long the current one lives.

A named PORTAL is always tried, also when its app was refused before. --all takes
every OAuth portal, --due those whose token has expired or is about to. Both leave
alone what only a person can mend: a portal that needs a reconnect, and one whose app
was refused and has not been edited since; --force tries the latter too.

A pause after a failed refresh is always kept, and a grant that has ended is never
sent again: no flag changes that. When HubSpot says that there are too many calls,
all refreshes of that app pause, in every process: --all and --due wait as told, for
a minute in all at most, and go on; a named PORTAL fails at once.

One line a portal on stdout, the counts on stderr. The exit code is that of the
worst; of those left alone it is 4 (reconnect), 6 (the app is paused) or 8 (app).
Ctrl+C sends nothing any more, stores what was sent, and ends with 130.`,
		Example: `  hsterm refresh acme globex
  hsterm refresh --due --json
  hsterm refresh --all --concurrency 4`,
		ValidArgsFunction: p.completePortals,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd, args); err != nil {
				return err
			}
			ctx := cmd.Context()
			if _, err := p.reading(ctx); err != nil {
				return err
			}
			if _, err := p.unlocked(ctx); err != nil {
				return err
			}
			portals, err := p.chosen(ctx, args, f)
			if err != nil {
				return err
			}
			f.force = f.force || len(args) > 0 // naming a portal is wish enough
			return p.refreshAll(ctx, portals, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.all, "all", false, "refresh every OAuth portal")
	flags.BoolVar(&f.due, "due", false, "refresh every OAuth portal whose token is about to expire, or has")
	flags.BoolVar(&f.force, "force", false, "try portals too whose app was refused before, although it was not edited")
	flags.IntVar(&f.concurrency, "concurrency", 8, "at most this `NUMBER` at the same time")
	return cmd
}

func (f refreshFlags) check(cmd *cobra.Command, args []string) error {
	ways := 0
	for _, given := range []bool{len(args) > 0, f.all, f.due} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		return usageError("Usage: "+cmd.UseLine(), "Name the portals, or say --all or --due: one of the three.")
	case f.concurrency < 1:
		return usageError("", "--concurrency is at least 1.")
	}
	return nil
}

// chosen are the portals a refresh is about. Static tokens are left out of --all
// and --due, as there is nothing to refresh.
func (p *program) chosen(ctx context.Context, refs []string, f refreshFlags) ([]oauth.Portal, error) {
	store := p.parts.store
	var portals []oauth.Portal
	seen := make(map[int64]bool)
	for _, ref := range refs {
		portal, err := store.Resolve(ctx, ref)
		if err != nil {
			return nil, err
		}
		if portal.Kind != oauth.KindOAuth {
			return nil, aboutPortal(usageError("Rotate it in HubSpot and add it again: hsterm add-token "+portal.Alias,
				"%s holds a static token, which cannot be refreshed.", portal.Alias), portal.Alias)
		}
		if !seen[portal.ID] {
			seen[portal.ID] = true
			portals = append(portals, portal)
		}
	}
	if len(refs) > 0 {
		return portals, nil
	}
	all, err := store.Portals(ctx)
	for _, portal := range all {
		if portal.Kind == oauth.KindOAuth && (f.all || p.isDue(portal)) {
			portals = append(portals, portal)
		}
	}
	return portals, err
}

// isDue tells whether a token has expired or is about to, whatever else is wrong
// with its portal.
func (p *program) isDue(portal oauth.Portal) bool {
	state := portal.TTLState(p.now(), oauth.PolicyInteractive.Buffer(portal.Lifetime))
	return state == oauth.TTLDue || state == oauth.TTLExpired
}
