//go:build scoreboard

package test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// fleet is a store with many portals of one sandbox, made without the program so
// that a row spends its time on what it counts.
type fleet struct {
	*world
	s       *sandbox
	store   *db.Store
	app     oauth.App
	client  oauth.Client
	portals []oauth.Portal
}

// newFleet makes portals p0, p1... whose tokens expired an hour ago.
func newFleet(t *testing.T, portals int, rotation string) *fleet {
	t.Helper()
	w := newWorld(t)
	w.set("HSTERM_LOG=") // thousands of processes: a warning is enough
	f := &fleet{world: w, portals: make([]oauth.Portal, portals)}
	f.s = w.sandbox("--auto-consent", "--rate-limit", "-1", "--rotate="+rotation, "--portals", fmt.Sprint(portals))
	w.app(f.s, "main")
	store, err := db.Open(t.Context(), db.Options{
		Path: filepath.Join(w.dir, "data", "hsterm", "hsterm.db"),
		Keys: db.KeyOptions{Source: db.SourceEnv, Getenv: w.getenv},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f.store = store
	if f.app, err = store.App(t.Context(), "main"); err != nil {
		t.Fatal(err)
	}
	f.each(portals, 4, f.connect)
	return f
}

func (w *world) getenv(name string) (value string) {
	for _, pair := range w.env {
		if key, text, _ := strings.Cut(pair, "="); key == name {
			value = text
		}
	}
	return value
}

func alias(i int) string { return fmt.Sprintf("p%d", i) }

func (f *fleet) hub(i int) int64 { return f.s.Portals[i].HubID }

// each does something for 0 to n-1, some of them side by side. A failure is told
// by t.Error, so that the others are counted all the same.
func (f *fleet) each(n, together int, do func(i int) error) {
	f.t.Helper()
	next := make(chan int)
	var all sync.WaitGroup
	for range together {
		all.Go(func() {
			for i := range next {
				if err := do(i); err != nil {
					f.t.Errorf("%d: %v", i, err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// connect gives portal i a consent of its own, with a token that has expired.
func (f *fleet) connect(i int) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	code, err := f.consent(ctx, f.hub(i))
	if err != nil {
		return err
	}
	token, err := f.client.Exchange(ctx, f.app, oauth.Exchange{Code: oauth.NewSecret(code), RedirectURI: f.s.RedirectURIs[0]})
	if err != nil {
		return err
	}
	return f.put(ctx, i, token)
}

// consent does the browser's part.
func (f *fleet) consent(ctx context.Context, hub int64) (string, error) {
	query := url.Values{
		"client_id": {f.s.ClientID}, "redirect_uri": {f.s.RedirectURIs[0]},
		"scope": {strings.Join(f.s.Scopes, " ")}, "state": {"state-of-a-fleet"},
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/oauth/%d/authorize?%s", f.s.URL, hub, query.Encode()), nil)
	if err != nil {
		return "", err
	}
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	back, err := response.Location()
	if err != nil || back.Query().Get("code") == "" {
		return "", fmt.Errorf("the consent ended with %s", response.Status)
	}
	return back.Query().Get("code"), nil
}

// expire makes the stored token of portal i one that expired an hour ago. The
// grant stays as it is: the same refresh token, the same family at the server.
func (f *fleet) expire(i int) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	g, err := f.store.Grant(ctx, f.portals[i].ID)
	if err != nil {
		return err
	}
	return f.put(ctx, i, oauth.Token{
		Access: g.Access, Refresh: g.Refresh, Type: g.Portal.TokenType, Lifetime: g.Portal.Lifetime,
		HubID: g.Portal.HubID, UserID: g.Portal.UserID, Scopes: g.Portal.Scopes,
	})
}

func (f *fleet) put(ctx context.Context, i int, token oauth.Token) error {
	now := time.Now()
	token.ExpiresAt = now.Add(-time.Hour)
	p, err := f.store.PutConnection(ctx, oauth.Connection{
		PortalID: f.portals[i].ID, Alias: alias(i), Kind: oauth.KindOAuth, AppID: f.app.ID, Token: token, Now: now,
		Event: oauth.Event{Kind: oauth.EventConnected, Outcome: oauth.OutcomeOK},
	})
	f.portals[i] = p
	return err
}

// works tries an access token on the server.
func (f *fleet) works(access string) error {
	request, err := http.NewRequest(http.MethodGet, f.s.URL+"/account-info/2026-09/details", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(access))
	client := http.Client{Timeout: patience}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the token is answered with %s", response.Status)
	}
	return nil
}

// usable tries what the store has of portal i on the server.
func (f *fleet) usable(i int) error {
	g, err := f.store.Grant(context.Background(), f.portals[i].ID)
	if err != nil {
		return err
	}
	if p := g.Portal; p.Status != oauth.StatusActive || p.TTL(time.Now()) <= 0 {
		return fmt.Errorf("the store has %s, valid for %s: %s", p.Status, p.TTL(time.Now()), p.StatusReason)
	}
	return f.works(g.Access.Reveal())
}

// refreshes counts the refreshes the server saw since the last look, by account.
func (f *fleet) refreshes() map[int64]int {
	f.t.Helper()
	seen, err := f.s.calls()
	if err != nil {
		f.t.Fatal(err)
	}
	counts := map[int64]int{}
	for _, c := range seen {
		if c.GrantType == "refresh_token" {
			counts[c.HubID]++
		}
	}
	return counts
}

func (f *fleet) look() {
	f.t.Helper()
	if err := f.s.look(); err != nil {
		f.t.Fatal(err)
	}
}
