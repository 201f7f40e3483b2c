package oauth

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// consentCode is what the fake server hands to the browser.
const consentCode = "na1-hstermtestsecret-code"

// fakeEndpoint answers what a server would, and counts.
type fakeEndpoint struct {
	mu        sync.Mutex
	exchanged []Exchange
	asked     int // introspections
	revoked   []Secret

	token      Token
	tokenErr   error
	seen       Introspection
	seenErr    error
	account    Account
	accountErr error
	revokeErr  error

	onExchange func() // while the exchange is under way
}

func (f *fakeEndpoint) Exchange(ctx context.Context, _ App, x Exchange) (Token, error) {
	f.mu.Lock()
	f.exchanged = append(f.exchanged, x)
	f.mu.Unlock()
	if f.onExchange != nil {
		f.onExchange()
	}
	if err := ctx.Err(); err != nil {
		return Token{}, err
	}
	return f.token, f.tokenErr
}

func (f *fakeEndpoint) Introspect(ctx context.Context, _ App, _ Secret, _ string) (Introspection, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	if err := ctx.Err(); err != nil {
		return Introspection{}, err
	}
	return f.seen, f.seenErr
}

func (f *fakeEndpoint) Account(ctx context.Context, _ string, _ APIVersion, _ Secret) (Account, error) {
	if err := ctx.Err(); err != nil {
		return Account{}, err
	}
	return f.account, f.accountErr
}

func (f *fakeEndpoint) Revoke(_ context.Context, _ App, refresh Secret) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revoked = append(f.revoked, refresh)
	return f.revokeErr
}

// hubSpotGrants is an endpoint that grants account 111 everything.
func hubSpotGrants() *fakeEndpoint {
	return &fakeEndpoint{
		token: Token{
			Access: NewSecret("Chstermtestsecret-access-0001"), Refresh: NewSecret("na1-hstermtestsecret-refresh-0001"),
			Type: "bearer", Lifetime: 30 * time.Minute, HubID: 111, UserID: 7,
			Scopes: []string{"crm.objects.contacts.read", "oauth"},
		},
		seen: Introspection{
			Active: true, HubID: 111, UserID: 7, User: "owner@acme.example", HubDomain: "www.acme.com",
			Scopes: []string{"crm.objects.contacts.read", "oauth"},
		},
		account: Account{HubID: 111, AccountType: "STANDARD", UIDomain: "app.hubspot.com", Region: "na1"},
	}
}

// freePort returns a port that was free a moment ago on 127.0.0.1 and ::1.
func freePort(t *testing.T) int {
	t.Helper()
	for range 20 {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		v6, err := net.Listen("tcp6", "[::1]:"+strconv.Itoa(port))
		_ = l.Close()
		if err == nil {
			_ = v6.Close()
			return port
		}
		if withoutIPv6(err) {
			return port
		}
	}
	t.Fatal("no port is free on both addresses")
	return 0
}

// hubSpotApp is an app whose URLs are HubSpot's; nothing of them is contacted.
func hubSpotApp(port int) App {
	return App{
		ID: 1, Name: "crm-sync", ClientID: consentClientID, ClientSecret: NewSecret("hstermtestsecret-client"),
		RedirectURIs: []string{"http://localhost:" + strconv.Itoa(port) + "/oauth/callback"},
		Scopes:       []string{"oauth", "crm.objects.contacts.read"},
		AuthorizeURL: DefaultAuthorizeURL, APIURL: DefaultAPIURL, APIVersion: V2026_09,
	}
}

// startConsent starts a consent on a free port and closes it with the test.
func startConsent(t *testing.T, c *Connector, request ConsentRequest) *Consent {
	t.Helper()
	if request.App.Name == "" {
		request.App = hubSpotApp(freePort(t))
	}
	consent, err := c.Start(t.Context(), request)
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	t.Cleanup(func() { _ = consent.Close() })
	return consent
}

// newConnector is one with an empty store and an endpoint that grants.
func newConnector() (*Connector, *memoryConnections, *fakeEndpoint) {
	store, endpoint := newMemoryConnections(), hubSpotGrants()
	return &Connector{Store: store, Endpoint: endpoint}, store, endpoint
}

// stateOf reads the state out of the address to open.
func stateOf(t *testing.T, consent *Consent) string {
	t.Helper()
	u, err := url.Parse(consent.URL())
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("state")
}

// honestAddress is where a consenting user's browser ends.
func honestAddress(t *testing.T, consent *Consent) string {
	t.Helper()
	return consent.RedirectURI() + "?code=" + consentCode + "&state=" + stateOf(t, consent)
}

// browse opens an address as a browser does and returns status and page.
func browse(t *testing.T, address string) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Mode", "navigate")
	request.Header.Set("Sec-Fetch-Dest", "document")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		t.Fatalf("GET %s: %v", strings.SplitN(address, "?", 2)[0], err)
	}
	defer func() { _ = response.Body.Close() }()
	body := make([]byte, 64<<10)
	n := 0
	for {
		m, err := response.Body.Read(body[n:])
		n += m
		if err != nil {
			break
		}
	}
	return response.StatusCode, string(body[:n]), response.Header
}
