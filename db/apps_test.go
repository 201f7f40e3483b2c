package db

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestAppIsStoredWhole(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	want := oauth.App{
		Name: "Main", ClientID: "c1", ClientSecret: oauth.NewSecret(marker),
		RedirectURIs: []string{"http://localhost:1/x", "http://localhost:2/x"},
		Scopes:       []string{"oauth", "crm.objects.contacts.read"}, OptionalScopes: []string{"tickets"},
		AuthorizeURL: "https://a.example", APIURL: "https://b.example", APIVersion: oauth.V1, PKCE: true, UserLevel: true,
	}
	got, err := s.AddApp(ctx, want)
	must(t, err)
	want.ID, want.CreatedAt, want.UpdatedAt = got.ID, noon(), noon()
	again := openStore(t, testOptions(s.Path()))
	got, err = again.App(ctx, "mAIN")
	must(t, err)
	if got.ClientSecret.Reveal() != marker {
		t.Error("the client secret did not come back")
	}
	got.ClientSecret = want.ClientSecret // a pointer inside
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestUpdateApp(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	app, err := s.App(ctx, "main")
	must(t, err)
	app.Name, app.APIURL, app.ClientSecret, app.Scopes = "renamed", "https://moved.example", oauth.Secret{}, []string{"oauth"}
	_, err = s.UpdateApp(ctx, app)
	must(t, err)
	g := grantOf(t, s, p.ID)
	if g.APIURL != "https://moved.example" || g.App.Name != "renamed" || g.App.ClientSecret.Reveal() != marker+"-client-main" || g.Portal.AppName != "renamed" {
		t.Errorf("%+v", g.App)
	}
	app.ClientID = "another"
	_, err = s.UpdateApp(ctx, app)
	if e := wantClass(t, err, oauth.ClassUsage); !strings.Contains(e.Message, "acme-prod") {
		t.Error(e.Message)
	}
	app.ID = 99
	_, err = s.UpdateApp(ctx, app)
	wantClass(t, err, oauth.ClassNotFound)
}

func TestAppsAreUnique(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	main := addApp(t, s, "main")
	for _, app := range []oauth.App{
		{Name: "MAIN", ClientID: "x"},
		{Name: "other", ClientID: main.ClientID},
		{Name: "", ClientID: "x"},
		{Name: "no client id"},
		{Name: "x"},
		{Name: "12", ClientID: "x"},
	} {
		_, err := s.AddApp(ctx, app)
		wantClass(t, err, oauth.ClassUsage)
	}
	second := addApp(t, s, "second")
	second.Name = "Main"
	_, err := s.UpdateApp(ctx, second)
	wantClass(t, err, oauth.ClassUsage)
	apps, err := s.Apps(ctx)
	if must(t, err); len(apps) != 2 || apps[0].Name != "main" || apps[1].Name != "second" {
		t.Errorf("%+v", apps)
	}
}

func TestRemoveApp(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	err := s.RemoveApp(ctx, p.AppID)
	if e := wantClass(t, err, oauth.ClassUsage); !strings.Contains(e.Message, "acme-prod") || e.Hint == "" {
		t.Error(e.Message)
	}
	for i := range 7 {
		connect(t, s, oauth.App{ID: p.AppID}, int64(i+1), "")
	}
	if e := wantClass(t, s.RemoveApp(ctx, p.AppID), oauth.ClassUsage); !strings.Contains(e.Message, "others") {
		t.Error(e.Message)
	}
	all, err := s.Portals(ctx)
	must(t, err)
	for _, p := range all {
		must(t, s.RemovePortal(ctx, p.ID, oauth.Event{}))
	}
	must(t, s.RemoveApp(ctx, p.AppID))
	wantClass(t, s.RemoveApp(ctx, p.AppID), oauth.ClassNotFound)
	must(t, openStore(t, testOptions(s.Path())).Unlock(ctx)) // the sentinel counted along
}

func TestUnknownApp(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	_, err := s.App(ctx, "main")
	if e := wantClass(t, err, oauth.ClassNotFound); !strings.Contains(e.Hint, "app add") {
		t.Error(e.Hint)
	}
	addApp(t, s, "importer")
	_, err = s.App(ctx, "imprter")
	if e := wantClass(t, err, oauth.ClassNotFound); !strings.Contains(e.Hint, "importer?") {
		t.Error(e.Hint)
	}
}
