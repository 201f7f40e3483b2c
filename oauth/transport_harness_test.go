package oauth

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// apiHost plays api.hubapi.com behind a Transport: it takes one token and
// answers everything else with refusal.
type apiHost struct {
	mu      sync.Mutex
	good    string // the access token that is taken
	refusal string // body of the 401
	header  http.Header
	bodies  []string
	tokens  []string
	open    int // response bodies nobody has closed
	err     error
}

func (a *apiHost) RoundTrip(r *http.Request) (*http.Response, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	body := ""
	if r.Body != nil {
		b, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		body = string(b)
	}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	a.bodies, a.tokens = append(a.bodies, body), append(a.tokens, token)
	if a.err != nil {
		return nil, a.err
	}
	status, text := http.StatusOK, `{"results":[]}`
	if token != a.good {
		status, text = http.StatusUnauthorized, a.refusal
	}
	a.open++
	h := a.header.Clone()
	if h == nil {
		h = http.Header{}
	}
	return &http.Response{
		StatusCode: status, Header: h, Request: r, ProtoMajor: 1, ProtoMinor: 1,
		Body: &countedBody{Reader: strings.NewReader(text), closed: func() { a.open-- }, mu: &a.mu},
	}, nil
}

type countedBody struct {
	io.Reader
	once   sync.Once
	closed func()
	mu     *sync.Mutex
}

func (b *countedBody) Close() error {
	b.once.Do(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.closed()
	})
	return nil
}

const (
	expiredBody = `{"status":"error","category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired 0 second(s) ago."}`
	invalidBody = `{"status":"error","category":"INVALID_AUTHENTICATION","message":"Authentication credentials not found."}`
)

// settler answers what it is told to.
type settler struct {
	in      Introspection
	account Account
	err     error
	asked   int
}

func (s *settler) Introspect(context.Context, App, Secret, string) (Introspection, error) {
	s.asked++
	return s.in, s.err
}

func (s *settler) Account(context.Context, string, APIVersion, Secret) (Account, error) {
	s.asked++
	return s.account, s.err
}

// road is a portal, its token server, its API and the transport between.
type road struct {
	*scene
	api       *apiHost
	settler   *settler
	transport *Transport
}

func newRoad(ttl time.Duration, good, refusal string) *road {
	s := newScene(ttl)
	r := &road{scene: s, api: &apiHost{good: good, refusal: refusal}, settler: &settler{}}
	r.transport = &Transport{
		Base: r.api, Tokens: s.r, Settler: r.settler, PortalID: 1, Calls: s.store,
		Verdicts: &Verdicts{Store: s.store, Owner: "caller"},
	}
	return r
}

// call sends a request, reads the answer to its end and closes it.
func (r *road) call(t *testing.T, method, address string, body io.Reader) (int, string, Trace) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	resp, trace, err := r.transport.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if r.api.open != 0 {
		t.Errorf("%d bodies left open", r.api.open)
	}
	if req.Header.Get("Authorization") != "" || len(req.Header) != 0 {
		t.Errorf("the request was changed: %v", req.Header)
	}
	return resp.StatusCode, string(text), trace
}

const contactsURL = "https://api.hubapi.com/crm/objects/2026-09/contacts?limit=5"
