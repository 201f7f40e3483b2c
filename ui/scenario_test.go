package ui

import (
	"fmt"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// noon is when all frozen frames are drawn: 14:32:07 UTC.
func noon() time.Time { return time.Date(2026, time.November, 22, 14, 32, 7, 0, time.UTC) }

// scenario is a store with a portal in every state.
func scenario(now func() time.Time) *fakeBackend {
	at := now().UTC().Truncate(time.Second)
	f := &fakeBackend{now: now, revision: 1}
	f.apps = []oauth.App{
		{
			ID: 1, Name: "main", ClientID: "7fff1e36-2d40-4ae1-bbb1-5266d59564fb", ClientSecret: oauth.NewSecret("hstermtestsecret-main"),
			RedirectURIs: []string{oauth.DefaultRedirectURI}, AuthorizeURL: oauth.DefaultAuthorizeURL, APIURL: oauth.DefaultAPIURL, APIVersion: oauth.V2026_09,
			Scopes:         []string{"oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.companies.read", "crm.objects.deals.read", "crm.objects.owners.read", "tickets"},
			OptionalScopes: []string{"crm.schemas.contacts.read"},
		},
		{
			ID: 2, Name: "import", ClientID: "0c1d6f52-93a1-4d0c-8a1f-1b8a0f3f9e77", RedirectURIs: []string{oauth.DefaultRedirectURI},
			AuthorizeURL: oauth.DefaultAuthorizeURL, APIURL: oauth.DefaultAPIURL, APIVersion: oauth.V3, Scopes: []string{"oauth", "crm.objects.contacts.read"},
		},
	}
	granted := []string{"crm.objects.companies.read", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.owners.read", "crm.schemas.contacts.read", "oauth", "tickets"}
	add := func(alias string, hub int64, app int64, ttl time.Duration, edit func(*oauth.Portal)) {
		p := oauth.Portal{
			ID: int64(len(f.portals) + 1), Alias: alias, Kind: oauth.KindOAuth, AppID: app, HubID: hub,
			HubDomain: alias + ".com", User: "ana@" + alias + ".com", UserID: 22222, TokenHint: "····9f3c", AccountType: "STANDARD",
			UIDomain: "app.hubspot.com", Region: "na1", Scopes: granted, TokenType: "bearer", Lifetime: 30 * time.Minute,
			ExpiresAt: at.Add(ttl), Version: 214, TokenAt: at.Add(ttl - 30*time.Minute), Status: oauth.StatusActive,
			CreatedAt: time.Date(2026, time.March, 12, 9, 30, 0, 0, time.UTC), UpdatedAt: at.Add(ttl - 30*time.Minute),
			Health: oauth.Health{RefreshOK: 48, LastRefreshAt: at.Add(ttl - 30*time.Minute), LastRefreshMS: 184, Calls: 1204, CallsUnder120: 4, LastUsedAt: at.Add(-3 * time.Minute)},
		}
		for _, a := range f.apps {
			if a.ID == app {
				p.AppName, p.ClientID = a.Name, a.ClientID
			}
		}
		if edit != nil {
			edit(&p)
		}
		f.portals = append(f.portals, p)
	}
	add("acme-prod", 62515, 1, 24*time.Minute+51*time.Second, func(p *oauth.Portal) {
		p.KeepFresh = true
		p.HubDomain = "acme.com"
		p.User = "ana@acme.com"
		p.Region = "eu1"
	})
	add("acme-sandbox", 148231, 1, 9*time.Minute+12*time.Second, func(p *oauth.Portal) { p.AccountType = "SANDBOX" })
	add("globex", 771204, 2, 29*time.Minute+58*time.Second, nil)
	add("hooli-key", 220145, 0, 0, func(p *oauth.Portal) {
		p.Kind, p.ExpiresAt, p.Lifetime, p.Version = oauth.KindPrivateApp, time.Time{}, 0, 1
		p.TokenAt, p.CreatedAt = at.Add(-41*24*time.Hour), at.Add(-41*24*time.Hour)
		p.Health = oauth.Health{Calls: 88}
	})
	add("initech", 550012, 1, -3*time.Hour, func(p *oauth.Portal) {
		p.Status, p.StatusReason, p.StatusSince = oauth.StatusReconnectRequired, "the app was uninstalled", at.Add(-2*time.Hour)
		p.Health.RefreshFailed, p.Health.LastFailureAt, p.Health.Last401At = 1, at.Add(-2*time.Hour), at.Add(-2*time.Hour)
		p.LastFailure = oauth.ClassRevoked
	})
	add("northwind", 903344, 1, 98*time.Second, nil)
	add("umbrella", 118820, 1, -3*time.Minute, func(p *oauth.Portal) { p.AccountType = "DEVELOPER_TEST" })
	f.events = scenarioEvents(at)
	return f
}

func scenarioEvents(at time.Time) []oauth.Event {
	var events []oauth.Event
	add := func(portal int64, ago time.Duration, e oauth.Event) {
		e.ID, e.PortalID, e.At = int64(1000-len(events)), portal, at.Add(-ago)
		if e.Outcome == "" {
			e.Outcome = oauth.OutcomeOK
		}
		events = append(events, e)
	}
	add(1, 2*time.Minute, oauth.Event{Kind: oauth.EventCall, Detail: "GET /crm/objects/2026-09/contacts", Status: 200, Duration: 118 * time.Millisecond, Actor: "tui 4711"})
	add(1, 5*time.Minute, oauth.Event{Kind: oauth.EventRefreshed, Detail: "version 214", Duration: 184 * time.Millisecond, Actor: "tui 4711"})
	add(1, 9*time.Minute, oauth.Event{Kind: oauth.EventCall, Outcome: oauth.OutcomeFailed, Class: oauth.ClassPermissionDenied, Detail: "GET /crm/objects/2026-09/deals needs crm.objects.deals.read", Status: 403, Duration: 96 * time.Millisecond, Actor: "cli 4690", CorrelationID: "019cd9fe-6bd0-7f3e-9d57-0f6e2b7a4c11"})
	for i := range 46 {
		add(1, 33*time.Minute+time.Duration(i)*28*time.Minute, oauth.Event{Kind: oauth.EventRefreshed, Detail: fmt.Sprintf("version %d", 213-i), Duration: time.Duration(150+i) * time.Millisecond, Actor: "cli 4690"})
	}
	add(5, 2*time.Hour, oauth.Event{Kind: oauth.EventReconnect, Outcome: oauth.OutcomeFailed, Class: oauth.ClassRevoked, Detail: "the app was uninstalled", Status: 400, Actor: "tui 4711", CorrelationID: "019cd9fe-aaaa-7f3e-9d57-0f6e2b7a4c11"})
	add(5, 3*time.Hour, oauth.Event{Kind: oauth.EventRefreshed, Detail: "version 213", Duration: 171 * time.Millisecond, Actor: "cli 4690"})
	return events
}

// many is a store with n portals that live.
func many(n int, now func() time.Time) *fakeBackend {
	f := scenario(now)
	one := f.portals[0]
	f.portals = nil
	for i := range n {
		p := one
		p.ID, p.Alias, p.HubID = int64(i+1), fmt.Sprintf("portal-%03d", i), int64(100000+i)
		p.ExpiresAt = now().UTC().Truncate(time.Second).Add(time.Duration(200+i%1500) * time.Second)
		f.portals = append(f.portals, p)
	}
	return f
}
