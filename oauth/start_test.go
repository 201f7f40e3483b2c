package oauth

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
)

func TestStartRefusesWhatCannotEndWell(t *testing.T) {
	static := storedPortal()
	static.Kind = KindPrivateApp
	foreign := storedPortal()
	foreign.AppID, foreign.AppName = 9, "other-app"
	cases := []struct {
		name   string
		change func(*ConsentRequest, *memoryConnections)
		class  Class
		reason string
	}{
		{"a bad URL", func(r *ConsentRequest, _ *memoryConnections) { r.App.APIURL = "http://example.com" }, ClassAppMisconfigured, "plain http"},
		{"no secret", func(r *ConsentRequest, _ *memoryConnections) { r.App.ClientSecret = Secret{} }, ClassAppMisconfigured, "client secret"},
		{"a scope HubSpot has not", func(r *ConsentRequest, _ *memoryConnections) { r.App.Scopes = append(r.App.Scopes, "offline") }, ClassAppMisconfigured, "offline"},
		{"an extra scope HubSpot has not", func(r *ConsentRequest, _ *memoryConnections) { r.ExtraScopes = []string{"contacts"} }, ClassAppMisconfigured, "contacts"},
		{"two extra scopes in one", func(r *ConsentRequest, _ *memoryConnections) { r.ExtraScopes = []string{"a b"} }, ClassAppMisconfigured, "space"},
		{"a bad alias", func(r *ConsentRequest, _ *memoryConnections) { r.Alias = "no way" }, ClassUsage, "alias"},
		{"a static token", func(r *ConsentRequest, _ *memoryConnections) { r.Portal = static }, ClassUsage, "static token"},
		{"another app's portal", func(r *ConsentRequest, _ *memoryConnections) { r.Portal = foreign }, ClassUsage, "other-app"},
		{"a store that takes nothing", func(_ *ConsentRequest, m *memoryConnections) {
			m.probeErr = &Error{Class: ClassStore, Message: "The database is read-only."}
		}, ClassStore, "read-only"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			connector, store, _ := newConnector()
			open := 0
			connector.Listen = func(string, string) (net.Listener, error) {
				open++
				return newPipeListener(func() { open-- }), nil
			}
			request := ConsentRequest{App: hubSpotApp(8976)}
			c.change(&request, store)
			consent, err := connector.Start(t.Context(), request)
			var e *Error
			if !errors.As(err, &e) || e.Class != c.class || !strings.Contains(e.Message, c.reason) || consent != nil || open != 0 {
				t.Errorf("%v, %d listeners open", err, open)
			}
		})
	}
}

func TestStartOnAnotherServerNeedsNoSecret(t *testing.T) {
	endpoint, app := rfcServer()
	app.ClientSecret = Secret{} // a public client (RFC 6749 section 2.1)
	connector := &Connector{Store: newMemoryConnections(), Endpoint: endpoint}
	if _, err := answeredConsent(t, connector, ConsentRequest{App: app}).Complete(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestStartWithAnEndedContext(t *testing.T) {
	connector, _, _ := newConnector()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := connector.Start(ctx, ConsentRequest{App: hubSpotApp(8976)}); ClassOf(err) != ClassInterrupted {
		t.Errorf("Start: %v", err)
	}
}

func TestStatesDiffer(t *testing.T) {
	connector, _, _ := newConnector()
	first := startConsent(t, connector, ConsentRequest{})
	second := startConsent(t, connector, ConsentRequest{})
	if stateOf(t, first) == stateOf(t, second) || len(stateOf(t, first)) != 43 {
		t.Errorf("states %q and %q", stateOf(t, first), stateOf(t, second))
	}
	connector.Rand = strings.NewReader("not enough")
	if _, err := connector.Start(t.Context(), ConsentRequest{App: hubSpotApp(freePort(t))}); err == nil {
		t.Error("a state was made of ten bytes")
	}
}
