package oauth

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestAuthorizeURL(t *testing.T) {
	app := hubSpotApp(8976)
	app.OptionalScopes = []string{"tickets", "crm.objects.deals.read"}
	cases := []struct {
		name, base string
		hub        int64
		challenge  string
		want       string // up to the query
		wantQuery  string // that the query begins with
	}{
		{"HubSpot", DefaultAuthorizeURL, 0, "", "https://app.hubspot.com/oauth/authorize", "client_id="},
		{"HubSpot with an account", DefaultAuthorizeURL, 111, "", "https://app.hubspot.com/oauth/111/authorize", "client_id="},
		{"HubSpot in Europe", "https://app-eu1.hubspot.com/oauth/authorize", 42, "", "https://app-eu1.hubspot.com/oauth/42/authorize", "client_id="},
		{"a sandbox below a prefix", "http://127.0.0.1:8899/hs/oauth/authorize", 42, "", "http://127.0.0.1:8899/hs/oauth/42/authorize", "client_id="},
		{"MCP", "https://mcp.hubspot.com/oauth/authorize/user", 42, "abc", "https://mcp.hubspot.com/oauth/authorize/user", "client_id="},
		{"another path", "https://id.example.com/login/auth", 42, "", "https://id.example.com/login/auth", "client_id="},
		{"a trailing slash", "https://id.example.com/oauth/authorize/", 42, "", "https://id.example.com/oauth/authorize/", "client_id="},
		{"a query of its own", "https://id.example.com/auth?tenant=a%2Fb&x", 42, "", "https://id.example.com/auth", "tenant=a%2Fb&x&client_id="},
		{"a query that would double", "https://id.example.com/auth?state=old&%63lient_id=old&t=1", 0, "", "https://id.example.com/auth", "t=1&client_id="},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			app.AuthorizeURL = c.base
			got, err := authorizeURL(app, authorization{
				scopes: scopesToRequest(app, nil), redirectURI: app.RedirectURIs[0], state: "st-1_~", challenge: c.challenge, hubID: c.hub,
			})
			if err != nil {
				t.Fatal(err)
			}
			address, query, _ := strings.Cut(got, "?")
			if address != c.want || !strings.HasPrefix(query, c.wantQuery) {
				t.Fatalf("got %s", got)
			}
			checkAuthorizeQuery(t, app, query, c.challenge)
		})
	}
}

// checkAuthorizeQuery compares the parameters with RFC 6749 section 4.1.1.
func checkAuthorizeQuery(t *testing.T, app App, query, challenge string) {
	t.Helper()
	if strings.Contains(query, "+") {
		t.Errorf("a space is a plus in %s", query)
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"client_id": {app.ClientID}, "redirect_uri": {app.RedirectURIs[0]}, "response_type": {"code"}, "state": {"st-1_~"},
		"scope": {"oauth crm.objects.contacts.read"}, "optional_scope": {"tickets crm.objects.deals.read"},
	}
	if challenge != "" {
		want["code_challenge"], want["code_challenge_method"] = []string{challenge}, []string{"S256"}
	}
	for name, value := range want {
		if !slices.Equal(values[name], value) {
			t.Errorf("%s is %q, want %q", name, values[name], value)
		}
	}
	if challenge == "" && values.Has("code_challenge") {
		t.Error("there is a code challenge without PKCE")
	}
}

func TestScopesToRequest(t *testing.T) {
	app := App{Scopes: []string{"oauth", "a", "a"}, OptionalScopes: []string{"b", "a", "b"}}
	r := scopesToRequest(app, []string{"a", "b", "c", "c"})
	if !slices.Equal(r.required, []string{"oauth", "a", "c"}) || !slices.Equal(r.optional, []string{"b"}) || !slices.Equal(r.unlisted, []string{"c"}) {
		t.Errorf("required %v, optional %v, unlisted %v", r.required, r.optional, r.unlisted)
	}
}

// RFC 7636 appendix B gives the pair.
func TestPKCEChallenge(t *testing.T) {
	if got := pkceChallenge(NewSecret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")); got != "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" {
		t.Errorf("challenge %s", got)
	}
}

func TestRandomTextIsNeverTheSame(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		text, err := randomText(nil)
		if err != nil || len(text) != 43 || seen[text] {
			t.Fatalf("%q, %v", text, err)
		}
		seen[text] = true
	}
	if _, err := randomText(strings.NewReader("short")); err == nil {
		t.Error("a source that runs dry gave a state")
	}
}
