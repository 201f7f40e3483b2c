//go:build scoreboard

package test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/hsterm/hsterm/db"
	box "github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// The places of a refresh at which a clock may go wrong.
const (
	atProbe  = "between reading and the lease"
	atLease  = "between the lease and the request"
	atSent   = "while the request is on its way"
	atAnswer = "between the answer and its commit"
	atSaved  = "after the commit"
)

// clockScene is one portal, its server, and clocks that are moved by hand: the
// true time, which the server goes by, and this machine's two, the wall's, which
// may be off, and the monotonic one, which stands still while the machine sleeps.
type clockScene struct {
	t      *testing.T
	box    *box.Server
	store  *db.Store
	portal oauth.Portal
	meter  *oauth.SkewMeter

	mu     sync.Mutex
	truth  time.Time
	off    time.Duration // of the wall clock
	asleep time.Duration // in all
	waited time.Duration // by the processes, for each other
	alarms []alarm
	hooks  map[string]func() // by place; each runs once
	broken error             // what the network says instead of the next answer
}

// alarm is something that happens while somebody waits.
type alarm struct {
	at time.Time
	do func()
}

func newClockScene(t *testing.T) *clockScene {
	t.Helper()
	s := &clockScene{t: t, truth: time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC), hooks: map[string]func(){}, meter: &oauth.SkewMeter{}}
	var err error
	if s.box, err = box.New(box.Config{AutoConsent: true, Portals: 1, Rotation: box.RotationStrict, Now: s.true}); err != nil {
		t.Fatal(err)
	}
	s.store, err = db.Open(t.Context(), db.Options{
		Path: filepath.Join(t.TempDir(), "hsterm.db"), Now: s.wall, Actor: "test",
		Keys: db.KeyOptions{Source: db.SourceMemory, Memory: bytes.Repeat([]byte{7}, 32)},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.store.Close() })
	return s
}

// connect stores the portal, with the clocks as they are now.
func (s *clockScene) connect() {
	s.t.Helper()
	h := &badHost{box: s.box}
	token, err := h.grant()
	if err != nil {
		s.t.Fatal(err)
	}
	token.ExpiresAt = s.wall().Add(token.Lifetime).UTC().Truncate(time.Second)
	info := s.box.Info()
	app, err := s.store.AddApp(s.t.Context(), oauth.App{
		Name: "main", ClientID: info.ClientID, ClientSecret: oauth.NewSecret(info.ClientSecret), RedirectURIs: info.RedirectURIs,
		Scopes: info.Scopes, AuthorizeURL: "http://localhost/oauth/authorize", APIURL: "http://localhost", APIVersion: oauth.V2026_09,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.portal, err = s.store.PutConnection(s.t.Context(), oauth.Connection{
		Alias: "acme", Kind: oauth.KindOAuth, AppID: app.ID, Token: token, Account: oauth.Account{HubID: token.HubID},
		Now: s.wall(), Event: oauth.Event{Kind: oauth.EventConnected, Outcome: oauth.OutcomeOK},
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *clockScene) true() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.truth
}

func (s *clockScene) wall() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.truth.Add(s.off)
}

func (s *clockScene) mono() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Duration(s.truth.UnixNano()) - s.asleep
}

// pass lets time go by, with the machine awake.
func (s *clockScene) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.truth = s.truth.Add(d)
}

// jump sets the wall clock ahead, or back.
func (s *clockScene) jump(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.off += d
}

// nap lets the machine sleep.
func (s *clockScene) nap(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.truth = s.truth.Add(d)
	s.asleep += d
}

// alarm has something done when so much time has gone by in waiting.
func (s *clockScene) alarm(after time.Duration, do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alarms = append(s.alarms, alarm{s.truth.Add(after), do})
}

// sleep is how a process waits.
func (s *clockScene) sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	s.truth = s.truth.Add(d)
	s.waited += d
	var due []func()
	var later []alarm
	for _, a := range s.alarms {
		if a.at.After(s.truth) {
			later = append(later, a)
		} else {
			due = append(due, a.do)
		}
	}
	s.alarms = later
	s.mu.Unlock()
	for _, do := range due {
		do()
	}
	return ctx.Err()
}

// at has something done at a place, once.
func (s *clockScene) at(place string, do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks[place] = do
}

func (s *clockScene) reach(place string) {
	s.mu.Lock()
	do := s.hooks[place]
	delete(s.hooks, place)
	s.mu.Unlock()
	if do != nil {
		do()
	}
}

// RoundTrip carries requests to the sandbox, with a wait of its own on the way.
func (s *clockScene) RoundTrip(r *http.Request) (*http.Response, error) {
	const way = 100 * time.Millisecond
	token := r.URL.Path == "/oauth/2026-09/token"
	if token {
		s.reach(atSent)
	}
	s.pass(way)
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	w := httptest.NewRecorder()
	s.box.Handler().ServeHTTP(w, again)
	s.pass(way)
	if token {
		s.reach(atAnswer)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.broken; err != nil {
		s.broken = nil
		return nil, err
	}
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// hookedStore is the real store, with a look at the places between its
// transactions.
type hookedStore struct {
	*db.Store
	s *clockScene
}

func (h hookedStore) Probe(ctx context.Context) error {
	err := h.Store.Probe(ctx)
	h.s.reach(atProbe)
	return err
}

func (h hookedStore) Acquire(ctx context.Context, c oauth.Claim) (oauth.Lease, bool, error) {
	lease, ok, err := h.Store.Acquire(ctx, c)
	if ok {
		h.s.reach(atLease)
	}
	return lease, ok, err
}

func (h hookedStore) Save(ctx context.Context, save oauth.Save) (bool, error) {
	ok, err := h.Store.Save(ctx, save)
	h.s.reach(atSaved)
	return ok, err
}

// process is a refresher on the scene's store and clocks.
func (s *clockScene) process(owner string) *oauth.Refresher {
	return oauth.NewRefresher(oauth.RefresherOptions{
		Store: hookedStore{s.store, s}, Owner: owner, Meter: s.meter,
		Client: &oauth.Client{HTTP: &http.Client{Transport: s}, Now: s.wall, Meter: s.meter},
		Now:    s.wall, Elapsed: s.mono, Sleep: s.sleep, Rand: func() float64 { return 0.5 },
	})
}

// call makes an API call as everybody does: with a token that seems fresh, and
// once more with a new one when the server says otherwise.
func (s *clockScene) call(r *oauth.Refresher) error {
	client := &oauth.Client{HTTP: &http.Client{Transport: s}, Now: s.wall, Meter: s.meter}
	transport := &oauth.Transport{
		Base: s, Tokens: r, Settler: client, PortalID: s.portal.ID, Calls: s.store, Meter: s.meter, Now: s.wall,
	}
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, "http://localhost/account-info/2026-09/details", nil)
	if err != nil {
		return err
	}
	resp, trace, err := transport.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("HTTP %d: %w", resp.StatusCode, trace.Failure)
	}
	return nil
}

// tokenCalls is how many refreshes the server has seen.
func (s *clockScene) tokenCalls() int {
	n := 0
	seen, _ := s.box.Requests(0)
	for _, r := range seen {
		if r.GrantType == "refresh_token" {
			n++
		}
	}
	return n
}
