package oauth

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestLintApp(t *testing.T) {
	cases := []struct {
		name     string
		change   func(*App)
		severity Severity
		words    string // of the one finding, "" for none
	}{
		{"clean", func(*App) {}, "", ""},
		{"offline", func(a *App) { a.Scopes = append(a.Scopes, "offline") }, SeverityError, "offline"},
		{"offline, optional", func(a *App) { a.OptionalScopes = []string{"offline"} }, SeverityError, "offline"},
		{"contacts", func(a *App) { a.Scopes = append(a.Scopes, "contacts") }, SeverityError, "retired the scope contacts"},
		{"no oauth", func(a *App) { a.Scopes = []string{"tickets"} }, SeverityError, "oauth is missing"},
		{"oauth only optional", func(a *App) { a.Scopes, a.OptionalScopes = []string{"tickets"}, []string{"oauth"} }, SeverityError, "oauth is missing"},
		{"commas", func(a *App) { a.Scopes = []string{"oauth", "tickets,forms"} }, SeverityError, "comma"},
		{"spaces", func(a *App) { a.Scopes = []string{"oauth", "tickets forms"} }, SeverityError, "space"},
		{"empty", func(a *App) { a.Scopes = []string{"oauth", ""} }, SeverityError, "empty"},
		{"quotes", func(a *App) { a.Scopes = []string{"oauth", `"tickets"`} }, SeverityError, "no scope can have"},
		{"twice", func(a *App) { a.Scopes = []string{"oauth", "tickets", "tickets"} }, SeverityWarning, "listed twice"},
		{"thrice", func(a *App) { a.OptionalScopes = []string{"forms", "forms", "forms"} }, SeverityWarning, "listed twice"},
		{"both lists", func(a *App) { a.OptionalScopes = []string{"oauth"} }, SeverityWarning, "both required and optional"},
		{"v1", func(a *App) { a.APIVersion = V1 }, SeverityWarning, "16 Feb 2027"},
		{"by number", func(a *App) { a.RedirectURIs = []string{"http://127.0.0.1:8976/cb"} }, SeverityWarning, "localhost only"},
		{"another API", func(a *App) { a.APIURL = "http://127.0.0.1:8899" }, SeverityWarning, "consent page is HubSpot's"},
		{"another page", func(a *App) { a.AuthorizeURL = "http://127.0.0.1:8899/oauth/authorize" }, SeverityWarning, "API URL is HubSpot's"},
		{"page of a region", func(a *App) { a.AuthorizeURL = "https://app-eu1.hubspot.com/oauth/authorize" }, "", ""},
		{"redirect twice", func(a *App) { a.RedirectURIs = append(a.RedirectURIs, a.RedirectURIs[0]) }, SeverityWarning, "listed twice"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			app := hubSpotApp(8976)
			c.change(&app)
			findings := LintApp(app)
			if c.words == "" {
				if len(findings) != 0 {
					t.Errorf("findings %+v", findings)
				}
				return
			}
			if len(findings) != 1 || findings[0].Severity != c.severity || !strings.Contains(findings[0].Message, c.words) || findings[0].Hint == "" {
				t.Errorf("findings %+v", findings)
			}
		})
	}
}

// What HubSpot refuses, another server may want.
func TestLintElsewhere(t *testing.T) {
	_, app := rfcServer()
	app.Scopes = []string{"contacts", "offline", "a,b"}
	for _, finding := range LintApp(app) {
		if finding.Severity != SeverityWarning {
			t.Errorf("%+v", finding)
		}
	}
}

func TestManifest(t *testing.T) {
	app := hubSpotApp(8976)
	app.RedirectURIs = append(app.RedirectURIs, "https://example.com/cb?a=1&b=2")
	text, err := Manifest(app)
	if err != nil || strings.Contains(string(text), "hstermtestsecret") || !strings.Contains(string(text), "a=1&b=2") || !strings.HasSuffix(string(text), "}\n") {
		t.Fatalf("%s, %v", text, err)
	}
	var block struct {
		Type                        string
		RedirectURLs                []string
		RequiredScopes              []string
		OptionalScopes              []string
		ConditionallyRequiredScopes []string
	}
	if err := json.Unmarshal(text, &block); err != nil {
		t.Fatal(err)
	}
	if block.Type != "oauth" || !slices.Equal(block.RedirectURLs, app.RedirectURIs) || !slices.Equal(block.RequiredScopes, app.Scopes) {
		t.Errorf("block %+v", block)
	}
	if block.OptionalScopes == nil || block.ConditionallyRequiredScopes == nil {
		t.Errorf("an empty list is null:\n%s", text)
	}
}
