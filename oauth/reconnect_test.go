package oauth

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// reconnected completes a consent that renews a stored portal.
func reconnected(t *testing.T, c *Connector) Connected {
	t.Helper()
	result, err := answeredConsent(t, c, ConsentRequest{Portal: storedPortal()}).Complete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestReconnectWithoutRefreshTokenSaysWhatIsStored(t *testing.T) {
	for _, c := range []struct {
		status Status
		words  string
	}{
		{StatusActive, "the one it gave before is kept"},
		{StatusReconnectRequired, "ends with its access token"}, // it was refused
	} {
		connector, store, endpoint := newConnector()
		endpoint.token.Refresh = Secret{}
		old := storedPortal()
		old.Status = c.status
		store.portals[5] = old
		store.grants[5] = Connection{Token: Token{Refresh: NewSecret("na1-hstermtestsecret-before")}}
		result := reconnected(t, connector)
		if len(result.Notices) != 1 || !strings.Contains(result.Notices[0], c.words) {
			t.Errorf("%s: notices %q", c.status, result.Notices)
		}
	}
}

// The differences of two grants are in the result and, by name, in the event.
func TestReconnectTellsTheScopesApart(t *testing.T) {
	connector, store, endpoint := newConnector()
	store.portals[5] = storedPortal() // oauth, tickets
	app := hubSpotApp(8976)
	app.Scopes, app.OptionalScopes = []string{"oauth", "crm.objects.contacts.read", "forms"}, []string{"tickets", "content"}
	endpoint.token.Scopes = []string{"crm.objects.contacts.read", "oauth"}
	result, err := answeredConsent(t, connector, ConsentRequest{App: app, Portal: storedPortal()}).Complete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want []string
	}{
		{"missing", result.Missing, []string{"forms"}},
		{"declined", result.Declined, []string{"tickets", "content"}},
		{"added", result.Added, []string{"crm.objects.contacts.read"}},
		{"removed", result.Removed, []string{"tickets"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, wanted %v", c.what, c.got, c.want)
		}
	}
	const want = "Connected account 111 with 2 scopes; required but not granted: forms; newly granted: crm.objects.contacts.read; no longer granted: tickets."
	if got := store.events[0].Detail; got != want {
		t.Errorf("the event says %q", got)
	}
	if got := someOf(strings.Fields("a b c d e f g h")); got != "a, b, c, d, e, f and 2 more" {
		t.Errorf("many scopes are %q", got)
	}
}

// Introspection says how long a token lives where the token's answer did not.
func TestLifetimeOfAnAnswerWithoutExpiresIn(t *testing.T) {
	asked := time.Date(2026, 11, 22, 12, 0, 0, 900, time.UTC)
	for _, c := range []struct {
		name    string
		assumed bool
		told    time.Duration
		want    time.Duration
		notice  bool
	}{
		{"introspection tells", true, 5 * time.Minute, 5 * time.Minute, false},
		{"nobody tells", true, 0, 30 * time.Minute, true},
		{"introspection tells too much", true, 48 * time.Hour, 24 * time.Hour, false},
		{"the answer told", false, 5 * time.Minute, 30 * time.Minute, false},
	} {
		connector, store, endpoint := newConnector()
		connector.Now = func() time.Time { return asked }
		endpoint.token = endpoint.token.lives(30*time.Minute, asked)
		endpoint.token.LifetimeAssumed, endpoint.seen.ExpiresIn = c.assumed, c.told
		result, err := answeredConsent(t, connector, ConsentRequest{}).Complete(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		token := store.grants[result.Portal.ID].Token
		if token.Lifetime != c.want || !token.ExpiresAt.Equal(asked.Truncate(time.Second).Add(c.want)) {
			t.Errorf("%s: lives %s, until %s", c.name, token.Lifetime, token.ExpiresAt)
		}
		if said := strings.Contains(strings.Join(result.Notices, " "), "how long the token lives"); said != c.notice {
			t.Errorf("%s: notices %q", c.name, result.Notices)
		}
	}
}

// A refresh that does not tell either is not taken for longer than the token
// before it lived.
func TestAssumedLifetimeIsLikeTheLast(t *testing.T) {
	sent := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	assumed := Token{}.lives(30*time.Minute, sent)
	for last, want := range map[time.Duration]time.Duration{
		0: 30 * time.Minute, 5 * time.Minute: 5 * time.Minute, time.Hour: 30 * time.Minute,
	} {
		if got := assumed.likeTheLast(last); got.Lifetime != want || !got.ExpiresAt.Equal(sent.Add(want)) {
			t.Errorf("after %s: %s until %s", last, got.Lifetime, got.ExpiresAt)
		}
	}
}
