package oauth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

// answered is a consent whose answer is in.
func answeredConsent(t *testing.T, c *Connector, request ConsentRequest) *Consent {
	t.Helper()
	if request.App.Name == "" {
		request.App = hubSpotApp(8976)
	}
	request.PasteOnly = true
	consent := startConsent(t, c, request)
	if err := consent.Paste(honestAddress(t, consent)); err != nil {
		t.Fatal(err)
	}
	return consent
}

// storedPortal is account 111 as an earlier consent left it.
func storedPortal() Portal {
	return Portal{
		ID: 5, Alias: "acme-prod", Kind: KindOAuth, AppID: 1, ClientID: consentClientID, HubID: 111, UserID: 7,
		Version: 3, Status: StatusReconnectRequired, Scopes: []string{"oauth", "tickets"},
	}
}

func TestReconnectReplaces(t *testing.T) {
	connector, store, _ := newConnector()
	store.portals[5] = storedPortal()
	consent := answeredConsent(t, connector, ConsentRequest{Portal: storedPortal()})
	if !strings.Contains(consent.URL(), "/oauth/111/authorize?") {
		t.Errorf("URL %s", consent.URL())
	}
	result, err := consent.Complete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if p := result.Portal; p.ID != 5 || p.Alias != "acme-prod" || p.Version != 4 || p.Status != StatusActive || !result.Replaced || len(store.portals) != 1 {
		t.Errorf("portal %+v, replaced %v", p, result.Replaced)
	}
	if !slices.Equal(result.Added, []string{"crm.objects.contacts.read"}) || !slices.Equal(result.Removed, []string{"tickets"}) {
		t.Errorf("added %v, removed %v", result.Added, result.Removed)
	}
	if e := store.events[0]; e.Kind != EventReconnected || e.PortalID != 5 || e.Alias != "acme-prod" || strings.Contains(e.Detail, "acme.com") {
		t.Errorf("event %+v", e)
	}
}

func TestConnectingAgainRenewsWhatIsThere(t *testing.T) {
	connector, store, _ := newConnector()
	store.portals[5] = storedPortal()
	result, err := answeredConsent(t, connector, ConsentRequest{Alias: "other-name"}).Complete(t.Context())
	if err != nil || !result.Replaced || result.Portal.ID != 5 || len(store.portals) != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	if len(result.Notices) != 1 || !strings.Contains(result.Notices[0], "acme-prod") {
		t.Errorf("notices %q", result.Notices)
	}
}

func TestAnotherPortalIsRefused(t *testing.T) {
	for name, request := range map[string]ConsentRequest{
		"of a reconnect": {Portal: storedPortal()},
		"of a connect":   {HubID: 111},
	} {
		t.Run(name, func(t *testing.T) {
			connector, store, endpoint := newConnector()
			endpoint.token.HubID, endpoint.seen.HubID, endpoint.account.HubID = 222, 222, 222
			endpoint.seen.HubDomain = "globex.com"
			store.portals[5] = storedPortal()
			consent := answeredConsent(t, connector, request)
			_, err := consent.Complete(t.Context())
			if ClassOf(err) != ClassWrongPortal || !strings.Contains(err.Error(), "222 (globex.com)") || !strings.Contains(err.Error(), "111") {
				t.Fatalf("Complete: %v", err)
			}
			if store.puts != 0 || store.portals[5].Version != 3 {
				t.Error("something was overwritten")
			}
			// The grant is still in hand, and may be taken after all.
			consent.AcceptOther()
			result, err := consent.Complete(t.Context())
			if err != nil || result.Replaced || result.Portal.HubID != 222 || result.Portal.Alias != "globex" || store.portals[5].Version != 3 {
				t.Errorf("accepted: %+v, %v", result, err)
			}
			if len(endpoint.exchanged) != 1 {
				t.Errorf("the code was sent %d times", len(endpoint.exchanged))
			}
		})
	}
}

func TestAcceptedOtherRenewsItsOwnPortal(t *testing.T) {
	connector, store, endpoint := newConnector()
	endpoint.token.HubID, endpoint.seen.HubID, endpoint.account.HubID = 222, 222, 222
	store.portals[5] = storedPortal()
	store.portals[6] = Portal{ID: 6, Alias: "globex", Kind: KindOAuth, AppID: 1, ClientID: consentClientID, HubID: 222, Version: 9}
	result, err := answeredConsent(t, connector, ConsentRequest{Portal: storedPortal(), AcceptOther: true}).Complete(t.Context())
	if err != nil || result.Portal.ID != 6 || result.Portal.Version != 10 || store.portals[5].Version != 3 {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestUserLevelGrantsAreApart(t *testing.T) {
	app := hubSpotApp(8976)
	app.UserLevel = true
	connector, store, endpoint := newConnector()
	store.portals[5] = storedPortal()
	endpoint.token.UserID, endpoint.seen.UserID = 8, 8
	_, err := answeredConsent(t, connector, ConsentRequest{App: app, Portal: storedPortal()}).Complete(t.Context())
	if ClassOf(err) != ClassWrongPortal || !strings.Contains(err.Error(), "user 8") || !strings.Contains(err.Error(), "user 7") || store.puts != 0 {
		t.Fatalf("reconnect as another user: %v", err)
	}
	accepted := ConsentRequest{App: app, Portal: storedPortal(), AcceptOther: true}
	result, err := answeredConsent(t, connector, accepted).Complete(t.Context())
	if err != nil || result.Replaced || len(store.portals) != 2 || store.portals[5].Version != 3 {
		t.Errorf("reconnect, accepting another user: %+v, %v", result, err)
	}
	endpoint.token.UserID, endpoint.seen.UserID = 7, 7
	result, err = answeredConsent(t, connector, ConsentRequest{App: app}).Complete(t.Context())
	if err != nil || result.Portal.ID != 5 {
		t.Errorf("connect as the same user: %+v, %v", result, err)
	}
}

func TestAliasOfANewPortal(t *testing.T) {
	connector, store, _ := newConnector()
	store.portals[1] = Portal{ID: 1, Alias: "acme", HubID: 999}
	store.portals[2] = Portal{ID: 2, Alias: "acme-2", HubID: 998}
	result, err := answeredConsent(t, connector, ConsentRequest{}).Complete(t.Context())
	if err != nil || result.Portal.Alias != "acme-3" || len(result.Notices) != 0 || store.events[0].Alias != "acme-3" {
		t.Errorf("proposed: %+v, %v", result, err)
	}
	delete(store.portals, result.Portal.ID)
	result, err = answeredConsent(t, connector, ConsentRequest{Alias: "acme"}).Complete(t.Context())
	if err != nil || result.Portal.Alias != "acme-3" || len(result.Notices) != 1 || !strings.Contains(result.Notices[0], "acme is taken") {
		t.Errorf("chosen: %+v, %v", result, err)
	}
}

func TestAStoreThatFailsIsSaidSo(t *testing.T) {
	connector, store, endpoint := newConnector()
	consent := answeredConsent(t, connector, ConsentRequest{})
	store.probeErr = &Error{Class: ClassStore, Message: "The database is read-only."}
	if _, err := consent.Complete(t.Context()); ClassOf(err) != ClassStore || len(endpoint.exchanged) != 0 {
		t.Fatalf("the code was spent on a store that takes nothing: %v", err)
	}
	store.probeErr, store.putErr = nil, &Error{Class: ClassStore, Message: "The disk is full.", Hint: "Make room."}
	_, err := consent.Complete(t.Context())
	var e *Error
	if !errors.As(err, &e) || e.Class != ClassUnsaved || !strings.Contains(e.Message, "The disk is full.") || !strings.Contains(e.Hint, "Make room.") || !errors.Is(err, store.putErr) {
		t.Fatalf("Complete: %v", err)
	}
	store.putErr = nil
	if result, err := consent.Complete(t.Context()); err != nil || result.Portal.Alias != "acme" || len(endpoint.exchanged) != 1 {
		t.Errorf("the grant in hand was not stored: %v", err)
	}
}

func TestCancellingLosesNoGrant(t *testing.T) {
	connector, store, endpoint := newConnector()
	consent := answeredConsent(t, connector, ConsentRequest{})
	ctx, cancel := context.WithCancel(t.Context())
	endpoint.onExchange = cancel
	result, err := consent.Complete(ctx)
	if err != nil || store.puts != 1 || result.Portal.User != "owner@acme.example" {
		t.Fatalf("cancelled while the code was under way: %v, %d writes", err, store.puts)
	}
	consent = answeredConsent(t, connector, ConsentRequest{})
	if _, err := consent.Complete(ctx); ClassOf(err) != ClassInterrupted || len(endpoint.exchanged) != 1 {
		t.Errorf("cancelled before: %v", err)
	}
}

func TestCompleteWithoutAnAnswer(t *testing.T) {
	connector, _, endpoint := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	if _, err := consent.Complete(t.Context()); ClassOf(err) != ClassUsage || len(endpoint.exchanged) != 0 {
		t.Errorf("Complete: %v", err)
	}
}

func TestCompletePassesTheExchangesFailureOn(t *testing.T) {
	connector, store, endpoint := newConnector()
	endpoint.tokenErr = &Error{Class: ClassAppMisconfigured, Message: "The client secret is wrong."}
	if _, err := answeredConsent(t, connector, ConsentRequest{}).Complete(t.Context()); !errors.Is(err, endpoint.tokenErr) || store.puts != 0 {
		t.Errorf("Complete: %v", err)
	}
}

func TestCompleteSendsTheVerifier(t *testing.T) {
	connector, _, endpoint := newConnector()
	app := hubSpotApp(8976)
	app.PKCE = true
	consent := answeredConsent(t, connector, ConsentRequest{App: app})
	if _, err := consent.Complete(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent := endpoint.exchanged[0].Verifier
	if sent.Empty() || !strings.Contains(consent.URL(), "code_challenge="+pkceChallenge(sent)+"&code_challenge_method=S256") || strings.Contains(consent.URL(), sent.Reveal()) {
		t.Errorf("URL %s", consent.URL())
	}
}
