package oauth

import (
	"errors"
	"strings"
	"testing"
)

const patToken = "pat-na1-hstermtestsecret-0000-1111-2222"

func TestAddStaticStoresWhatWorks(t *testing.T) {
	connector, store, _ := newConnector()
	result, err := connector.AddStatic(t.Context(), StaticRequest{Alias: "acme-pat", Token: NewSecret(" " + patToken + "\n")})
	if err != nil {
		t.Fatal(err)
	}
	if p := result.Portal; p.Alias != "acme-pat" || p.Kind != KindPrivateApp || p.HubID != 111 || result.Replaced {
		t.Errorf("portal %+v", p)
	}
	put := store.grants[result.Portal.ID]
	if put.Token.Access.Reveal() != patToken || !put.Token.ExpiresAt.IsZero() || !put.Token.Refresh.Empty() || put.APIURL != DefaultAPIURL || put.APIVersion != V2026_09 || put.AppID != 0 {
		t.Errorf("stored %+v", put)
	}
	unnamed, err := connector.AddStatic(t.Context(), StaticRequest{Kind: KindServiceKey, Token: NewSecret(patToken)})
	if err != nil || unnamed.Portal.Alias != "hub-111" || unnamed.Portal.Kind != KindServiceKey {
		t.Errorf("unnamed: %+v, %v", unnamed, err)
	}
}

func TestAddStaticReplaces(t *testing.T) {
	connector, store, endpoint := newConnector()
	first, err := connector.AddStatic(t.Context(), StaticRequest{Alias: "acme-pat", Token: NewSecret(patToken)})
	if err != nil {
		t.Fatal(err)
	}
	result, err := connector.AddStatic(t.Context(), StaticRequest{Portal: first.Portal, Token: NewSecret(patToken + "-new")})
	if err != nil || !result.Replaced || result.Portal.ID != first.Portal.ID || result.Portal.Alias != "acme-pat" {
		t.Errorf("%+v, %v", result, err)
	}
	if got := store.grants[first.Portal.ID].Token.Access.Reveal(); got != patToken+"-new" {
		t.Error("the old token is still stored")
	}
	endpoint.account.HubID = 222
	if _, err := connector.AddStatic(t.Context(), StaticRequest{Portal: first.Portal, Token: NewSecret(patToken)}); ClassOf(err) != ClassWrongPortal {
		t.Errorf("another account's token: %v", err)
	}
	if _, err := connector.AddStatic(t.Context(), StaticRequest{Alias: "acme-pat", Token: NewSecret(patToken)}); ClassOf(err) != ClassUsage {
		t.Errorf("a taken alias: %v", err)
	}
	if len(store.portals) != 1 || store.portals[first.Portal.ID].HubID != 111 {
		t.Errorf("portals %+v", store.portals)
	}
}

func TestAddStaticRefusesOtherCredentials(t *testing.T) {
	long := strings.Repeat("Ab9", 40)
	cases := []struct {
		name    string
		request StaticRequest
		reason  string
	}{
		{"nothing", StaticRequest{}, "no token"},
		{"blank", StaticRequest{Token: NewSecret(" \n")}, "no token"},
		{"two lines", StaticRequest{Token: NewSecret(patToken + "\n" + patToken)}, "space or a character"},
		{"an OAuth access token", StaticRequest{Token: NewSecret("CJ" + long + "-_hstermtestsecret")}, "OAuth access token"},
		{"an OAuth refresh token", StaticRequest{Token: NewSecret("eu1-00000000-1111-2222-3333-444444444444")}, "OAuth refresh token"},
		{"a client secret", StaticRequest{Token: NewSecret("00000000-1111-2222-3333-444444444444")}, "client secret"},
		{"a personal access key", StaticRequest{Token: NewSecret("CiRu" + long + "+/hstermtestsecret==")}, "personal access key"},
		{"a token answer", StaticRequest{Token: NewSecret(`{"access_token":"hstermtestsecret"}`)}, "JSON"},
		{"a token in quotes", StaticRequest{Token: NewSecret(`"` + patToken + `"`)}, "JSON or a quoted text"},
		{"a token with its scheme", StaticRequest{Token: NewSecret("Bearer " + patToken)}, "space or a character"},
		{"something else", StaticRequest{Token: NewSecret("hstermtestsecret")}, "does not look like"},
		{"a kind that is none", StaticRequest{Token: NewSecret(patToken), Kind: KindOAuth}, "not a kind"},
		{"a bad alias", StaticRequest{Token: NewSecret(patToken), Alias: "a b"}, "cannot be an alias"},
		{"a plain URL", StaticRequest{Token: NewSecret(patToken), APIURL: "http://api.example.com"}, "plain http"},
		{"an OAuth portal", StaticRequest{Token: NewSecret(patToken), Portal: storedPortal()}, "renewed by a consent"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			connector, store, _ := newConnector()
			_, err := connector.AddStatic(t.Context(), c.request)
			var e *Error
			if !errors.As(err, &e) || e.Class != ClassUsage || !strings.Contains(e.Message, c.reason) || e.Hint == "" || store.puts != 0 {
				t.Fatalf("%v", err)
			}
			if strings.Contains(e.Message+e.Hint, "hstermtestsecret") {
				t.Errorf("the reason shows the token: %v", e)
			}
		})
	}
}

func TestAddStaticStoresNothingThatIsRefused(t *testing.T) {
	cases := []struct {
		err  error
		want Class
	}{
		{&Error{Class: ClassInvalid, Message: "Authentication credentials not found."}, ClassWrongCredential},
		{&Error{Class: ClassNotAToken, Message: "Not a token."}, ClassWrongCredential},
		{&Error{Class: ClassTransient, Message: "The server is down."}, ClassTransient},
		{errors.New("odd"), ClassOther},
	}
	for _, c := range cases {
		connector, store, endpoint := newConnector()
		endpoint.accountErr = c.err
		if _, err := connector.AddStatic(t.Context(), StaticRequest{Alias: "a", Token: NewSecret(patToken)}); ClassOf(err) != c.want || store.puts != 0 {
			t.Errorf("%v: %v", c.err, err)
		}
	}
	connector, store, endpoint := newConnector()
	endpoint.account.HubID = 0
	if _, err := connector.AddStatic(t.Context(), StaticRequest{Alias: "a", Token: NewSecret(patToken)}); ClassOf(err) != ClassBadResponse || store.puts != 0 {
		t.Errorf("no hub id: %v", err)
	}
	other := StaticRequest{Alias: "a", Token: NewSecret("any-token-hstermtestsecret"), APIURL: "https://api.example.com/v2/"}
	if result, err := connector.AddStatic(t.Context(), other); err != nil || result.Portal.HubID != 0 {
		t.Errorf("another server: %+v, %v", result, err)
	}
}
