package cli

import (
	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

func newAppCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "app",
		Short: "Keep the OAuth clients that portals are connected with",
		Long: `An app is an OAuth client of HubSpot: a client id and secret, the redirect URIs
and scopes registered for it. HubSpot has no clients for everyone, so you register
your own once (hsterm app manifest prints what to register) and add it here.`,
		Example: `  hsterm app add main --client-id 1f2e3d --scope oauth --scope crm.objects.contacts.read
  hsterm app check main
  hsterm app list`,
		RunE: needsSubcommand,
	}
	cmd.AddCommand(
		newAppAddCommand(p),
		newAppListCommand(p),
		newAppShowCommand(p),
		newAppEditCommand(p),
		newAppRemoveCommand(p),
		newAppCheckCommand(p),
		newAppManifestCommand(p),
	)
	return cmd
}

// appJSON is an app as scripts see it. It has no secret.
type appJSON struct {
	Name           string   `json:"name"`
	ClientID       string   `json:"client_id"`
	RedirectURIs   []string `json:"redirect_uris"`
	Scopes         []string `json:"scopes"`
	OptionalScopes []string `json:"optional_scopes"`
	AuthorizeURL   string   `json:"authorize_url"`
	APIURL         string   `json:"api_url"`
	APIVersion     string   `json:"api_version"`
	PKCE           bool     `json:"pkce"`
	UserLevel      bool     `json:"user_level"`
	Portals        int      `json:"portals"`
	Lacking        []string `json:"lacking"`  // portals whose grant has not all the scopes
	Warnings       []string `json:"warnings"` // what may go wrong with it
	CreatedAt      stamp    `json:"created_at"`
	UpdatedAt      stamp    `json:"updated_at"`
}

func appView(app oauth.App, portals []oauth.Portal) appJSON {
	return appJSON{
		Name:           app.Name,
		ClientID:       app.ClientID,
		RedirectURIs:   orEmpty(app.RedirectURIs),
		Scopes:         orEmpty(app.Scopes),
		OptionalScopes: orEmpty(app.OptionalScopes),
		AuthorizeURL:   app.AuthorizeURL,
		APIURL:         app.APIURL,
		APIVersion:     string(app.APIVersion),
		PKCE:           app.PKCE,
		UserLevel:      app.UserLevel,
		Portals:        countOf(app, portals),
		Lacking:        orEmpty(lacking(app, portals)),
		Warnings:       warnings(app),
		CreatedAt:      stamp(app.CreatedAt),
		UpdatedAt:      stamp(app.UpdatedAt),
	}
}

func countOf(app oauth.App, portals []oauth.Portal) int {
	n := 0
	for _, portal := range portals {
		if portal.AppID == app.ID {
			n++
		}
	}
	return n
}

// lacking are the aliases of the portals that were granted less than the app
// requires now.
func lacking(app oauth.App, portals []oauth.Portal) []string {
	var aliases []string
	for _, portal := range portals {
		if portal.AppID == app.ID && len(portal.MissingScopes(app.Scopes)) > 0 {
			aliases = append(aliases, portal.Alias)
		}
	}
	return aliases
}

// orEmpty keeps an empty list from becoming null in JSON.
func orEmpty(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}
