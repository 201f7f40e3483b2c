package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

const firstToken = "hstermtestsecret-first-access-token"

// fakeTokens hands out one portal's grant and a new token whenever forced.
type fakeTokens struct {
	mu     sync.Mutex
	grant  oauth.Grant
	forced int
	err    error // of a forced refresh
	none   error // of every call
}

func (f *fakeTokens) Fresh(_ context.Context, id int64, o oauth.FreshOptions) (oauth.Grant, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.none != nil {
		return oauth.Grant{}, f.none
	}
	if o.Force {
		f.forced++
		if f.err != nil {
			return oauth.Grant{}, f.err
		}
		f.grant.Access = oauth.NewSecret("hstermtestsecret-second-access-token")
		f.grant.Portal.Version++
	}
	f.grant.Portal.ID = id
	return f.grant, nil
}

// fakeStore keeps what was recorded.
type fakeStore struct {
	mu     sync.Mutex
	events []oauth.Event
	calls  []oauth.CallRecord
	err    error

	begun  []oauth.Write
	again  []bool
	doubt  *oauth.Doubt // about every write that is not sent again
	ended  []oauth.WriteOutcome
	noMark error // of putting a write on record
}

func (f *fakeStore) BeginWrite(_ context.Context, w oauth.Write, again bool) (int64, *oauth.Doubt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.noMark != nil {
		return 0, nil, f.noMark
	}
	if f.doubt != nil && !again {
		return 0, f.doubt, nil
	}
	f.begun, f.again = append(f.begun, w), append(f.again, again)
	return int64(len(f.begun)), nil, nil
}

func (f *fakeStore) EndWrite(_ context.Context, id int64, outcome oauth.WriteOutcome) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if int(id) != len(f.begun) {
		return errors.New("no such write")
	}
	f.ended = append(f.ended, outcome)
	return f.err
}

func (f *fakeStore) Record(_ context.Context, e oauth.Event) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = append(f.events, e)
	return f.err
}

func (f *fakeStore) RecordCall(_ context.Context, c oauth.CallRecord) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, c)
	return f.err
}

// grantAt is an active portal whose API is at url.
func grantAt(url string, scopes ...string) oauth.Grant {
	return oauth.Grant{
		Portal: oauth.Portal{
			ID: 1, Alias: "acme", Kind: oauth.KindOAuth, HubID: 62515, Scopes: scopes, Status: oauth.StatusActive,
			ExpiresAt: time.Now().Add(25 * time.Minute), Version: 3,
		},
		Access:     oauth.NewSecret(firstToken),
		APIURL:     url,
		APIVersion: oauth.V2026_09,
	}
}

// bench is a runner against a server that handler makes up.
type bench struct {
	*Runner
	tokens *fakeTokens
	store  *fakeStore
	server *httptest.Server
	pauses *pauses
}

// pauses are waits that nobody waits for.
type pauses struct {
	mu   sync.Mutex
	list []time.Duration
}

func (p *pauses) pause(ctx context.Context, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = append(p.list, d)
	return ctx.Err()
}

func newBench(t *testing.T, handler http.HandlerFunc) bench {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	b := bench{
		tokens: &fakeTokens{grant: grantAt(server.URL, "oauth")},
		store:  &fakeStore{},
		server: server,
		pauses: &pauses{},
	}
	b.Runner = &Runner{Tokens: b.tokens, Store: b.store, Base: server.Client().Transport, UserAgent: "hsterm/test", Pause: b.pauses.pause}
	return b
}

func (b bench) get(t *testing.T, path string) (Response, error) {
	t.Helper()
	return b.Send(t.Context(), 1, Request{Method: "GET", Path: path})
}

// answer is a handler that always answers the same.
func answer(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}
