package oauth

import (
	"testing"
)

func TestConnectStoresAGrant(t *testing.T) {
	connector, store, endpoint := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	status, _, _ := browse(t, honestAddress(t, consent))
	if status != 200 {
		t.Fatalf("the browser got %d", status)
	}
	if err := consent.Wait(t.Context()); err != nil {
		t.Fatalf("Wait: %v", err)
	}
	result, err := consent.Complete(t.Context())
	if err != nil {
		t.Fatalf("Complete: %v", err)
	}
	portal := result.Portal
	if portal.Alias != "acme" || portal.HubID != 111 || portal.User != "owner@acme.example" || portal.AccountType != "STANDARD" || result.Replaced {
		t.Errorf("connected %+v", result)
	}
	if len(result.Missing)+len(result.Notices) != 0 {
		t.Errorf("missing %v, notices %v", result.Missing, result.Notices)
	}
	if len(endpoint.exchanged) != 1 || endpoint.exchanged[0].Code.Reveal() != consentCode || endpoint.exchanged[0].RedirectURI != consent.RedirectURI() {
		t.Errorf("exchanged %d times: %+v", len(endpoint.exchanged), endpoint.exchanged)
	}
	if len(store.events) != 1 || store.events[0].Kind != EventConnected {
		t.Errorf("events %+v", store.events)
	}
	again, err := consent.Complete(t.Context())
	if err != nil || again.Portal.ID != portal.ID || store.puts != 1 || len(endpoint.exchanged) != 1 {
		t.Errorf("a second Complete stored again: %v, %d writes", err, store.puts)
	}
}
