package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newAppShowCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:               "show NAME",
		Short:             "Show one app",
		Example:           "  hsterm app show main",
		Args:              arguments("NAME"),
		ValidArgsFunction: p.completeApp,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			app, portals, err := p.appNamed(ctx, args[0])
			if err != nil {
				return err
			}
			if p.flags.json {
				return p.data(appView(app, portals))
			}
			return p.printApp(app, portals)
		},
	}
}

// appNamed reads an app with its sealed fields, and the portals to count its own
// among.
func (p *program) appNamed(ctx context.Context, name string) (oauth.App, []oauth.Portal, error) {
	if _, err := p.reading(ctx); err != nil {
		return oauth.App{}, nil, err
	}
	store, err := p.unlocked(ctx)
	if err != nil {
		return oauth.App{}, nil, err
	}
	app, err := store.App(ctx, name)
	if err != nil {
		return oauth.App{}, nil, err
	}
	portals, err := store.Portals(ctx)
	return app, portals, err
}

func (p *program) printApp(app oauth.App, portals []oauth.Portal) error {
	var page sheet
	field := page.add
	field("app", app.Name)
	field("client id", app.ClientID)
	field("client secret", app.ClientSecret.Hint())
	page.addList("redirect URIs", app.RedirectURIs)
	page.addList("scopes", app.Scopes)
	page.addList("optional scopes", app.OptionalScopes)
	field("consent page", app.AuthorizeURL)
	field("API", app.APIURL)
	field("version", string(app.APIVersion))
	field("PKCE", yesNo(app.PKCE))
	field("user level", yesNo(app.UserLevel))
	field("portals", strconv.Itoa(countOf(app, portals)))
	if names := lacking(app, portals); len(names) > 0 {
		page.addListAs(moodDue, "reconnect", names)
		field("", "The app asks for more now than they were granted.")
	}
	field("added", when(app.CreatedAt, p.now()))
	field("changed", when(app.UpdatedAt, p.now()))
	return p.printSheet(page)
}

func yesNo(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}
