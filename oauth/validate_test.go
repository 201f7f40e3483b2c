package oauth

import (
	"errors"
	"strings"
	"testing"
)

func TestValidateApp(t *testing.T) {
	cases := []struct {
		name   string
		change func(*App)
		reason string // "" when it is right
	}{
		{"HubSpot's", func(*App) {}, ""},
		{"a sandbox", func(a *App) {
			a.AuthorizeURL, a.APIURL = "http://127.0.0.1:8899/oauth/authorize", "http://localhost:8899/"
		}, ""},
		{"IPv6", func(a *App) { a.APIURL = "http://[::1]:8899" }, ""},
		{"a prefix", func(a *App) { a.APIURL = "https://proxy.example.com/hubspot/" }, ""},
		{"a tenant", func(a *App) { a.AuthorizeURL = "https://id.example.com/auth?tenant=1" }, ""},
		{"an https redirect", func(a *App) { a.RedirectURIs = []string{"https://example.com/cb?x=1"} }, ""},
		{"port 80", func(a *App) { a.RedirectURIs = []string{"http://localhost/cb"} }, ""},
		{"no path", func(a *App) { a.RedirectURIs = []string{"http://127.0.0.1:8976"} }, ""},
		{"no name", func(a *App) { a.Name = "" }, "the name of an app"},
		{"a name with a space", func(a *App) { a.Name = "my app" }, "the name of an app"},
		{"a name like a flag", func(a *App) { a.Name = "-app" }, "the name of an app"},
		{"a name too long", func(a *App) { a.Name = strings.Repeat("a", 64) }, "the name of an app"},
		{"a name with an accent", func(a *App) { a.Name = "café" }, "the name of an app"},
		{"no client id", func(a *App) { a.ClientID = " " }, "client id"},
		{"a client id with a space", func(a *App) { a.ClientID = "a b" }, "client id"},
		{"a version that is none", func(a *App) { a.APIVersion = "2027-03" }, "2027-03"},
		{"no redirect URI", func(a *App) { a.RedirectURIs = nil }, "no redirect URI"},
		{"authorize over http", func(a *App) { a.AuthorizeURL = "http://app.hubspot.com/oauth/authorize" }, "plain http"},
		{"api over http", func(a *App) { a.APIURL = "http://192.168.1.5:8899" }, "plain http"},
		{"api over ftp", func(a *App) { a.APIURL = "ftp://api.hubapi.com" }, "not https"},
		{"api without a scheme", func(a *App) { a.APIURL = "api.hubapi.com" }, "not an absolute URL"},
		{"api with a query", func(a *App) { a.APIURL = "https://api.hubapi.com/?x=1" }, "query"},
		{"api with a fragment", func(a *App) { a.APIURL = "https://api.hubapi.com/#" }, "fragment"},
		{"api with a user", func(a *App) { a.APIURL = "https://me:hstermtestsecret@api.hubapi.com" }, "user name"},
		{"api with a bad port", func(a *App) { a.APIURL = "https://api.hubapi.com:70000" }, "port"},
		{"api empty", func(a *App) { a.APIURL = "" }, "not an absolute URL"},
		{"api with a line feed", func(a *App) { a.APIURL = "https://api.hubapi.com\n" }, "not an absolute URL"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			app := hubSpotApp(8976)
			c.change(&app)
			checkReason(t, ValidateApp(app), c.reason)
		})
	}
}

func TestValidateRedirectURIs(t *testing.T) {
	for uri, reason := range map[string]string{
		"http://localhost:8976/cb":        "",
		"http://LOCALHOST:8976/cb":        "",
		"http://[::1]:8976/cb":            "",
		"http://localhost:0/cb":           "port",
		"http://localhost:/cb":            "port",
		"http://localhost:65536/cb":       "port",
		"http://localhost:x/cb":           "absolute URL",
		"http://example.com/cb":           "another machine",
		"http://127.0.0.2:8976/cb":        "another machine",
		"http://localhost.example:1/cb":   "another machine",
		"http://localhost:8976/cb#x":      "fragment",
		"http://localhost:8976/cb#":       "fragment",
		"http://me@localhost:8976/cb":     "user name",
		"http://localhost:8976/cb?code=x": "parameter",
		"http://localhost:8976/cb?state":  "parameter",
		"http://localhost:8976/a b":       "character",
		"http://localhost:8976/é":         "character",
		"myapp://callback":                "neither http nor https",
		"localhost:8976/cb":               "absolute URL",
		"/cb":                             "absolute URL",
		"":                                "absolute URL",
		"http://":                         "absolute URL",
		"urn:ietf:wg:oauth:2.0:oob":       "absolute URL",
	} {
		app := hubSpotApp(8976)
		app.RedirectURIs = []string{uri}
		t.Run(uri, func(t *testing.T) { checkReason(t, ValidateApp(app), reason) })
	}
}

// checkReason compares a complaint of ClassUsage, or none for "".
func checkReason(t *testing.T, err error, reason string) {
	t.Helper()
	if reason == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}
		return
	}
	var e *Error
	if !errors.As(err, &e) || e.Class != ClassUsage || !strings.Contains(e.Message, reason) || e.Hint == "" {
		t.Fatalf("%v, want %q", err, reason)
	}
	if strings.Contains(e.Message+e.Hint, "hstermtestsecret") {
		t.Errorf("the complaint shows a secret: %v", e)
	}
}

func TestValidateAlias(t *testing.T) {
	for alias, reason := range map[string]string{
		"acme": "", "Acme.prod_2-eu": "", "1password": "", "7-eleven": "",
		"": "alias", "12345": "hub id", ".acme": "alias", "-acme": "alias", "a/b": "alias", "a b": "alias", "a\x1b": "alias",
		strings.Repeat("a", 63): "", strings.Repeat("a", 64): "alias",
	} {
		t.Run(alias, func(t *testing.T) { checkReason(t, ValidateAlias(alias), reason) })
	}
}

func TestProposeAlias(t *testing.T) {
	cases := []struct {
		domain string
		hub    int64
		want   string
	}{
		{"acme.com", 1, "acme"},
		{"www.acme.co.uk", 1, "acme"},
		{"ACME.com", 1, "acme"},
		{"shop_1.acme.com", 1, "shop_1"},
		{"163.com", 1, "163.com"},
		{"münchen.example", 1, "m-nchen"},
		{"-.com", 1, "com"},
		{"\x1b[31m", 7, "31m"},
		{"", 7, "hub-7"},
		{"123", 7, "hub-7"},
		{"...", 0, "portal"},
		{strings.Repeat("long", 40) + ".com", 7, strings.Repeat("long", 16)[:63]},
	}
	for _, c := range cases {
		got := ProposeAlias(c.domain, c.hub)
		if got != c.want {
			t.Errorf("ProposeAlias(%q, %d) = %q, want %q", c.domain, c.hub, got, c.want)
		}
		for _, n := range []int{2, 10, 100} {
			if err := ValidateAlias(NumberAlias(got, n)); err != nil {
				t.Errorf("%q numbered %d: %v", got, n, err)
			}
		}
	}
}
