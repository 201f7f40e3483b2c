package oauth

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// rfcServer is a server by somebody else: RFC 6749 and nothing more.
func rfcServer() (*fakeEndpoint, App) {
	absent := &Error{Class: ClassAppMisconfigured, Message: "There is nothing here."}
	app := hubSpotApp(8976)
	app.AuthorizeURL, app.APIURL = "https://id.example.com/oauth/authorize", "https://id.example.com"
	app.Scopes = []string{"read", "write"}
	return &fakeEndpoint{
		token:   Token{Access: NewSecret("hstermtestsecret-plain-access"), Refresh: NewSecret("hstermtestsecret-plain-refresh"), Type: "Bearer", Lifetime: time.Hour},
		seenErr: absent, accountErr: absent,
	}, app
}

func TestIdentityOnHubSpot(t *testing.T) {
	down := &Error{Class: ClassTransient, Message: "The server is down."}
	cases := []struct {
		name    string
		change  func(*fakeEndpoint)
		class   Class  // of the failure, "" when stored
		notices string // words of the notices, or of the failure
	}{
		{"everything known", func(*fakeEndpoint) {}, "", ""},
		{"hub id from introspection", func(f *fakeEndpoint) { f.token.HubID, f.accountErr = 0, down }, "", "Type and region"},
		{"hub id from account-info", func(f *fakeEndpoint) { f.token.HubID, f.seenErr = 0, down }, "", "User and domain"},
		{"introspection down", func(f *fakeEndpoint) { f.seenErr = down }, "", "The server is down."},
		{"introspection inactive", func(f *fakeEndpoint) { f.seen = Introspection{} }, "", "not active"},
		{"nobody tells the hub id", func(f *fakeEndpoint) { f.token.HubID, f.seenErr, f.accountErr = 0, down, down }, ClassBadResponse, "which account"},
		{"introspection disagrees", func(f *fakeEndpoint) { f.seen.HubID = 222 }, ClassWrongPortal, "111 and 222"},
		{"account-info disagrees", func(f *fakeEndpoint) { f.account.HubID = 222 }, ClassWrongPortal, "111 and 222"},
		{"scopes from introspection", func(f *fakeEndpoint) { f.token.Scopes = nil }, "", ""},
		{"no scopes at all", func(f *fakeEndpoint) { f.token.Scopes, f.seen.Scopes = nil, nil }, "", "assumed"},
		{"no refresh token", func(f *fakeEndpoint) { f.token.Refresh = Secret{} }, "", "no refresh token"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			connector, store, endpoint := newConnector()
			c.change(endpoint)
			result, err := answeredConsent(t, connector, ConsentRequest{}).Complete(t.Context())
			said := strings.Join(result.Notices, "\n")
			if err != nil {
				said = err.Error()
			}
			if ClassOf(err) != c.class || !strings.Contains(said, c.notices) || (c.notices == "") != (said == "") {
				t.Fatalf("%v, said %q", err, said)
			}
			if c.class != "" {
				if store.puts != 0 {
					t.Error("it was stored")
				}
				return
			}
			if p := result.Portal; p.HubID != 111 || p.UserID != 7 || !slices.Equal(p.Scopes, []string{"crm.objects.contacts.read", "oauth"}) {
				t.Errorf("portal %+v", p)
			}
		})
	}
}

func TestIdentityOnAnotherServer(t *testing.T) {
	endpoint, app := rfcServer()
	store := newMemoryConnections()
	connector := &Connector{Store: store, Endpoint: endpoint}
	result, err := answeredConsent(t, connector, ConsentRequest{App: app}).Complete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if p := result.Portal; p.HubID != 0 || p.Alias != "portal" || !slices.Equal(p.Scopes, []string{"read", "write"}) || len(result.Missing) != 0 {
		t.Errorf("portal %+v", p)
	}
	if said := strings.Join(result.Notices, "\n"); !strings.Contains(said, "no hub id") || !strings.Contains(said, "assumed") || strings.Contains(said, "nothing here") {
		t.Errorf("notices %q", said)
	}
	// Another grant of an unknown account may be anybody's.
	second, err := answeredConsent(t, connector, ConsentRequest{App: app}).Complete(t.Context())
	if err != nil || second.Replaced || second.Portal.Alias != "portal-2" {
		t.Errorf("second: %+v, %v", second, err)
	}
	// The same connection renewed is the same.
	renewed, err := answeredConsent(t, connector, ConsentRequest{App: app, Portal: result.Portal}).Complete(t.Context())
	if err != nil || !renewed.Replaced || renewed.Portal.ID != result.Portal.ID {
		t.Errorf("renewed: %+v, %v", renewed, err)
	}
	if _, err := answeredConsent(t, connector, ConsentRequest{App: app, HubID: 5}).Complete(t.Context()); ClassOf(err) != ClassWrongPortal {
		t.Errorf("an account was asked for and none came: %v", err)
	}
}

func TestMissingScopesAreNamed(t *testing.T) {
	connector, _, endpoint := newConnector()
	endpoint.token.Scopes = []string{"oauth"}
	app := hubSpotApp(8976)
	app.OptionalScopes = []string{"tickets"}
	consent := answeredConsent(t, connector, ConsentRequest{App: app, ExtraScopes: []string{"tickets", "crm.objects.deals.read"}})
	result, err := consent.Complete(t.Context())
	if err != nil || !slices.Equal(result.Missing, []string{"crm.objects.contacts.read", "crm.objects.deals.read"}) {
		t.Errorf("missing %v, %v", result.Missing, err)
	}
	if len(consent.Notices()) != 1 || len(result.Notices) != 1 || !strings.Contains(result.Notices[0], "crm.objects.deals.read") {
		t.Errorf("notices %q", result.Notices)
	}
}
