package oauth

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"
)

// strictServer rotates refresh tokens and revokes the grant when an old one
// comes back, as RFC 9700 section 4.14.2 recommends: the server that punishes
// every mistake of a client.
type strictServer struct {
	mu       sync.Mutex
	current  string
	sent     int
	revoked  bool
	lifetime time.Duration
	delay    time.Duration

	// answer replaces the whole server when it is not nil; n counts from 1.
	answer func(ctx context.Context, n int) (Token, error)
	// frozen runs after the server has decided, before the client learns: a
	// process that is stopped there does not notice its context either.
	frozen func(n int)
}

func newStrictServer() *strictServer {
	return &strictServer{current: "hstermtestsecret-refresh-0", lifetime: 30 * time.Minute}
}

func (s *strictServer) Refresh(ctx context.Context, _ App, refresh Secret) (Token, error) {
	sentAt := time.Now()
	s.mu.Lock()
	s.sent++
	n, answer, delay := s.sent, s.answer, s.delay
	s.mu.Unlock()
	if answer != nil {
		return answer(ctx, n)
	}
	if err := sleepFor(ctx, delay); err != nil {
		return Token{}, Classify(Answer{Endpoint: EndpointRefresh, Err: err})
	}
	token, err := s.rotate(n, refresh.Reveal(), sentAt)
	if s.frozen != nil {
		s.frozen(n)
	}
	return token, err
}

func (s *strictServer) rotate(n int, refresh string, sentAt time.Time) (Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.revoked || refresh != s.current {
		s.revoked = true
		return Token{}, refusedToken()
	}
	s.current = fmt.Sprintf("hstermtestsecret-refresh-%d", n)
	return Token{
		Access: NewSecret(fmt.Sprintf("hstermtestsecret-access-%d", n)), Refresh: NewSecret(s.current),
		Type: "bearer", ExpiresAt: sentAt.UTC().Add(s.lifetime).Truncate(time.Second), Lifetime: s.lifetime, HubID: 7,
	}, nil
}

func (s *strictServer) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent
}

func refusedToken() *Error {
	return Classify(Answer{Endpoint: EndpointRefresh, Status: 400, Body: []byte(`{"status":"BAD_REFRESH_TOKEN","error":"invalid_grant"}`)})
}

func transientFailure(status int) *Error {
	return Classify(Answer{Endpoint: EndpointRefresh, Status: status, Now: time.Now()})
}

// storedGrant is portal 1 with a token that has ttl left of 30 minutes.
func storedGrant(ttl time.Duration) Grant {
	now := time.Now().UTC()
	return Grant{
		Portal: Portal{
			ID: 1, Alias: "acme", Kind: KindOAuth, AppID: 1, HubID: 7, Version: 5, Status: StatusActive,
			ExpiresAt: now.Add(ttl).Truncate(time.Second), Lifetime: 30 * time.Minute, TokenAt: now.Add(ttl - 30*time.Minute),
		},
		App:    App{ID: 1, ClientID: "client-1", ClientSecret: NewSecret("hstermtestsecret-client"), APIURL: "https://api.hubapi.com", APIVersion: V2026_09},
		Access: NewSecret("hstermtestsecret-access-0"), Refresh: NewSecret("hstermtestsecret-refresh-0"),
		APIURL: "https://api.hubapi.com", APIVersion: V2026_09,
	}
}

// scene is one portal, one strict server and one refresher.
type scene struct {
	store  *leaseStore
	server *strictServer
	r      *Refresher
}

func newScene(ttl time.Duration) *scene {
	s := &scene{store: newLeaseStore(storedGrant(ttl)), server: newStrictServer()}
	s.r = s.process("one")
	return s
}

// process is another process on the same store.
func (s *scene) process(owner string) *Refresher {
	return NewRefresher(RefresherOptions{Store: s.store, Client: s.server, Owner: owner})
}

// want fails unless the call ended in this class after so many token calls.
func (s *scene) want(t *testing.T, err error, class Class, calls int) {
	t.Helper()
	if ClassOf(err) != class {
		t.Errorf("%v (class %q), want %q", err, ClassOf(err), class)
	}
	if n := s.server.count(); n != calls {
		t.Errorf("%d token calls, want %d", n, calls)
	}
}

// pass lets time go by inside a synctest bubble.
func pass(t *testing.T, d time.Duration) {
	t.Helper()
	if err := sleepFor(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}
