package db

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// marker is in every secret of these tests, so that a scan can find leaks.
const marker = "hstermtestsecret"

// noon is when the tests take place.
func noon() time.Time { return time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC) }

func memoryKey() []byte { return bytes.Repeat([]byte{7}, keySize) }

func testOptions(path string) Options {
	return Options{Path: path, Now: noon, Actor: "test", Keys: KeyOptions{Source: SourceMemory, Memory: memoryKey()}}
}

// newPath is where a test's store goes: a folder that is made with it.
func newPath(t testing.TB) string { return filepath.Join(t.TempDir(), "data", "hsterm.db") }

func newStore(t testing.TB) *Store { return openStore(t, testOptions(newPath(t))) }

func openStore(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatalf("Open: %v (%v)", err, cause(err))
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// cause is the inner error of an *oauth.Error, which its text leaves out.
func cause(err error) error {
	if e, ok := err.(*oauth.Error); ok {
		return e.Err
	}
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%v)", err, cause(err))
	}
}

func wantClass(t testing.TB, err error, class oauth.Class) *oauth.Error {
	t.Helper()
	if oauth.ClassOf(err) != class {
		t.Fatalf("got %v (%v), want class %s", err, cause(err), class)
	}
	e, _ := err.(*oauth.Error)
	if e != nil && e.Message == "" {
		t.Fatal("an error without words")
	}
	return e
}

func addApp(t testing.TB, s *Store, name string) oauth.App {
	t.Helper()
	app, err := s.AddApp(context.Background(), oauth.App{
		Name: name, ClientID: "client-" + name, ClientSecret: oauth.NewSecret(marker + "-client-" + name),
		RedirectURIs: []string{oauth.DefaultRedirectURI}, Scopes: []string{"oauth", "tickets"},
		AuthorizeURL: oauth.DefaultAuthorizeURL, APIURL: "https://api.example.test/" + name, APIVersion: oauth.V2026_09,
	})
	must(t, err)
	return app
}

func testToken(hubID int64, text string) oauth.Token {
	return oauth.Token{
		Access: oauth.NewSecret(marker + "-access-" + text), Refresh: oauth.NewSecret(marker + "-refresh-" + text),
		Type: "bearer", ExpiresAt: noon().Add(30 * time.Minute), Lifetime: 30 * time.Minute,
		HubID: hubID, UserID: 22, Scopes: []string{"oauth", "tickets"},
	}
}

func connection(app oauth.App, hubID int64, alias string) oauth.Connection {
	return oauth.Connection{
		Alias: alias, Kind: oauth.KindOAuth, AppID: app.ID, Token: testToken(hubID, alias),
		Account: oauth.Account{HubID: hubID, AccountType: "STANDARD", UIDomain: "app-eu1.hubspot.com", Region: "eu1"},
		User:    marker + "@acme.example", HubDomain: "acme.example", Now: noon(),
		Event: oauth.Event{Kind: oauth.EventConnected, Outcome: oauth.OutcomeOK},
	}
}

func connect(t testing.TB, s *Store, app oauth.App, hubID int64, alias string) oauth.Portal {
	t.Helper()
	p, err := s.PutConnection(context.Background(), connection(app, hubID, alias))
	must(t, err)
	return p
}

// onePortal is a store with one app and one portal.
func onePortal(t testing.TB) (*Store, oauth.Portal) {
	t.Helper()
	s := newStore(t)
	return s, connect(t, s, addApp(t, s, "main"), 62515, "acme-prod")
}

func claim(p oauth.Portal, owner string) oauth.Claim {
	return oauth.Claim{
		PortalID: p.ID, Version: p.Version, Owner: owner, AttemptID: "attempt-" + owner,
		Now: noon, For: time.Minute,
	}
}

// after is a clock that stands d past noon.
func after(d time.Duration) func() time.Time {
	return func() time.Time { return noon().Add(d) }
}

func acquire(t testing.TB, s *Store, c oauth.Claim) oauth.Lease {
	t.Helper()
	lease, ok, err := s.Acquire(context.Background(), c)
	must(t, err)
	if !ok {
		t.Fatalf("%s did not get the lease", c.Owner)
	}
	return lease
}

func saveOf(p oauth.Portal, text string) oauth.Save {
	return oauth.Save{
		PortalID: p.ID, Version: p.Version, Token: testToken(p.HubID, text), Now: noon().Add(time.Second),
		Took: 184 * time.Millisecond, Event: oauth.Event{Kind: oauth.EventRefreshed, Outcome: oauth.OutcomeOK},
	}
}

func reload(t testing.TB, s *Store, id int64) oauth.Portal {
	t.Helper()
	p, err := s.Portal(context.Background(), id)
	must(t, err)
	return p
}

func grantOf(t testing.TB, s *Store, id int64) oauth.Grant {
	t.Helper()
	g, err := s.Grant(context.Background(), id)
	must(t, err)
	return g
}

func kindsOf(t testing.TB, s *Store) string {
	t.Helper()
	events, err := s.Events(context.Background(), oauth.EventFilter{})
	must(t, err)
	text := ""
	for i := len(events) - 1; i >= 0; i-- {
		text += fmt.Sprintf(" %s", events[i].Kind)
	}
	return text
}
