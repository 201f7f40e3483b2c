package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newListCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the portals and how long their tokens live",
		Long: `Lists all portals. Listing never refreshes and needs no network. While the store is
locked it works too; only the fields that are stored sealed stay empty.`,
		Example: `  hsterm list
  hsterm list --json | jq -r '.[] | select(.status != "active") | .alias'`,
		Args: arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			portals, err := p.portals(cmd.Context())
			if err != nil {
				return err
			}
			if p.flags.json {
				views := make([]portalJSON, 0, len(portals))
				for _, portal := range portals {
					views = append(views, portalView(portal, p.now()))
				}
				return p.data(views)
			}
			if len(portals) == 0 {
				p.words("There is no portal yet. Connect one: hsterm connect. Or look around: hsterm demo")
				return nil
			}
			return p.printPortals(portals)
		},
	}
}

// portals reads all portals, with their sealed fields where that takes no
// question.
func (p *program) portals(ctx context.Context) ([]oauth.Portal, error) {
	store, err := p.openQuietly(ctx)
	if err != nil {
		return nil, err
	}
	return store.Portals(ctx)
}

func (p *program) printPortals(portals []oauth.Portal) error {
	t := table{head: []string{"PORTAL", "HUB ID", "APP", "STATUS", "TIME TO LIVE"}, width: p.width(p.out)}
	now := p.now()
	for _, portal := range portals {
		word, m := statusWord(portal, now)
		t.row(
			left(portal.Alias),
			right(hubText(portal)),
			left(appText(portal)),
			left(word).as(m),
			left(lifeWords(portal, now)).as(lifeMood(m)),
		)
	}
	return t.write(p.out, p.palette(p.out))
}

// lifeMood keeps the time of a healthy portal calm: only what needs a look is
// coloured.
func lifeMood(m mood) mood {
	if m == moodGood {
		return moodPlain
	}
	return m
}

func hubText(portal oauth.Portal) string {
	if portal.HubID == 0 {
		return "not told"
	}
	return strconv.FormatInt(portal.HubID, 10)
}

// appText is the app's name, or the kind of a static token.
func appText(portal oauth.Portal) string {
	if portal.Kind != oauth.KindOAuth {
		return string(portal.Kind)
	}
	return portal.AppName
}
