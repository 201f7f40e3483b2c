package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hsterm/hsterm/oauth"
)

// appFlags are the settings of an app on the command line.
type appFlags struct {
	clientID     string
	secretStdin  bool
	scopes       []string
	optional     []string
	redirectURIs []string
	authorizeURL string
	apiURL       string
	apiVersion   string
	pkce         bool
	userLevel    bool
}

func (f *appFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.clientID, "client-id", "", "client `ID`")
	flags.BoolVar(&f.secretStdin, "client-secret-stdin", false, "read the client secret from standard input")
	flags.StringArrayVar(&f.scopes, "scope", nil, "required `SCOPE` (repeatable)")
	flags.StringArrayVar(&f.optional, "optional-scope", nil, "optional `SCOPE` (repeatable)")
	flags.StringArrayVar(&f.redirectURIs, "redirect-uri", []string{oauth.DefaultRedirectURI}, "registered redirect `URI` (repeatable; the first with a free port is used)")
	flags.StringVar(&f.authorizeURL, "authorize-url", oauth.DefaultAuthorizeURL, "`URL` of the consent page")
	flags.StringVar(&f.apiURL, "api-url", oauth.DefaultAPIURL, "`URL` of the API and token endpoint")
	flags.StringVar(&f.apiVersion, "api-version", string(oauth.V2026_09), "`VERSION` of the OAuth endpoints: 2026-09, 2026-03, v3 or v1")
	flags.BoolVar(&f.pkce, "pkce", false, "send a PKCE challenge (S256)")
	flags.BoolVar(&f.userLevel, "user-level", false, "each user of a portal has a grant of their own")
	_ = cmd.RegisterFlagCompletionFunc("api-version", cobra.FixedCompletions(versionNames(), cobra.ShellCompDirectiveNoFileComp))
}

// apply puts the flags into an app: all of them into a new one, only those that
// were given into one that exists.
func (f *appFlags) apply(app *oauth.App, flags *pflag.FlagSet, all bool) {
	set := func(name string, put func()) {
		if all || flags.Changed(name) {
			put()
		}
	}
	set("client-id", func() { app.ClientID = strings.TrimSpace(f.clientID) })
	set("scope", func() { app.Scopes = splitScopes(f.scopes) })
	set("optional-scope", func() { app.OptionalScopes = splitScopes(f.optional) })
	set("redirect-uri", func() { app.RedirectURIs = f.redirectURIs })
	set("authorize-url", func() { app.AuthorizeURL = f.authorizeURL })
	set("api-url", func() { app.APIURL = f.apiURL })
	set("api-version", func() { app.APIVersion = oauth.APIVersion(f.apiVersion) })
	set("pkce", func() { app.PKCE = f.pkce })
	set("user-level", func() { app.UserLevel = f.userLevel })
}

// splitScopes splits values at spaces, the way HubSpot's pages list scopes.
func splitScopes(values []string) []string {
	var all []string
	for _, v := range values {
		all = append(all, strings.Fields(v)...)
	}
	return all
}

func versionNames() []string {
	var names []string
	for _, v := range oauth.APIVersions() {
		names = append(names, string(v))
	}
	return names
}

// clientSecret takes the secret from standard input, the environment or a
// prompt, never from an argument, which other users of the machine could read.
func (p *program) clientSecret(ctx context.Context, fromStdin bool) (oauth.Secret, error) {
	switch {
	case fromStdin && !p.interactive():
		return p.secretFromInput("client secret")
	case !fromStdin && p.env.get("HSTERM_CLIENT_SECRET") != "":
		return oauth.NewSecret(strings.TrimSpace(p.env.get("HSTERM_CLIENT_SECRET"))), nil
	case p.interactive():
		secret, err := p.askSecret(ctx, "Client secret (not shown)")
		if err == nil && secret.Empty() {
			err = usageError("Copy it from the Auth tab of your app in HubSpot.", "No client secret was given.")
		}
		return secret, err
	}
	return oauth.Secret{}, usageError("Set HSTERM_CLIENT_SECRET, or pipe it in with --client-secret-stdin.",
		"The client secret is missing.")
}

// checkApp refuses an app that cannot work and prints what may go wrong with one
// that can; the JSON of a command carries that as data.
func (p *program) checkApp(app oauth.App) error {
	if err := refuseBroken(app); err != nil {
		return err
	}
	for _, text := range warnings(app) {
		p.words("warning: %s", safe(text))
	}
	return nil
}
