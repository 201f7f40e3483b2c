package db

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestConnectionIsStoredWhole(t *testing.T) {
	s, p := onePortal(t)
	want := oauth.Portal{
		ID: p.ID, Alias: "acme-prod", Kind: oauth.KindOAuth, AppID: 1, AppName: "main", ClientID: "client-main",
		HubID: 62515, UserID: 22, HubDomain: "acme.example", User: marker + "@acme.example", TokenHint: "····prod",
		AccountType: "STANDARD", UIDomain: "app-eu1.hubspot.com", Region: "eu1",
		Scopes: []string{"oauth", "tickets"}, Required: []string{"oauth", "tickets"}, TokenType: "bearer",
		ExpiresAt: noon().Add(30 * time.Minute), Lifetime: 30 * time.Minute, Version: 1, TokenAt: noon(),
		Status: oauth.StatusActive, StatusSince: noon(), CreatedAt: noon(), UpdatedAt: noon(),
		Lease: oauth.Lease{PortalID: p.ID},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
	g := grantOf(t, s, p.ID)
	if g.Access.Reveal() != marker+"-access-acme-prod" || g.Refresh.Reveal() != marker+"-refresh-acme-prod" {
		t.Error("the tokens did not come back")
	}
	if g.APIURL != "https://api.example.test/main" || g.App.ClientSecret.Reveal() != marker+"-client-main" || g.APIVersion != oauth.V2026_09 {
		t.Errorf("the app did not come back: %+v", g.App)
	}
	if got := kindsOf(t, s); got != " app_changed connected" {
		t.Errorf("events:%s", got)
	}
}

func TestReconnectReplacesTokensAndKeepsTheRest(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	must(t, s.SetKeepFresh(ctx, p.ID, true))
	must(t, s.RecordCall(ctx, oauth.CallRecord{PortalID: p.ID, At: noon(), TTL: time.Second, Expires: true, At401: noon()}))
	lease := acquire(t, s, claim(p, "slow"))
	ok, err := s.Refuse(ctx, lease, p.Version, oauth.Refusal{Status: oauth.StatusReconnectRequired, Reason: "uninstalled", Now: noon()})
	if must(t, err); !ok {
		t.Fatal("not refused")
	}
	c := connection(oauth.App{ID: p.AppID}, p.HubID, "")
	c.PortalID, c.Token = p.ID, testToken(p.HubID, "again")
	c.Token.Refresh, c.User, c.Token.Scopes = oauth.Secret{}, "", []string{"tickets", "oauth", "crm.lists.read"}
	c.Now = noon().Add(time.Hour)
	got, err := s.PutConnection(ctx, c)
	must(t, err)
	if got.ID != p.ID || got.Alias != p.Alias || got.Version != 2 || got.Status != oauth.StatusActive || got.StatusReason != "" {
		t.Errorf("replaced portal: %+v", got)
	}
	if !got.KeepFresh || got.Health.Calls != 1 || got.Health.CallsUnder120 != 1 || got.User != p.User || got.FailCount != 0 {
		t.Errorf("settings, counters or what was not told anew got lost: %+v", got)
	}
	if strings.Join(got.Scopes, " ") != "crm.lists.read oauth tickets" || !got.StatusSince.Equal(c.Now) {
		t.Errorf("scopes %v since %v", got.Scopes, got.StatusSince)
	}
	g := grantOf(t, s, p.ID)
	if !g.Refresh.Empty() || g.Access.Reveal() != marker+"-access-again" {
		t.Error("the refresh token that was refused is kept with the new grant")
	}
}

func TestSameGrantAgainReplacesInsteadOfDoubling(t *testing.T) {
	s, p := onePortal(t)
	got := connect(t, s, oauth.App{ID: p.AppID}, p.HubID, "other-name")
	if got.ID != p.ID || got.Version != 2 || got.Alias != p.Alias {
		t.Errorf("got %+v", got)
	}
	c := connection(oauth.App{ID: p.AppID}, 0, "")
	for range 2 { // accounts that the server does not name cannot be told apart
		_, err := s.PutConnection(context.Background(), c)
		must(t, err)
	}
	all, err := s.Portals(context.Background())
	if must(t, err); len(all) != 3 {
		t.Errorf("%d portals", len(all))
	}
}

func TestUserLevelGrantsAreTheirOwn(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	app := addApp(t, s, "users")
	app.UserLevel = true
	_, err := s.UpdateApp(ctx, app)
	must(t, err)
	c := connection(app, 5, "first")
	first, err := s.PutConnection(ctx, c)
	must(t, err)
	c.Alias, c.Token.UserID = "second", 33
	second, err := s.PutConnection(ctx, c)
	must(t, err)
	if first.ID == second.ID {
		t.Fatal("one user's grant replaced another's")
	}
	found, err := s.FindPortal(ctx, app.ClientID, 5, 33)
	if must(t, err); found.ID != second.ID {
		t.Errorf("found %s", found.Alias)
	}
	_, err = s.FindPortal(ctx, app.ClientID, 5, 44)
	wantClass(t, err, oauth.ClassNotFound)
}

func TestFindPortal(t *testing.T) {
	s, p := onePortal(t)
	found, err := s.FindPortal(context.Background(), p.ClientID, p.HubID, 99) // the user is ignored
	if must(t, err); found.ID != p.ID {
		t.Errorf("found %d", found.ID)
	}
	for _, c := range []struct {
		client string
		hub    int64
	}{{p.ClientID, 1}, {"other", p.HubID}, {p.ClientID, 0}} {
		_, err := s.FindPortal(context.Background(), c.client, c.hub, 0)
		wantClass(t, err, oauth.ClassNotFound)
	}
}

func TestAnotherAccountIsRefused(t *testing.T) {
	s, p := onePortal(t)
	c := connection(oauth.App{ID: p.AppID}, 999, "")
	c.PortalID = p.ID
	_, err := s.PutConnection(context.Background(), c)
	e := wantClass(t, err, oauth.ClassWrongPortal)
	if !strings.Contains(e.Message, "999") || !strings.Contains(e.Message, "62515") {
		t.Errorf("both ids must be named: %s", e.Message)
	}
	if got := reload(t, s, p.ID); got.Version != 1 {
		t.Error("the portal was changed")
	}
}

func TestStaticToken(t *testing.T) {
	s := newStore(t)
	p, err := s.PutConnection(context.Background(), oauth.Connection{
		Kind: oauth.KindPrivateApp, Token: oauth.Token{Access: oauth.NewSecret("pat-na1-" + marker), HubID: 7},
		APIURL: "https://api.hubapi.com", APIVersion: oauth.V2026_09, Now: noon(),
	})
	must(t, err)
	if p.Alias != "portal-7" || p.Expires() || p.AppID != 0 {
		t.Errorf("got %+v", p)
	}
	g := grantOf(t, s, p.ID)
	if g.Access.Reveal() != "pat-na1-"+marker || g.APIURL != "https://api.hubapi.com" || !g.Refresh.Empty() {
		t.Errorf("got %+v", g)
	}
}

func TestUselessConnectionsAreRefused(t *testing.T) {
	s, p := onePortal(t)
	for name, spoil := range map[string]func(*oauth.Connection){
		"no token":       func(c *oauth.Connection) { c.Token.Access = oauth.Secret{} },
		"nowhere to go":  func(c *oauth.Connection) { c.Kind = oauth.KindServiceKey },
		"no such app":    func(c *oauth.Connection) { c.AppID = 77 },
		"no such portal": func(c *oauth.Connection) { c.PortalID = 77 },
	} {
		c := connection(oauth.App{ID: p.AppID}, 1, "")
		spoil(&c)
		if _, err := s.PutConnection(context.Background(), c); err == nil {
			t.Errorf("%s: stored", name)
		}
	}
	all, err := s.Portals(context.Background())
	if must(t, err); len(all) != 1 {
		t.Errorf("%d portals", len(all))
	}
}

func TestAliasOfANewPortal(t *testing.T) {
	s, p := onePortal(t)
	app := oauth.App{ID: p.AppID}
	_, err := s.PutConnection(context.Background(), connection(app, 8, "ACME-Prod"))
	wantClass(t, err, oauth.ClassUsage)
	_, err = s.PutConnection(context.Background(), connection(app, 8, "12345"))
	wantClass(t, err, oauth.ClassUsage)
	for i, want := range []string{"acme", "acme-2", "acme-3"} {
		if got := connect(t, s, app, int64(100+i), ""); got.Alias != want {
			t.Errorf("alias %s, want %s", got.Alias, want)
		}
	}
}

func TestRemovePortalKeepsItsEvents(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	must(t, s.RemovePortal(ctx, p.ID, oauth.Event{Kind: oauth.EventDisconnected}))
	_, err := s.Grant(ctx, p.ID)
	wantClass(t, err, oauth.ClassNotFound)
	events, err := s.Events(ctx, oauth.EventFilter{PortalID: p.ID})
	if must(t, err); len(events) != 2 || events[0].Alias != "acme-prod" || events[0].Kind != oauth.EventDisconnected {
		t.Errorf("events: %+v", events)
	}
	wantClass(t, s.RemovePortal(ctx, p.ID, oauth.Event{Kind: oauth.EventDisconnected}), oauth.ClassNotFound)
	if got := kindsOf(t, s); strings.Count(got, "disconnected") != 1 {
		t.Errorf("an event was left by a removal that failed:%s", got)
	}
}
