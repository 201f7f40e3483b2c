//go:build scoreboard

package test

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// connect stores the portal of a case: an expired one, so that any use of it asks
// its server, unless the case is about calls.
func (s *badStage) connect(t *testing.T, h *badHost, alias string) oauth.Grant {
	t.Helper()
	token, err := h.grant()
	if err != nil {
		t.Fatal(err)
	}
	token.ExpiresAt = time.Now().Add(-time.Minute).Truncate(time.Second)
	if h.c.aboutCalls() {
		token.ExpiresAt = time.Now().Add(20 * time.Minute).Truncate(time.Second)
	}
	info := h.box.Info()
	app, err := s.store.AddApp(t.Context(), oauth.App{
		Name: "app-" + alias, ClientID: info.ClientID, ClientSecret: oauth.NewSecret(info.ClientSecret),
		RedirectURIs: info.RedirectURIs, Scopes: info.Scopes, AuthorizeURL: h.url + "/oauth/authorize",
		APIURL: h.url, APIVersion: oauth.V2026_09,
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.store.PutConnection(t.Context(), oauth.Connection{
		Alias: alias, Kind: oauth.KindOAuth, AppID: app.ID, Token: token, Account: oauth.Account{HubID: token.HubID},
		Now: time.Now(), Event: oauth.Event{Kind: oauth.EventConnected, Outcome: oauth.OutcomeOK},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.grant(t, p.ID)
}

func (s *badStage) grant(t *testing.T, id int64) oauth.Grant {
	t.Helper()
	g, err := s.store.Grant(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// settle compares what is stored with what was, and proves that the grant works.
func (s *badStage) settle(t *testing.T, c badAnswer, h *badHost, before oauth.Grant) {
	t.Helper()
	after := s.grant(t, before.Portal.ID)
	want := c.status
	if want == "" {
		want = oauth.StatusActive
	}
	if after.Portal.Status != want {
		t.Errorf("status %s (%s), wanted %s", after.Portal.Status, after.Portal.StatusReason, want)
	}
	if after.Portal.Lease.Owner != "" {
		t.Error("the lease is still held")
	}
	if c.renewed || c.class == "" && !c.aboutCalls() { // odd, and good
		if after.Portal.Version != before.Portal.Version+1 || after.Access.Reveal() == before.Access.Reveal() {
			t.Errorf("a good answer was not stored: version %d", after.Portal.Version)
		}
		s.printed(t, after)
		return
	}
	s.same(t, before, after)
	if want == oauth.StatusReconnectRequired {
		s.given(t, c, h, after)
		return
	}
	s.works(t, c, h, after)
}

// same fails unless the stored pair is the one of before.
func (s *badStage) same(t *testing.T, before, after oauth.Grant) {
	t.Helper()
	if after.Portal.Version != before.Portal.Version || after.Access.Reveal() != before.Access.Reveal() ||
		after.Refresh.Reveal() != before.Refresh.Reveal() || !after.Portal.ExpiresAt.Equal(before.Portal.ExpiresAt) {
		t.Errorf("what was stored has changed: version %d to %d", before.Portal.Version, after.Portal.Version)
	}
}

// given asks once more for a portal that was truly refused: that is known now, and
// nothing is sent.
func (s *badStage) given(t *testing.T, c badAnswer, h *badHost, g oauth.Grant) {
	t.Helper()
	seen := h.requests()
	r := s.run(t, c.command(g.Portal.Alias)...)
	if class := r.class(t); class != oauth.ClassReconnectPending || r.code != 4 || h.requests() != seen {
		t.Errorf("asked again: class %s, exit %d, %d more requests", class, r.code, h.requests()-seen)
	}
}

// works heals the server and refreshes, once the wait that was told is over. The
// server rotates strictly, so that only the newest refresh token passes.
func (s *badStage) works(t *testing.T, c badAnswer, h *badHost, before oauth.Grant) {
	t.Helper()
	wait := c.wait
	if wait.most == 0 {
		wait.most = 12 * time.Minute // beyond every wait there is
	}
	h.heal()
	if wait.least > 0 {
		seen := s.tokenCalls(h)
		if _, err := s.later(h, wait.least).Fresh(t.Context(), before.Portal.ID, oauth.FreshOptions{Force: true}); oauth.ClassOf(err) != c.class {
			t.Errorf("within its wait: %v", err)
		}
		if n := s.tokenCalls(h) - seen; n > 0 {
			t.Errorf("%d refreshes were sent within %s", n, wait.least)
		}
	}
	g, err := s.later(h, wait.most).Fresh(t.Context(), before.Portal.ID, oauth.FreshOptions{Force: true})
	if err != nil {
		t.Errorf("the next refresh: %v", err)
		return
	}
	if g.Portal.Version != before.Portal.Version+1 || g.Portal.Status != oauth.StatusActive {
		t.Errorf("after the next refresh: version %d, %s", g.Portal.Version, g.Portal.Status)
	}
	s.printed(t, g)
}

// printed fails unless the program hands out a grant's token, with no network.
func (s *badStage) printed(t *testing.T, g oauth.Grant) {
	t.Helper()
	r := s.run(t, "token", g.Portal.Alias, "--json")
	var told struct {
		Access string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(r.stdout), &told); err != nil || told.Access != g.Access.Reveal() {
		t.Errorf("token: exit %d, %v\n%s", r.code, err, r.stderr)
	}
}

// tokenCalls is how many refreshes the sandbox itself has seen.
func (s *badStage) tokenCalls(h *badHost) int {
	n := 0
	seen, _ := h.box.Requests(0)
	for _, r := range seen {
		if r.GrantType == "refresh_token" {
			n++
		}
	}
	return n
}

// later is a process on the same store, so much later.
func (s *badStage) later(h *badHost, d time.Duration) *oauth.Refresher {
	base := oauth.NewBaseTransport()
	base.TLSClientConfig = &tls.Config{RootCAs: s.roots.pool, MinVersion: tls.VersionTLS12}
	base.DisableKeepAlives = true
	return oauth.NewRefresher(oauth.RefresherOptions{
		Store: s.store, Client: &oauth.Client{HTTP: &http.Client{Transport: base, Timeout: oauth.RequestTimeout}},
		Owner: "later", Now: func() time.Time { return time.Now().Add(d) },
	})
}
