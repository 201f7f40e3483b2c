package test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// sideways is how many requests are under way at the same time, the program's
// default.
const sideways = 8

// BenchmarkRefreshThousand is `hsterm refresh --all` with a thousand portals and
// a server that answers at once, so that the difference shows, beside the same
// requests and nothing else: nothing kept, nothing printed.
func BenchmarkRefreshThousand(b *testing.B) { benchRefresh(b, 1000, 0) }

// BenchmarkRefreshSlowServer is the same with fewer portals and a server that
// takes its time, as one on the internet does.
func BenchmarkRefreshSlowServer(b *testing.B) { benchRefresh(b, 200, 100*time.Millisecond) }

func benchRefresh(b *testing.B, portals int, delay time.Duration) {
	b.Helper()
	w := benchWorld(b)
	s := benchSandbox(b, w, "--portals", fmt.Sprint(portals))
	tokens := w.fleet(b, s, portals, 30*time.Minute)
	if delay > 0 {
		s.slow(b, delay)
	}
	var ours, least []time.Duration
	for b.Loop() {
		ours = append(ours, timed(b, w.command(b.Context(), "refresh", "--all", "--concurrency", fmt.Sprint(sideways))))
		least = append(least, bareRefreshes(b, s, tokens))
	}
	report(b, ours, least)
}

// slow makes the token endpoint take its time.
func (s *sandbox) slow(b *testing.B, delay time.Duration) {
	b.Helper()
	if _, err := s.control("faults", fmt.Sprintf(`{"route":"token","times":-1,"delay_ms":%d}`, delay.Milliseconds())); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkStampede is `hsterm token` by 64 processes at once with one token that
// has expired, beside one process alone with it.
func BenchmarkStampede(b *testing.B) {
	w := benchWorld(b)
	s := benchSandbox(b, w)
	var ours, least []time.Duration
	for b.Loop() {
		w.fleet(b, s, 1, -time.Minute)
		ours = append(ours, w.atOnce(b, 64))
		w.fleet(b, s, 1, -time.Minute)
		least = append(least, w.atOnce(b, 1))
	}
	report(b, ours, least)
}

// atOnce is how long it takes until all of n processes have their token.
func (w *world) atOnce(b *testing.B, n int) time.Duration {
	b.Helper()
	var all sync.WaitGroup
	start := time.Now()
	for range n {
		all.Go(func() {
			if r, err := finish(w.command(b.Context(), "token", "p0"), ""); err != nil || r.code != 0 {
				b.Errorf("%d %v\n%s", r.code, err, r.stderr)
			}
		})
	}
	all.Wait()
	return time.Since(start)
}

func benchSandbox(b *testing.B, w *world, args ...string) *sandbox {
	b.Helper()
	s, err := startSandbox(w.env, append(args, "--auto-consent")...)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.stop() })
	return s
}

// fleet connects n portals p0, p1, … without the program, which would take its
// start for each, or connects them again. Their tokens have ttl left. It returns
// their refresh tokens.
func (w *world) fleet(b *testing.B, s *sandbox, n int, ttl time.Duration) []string {
	b.Helper()
	ctx := b.Context()
	store, err := db.Open(ctx, db.Options{
		Path: filepath.Join(w.dir, "data", "hsterm", "hsterm.db"),
		Keys: db.KeyOptions{Source: db.SourceEnv, ConfigDir: filepath.Join(w.dir, "config", "hsterm"), Getenv: w.variable},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	app, err := store.App(ctx, "main")
	if oauth.ClassOf(err) == oauth.ClassNotFound {
		app, err = store.AddApp(ctx, benchApp(s))
	}
	if err != nil {
		b.Fatal(err)
	}
	tokens := make([]string, n)
	for i := range tokens {
		hub := s.Portals[i].HubID
		access, refresh := s.grant(b, hub)
		tokens[i] = refresh
		if _, err := store.PutConnection(ctx, oauth.Connection{
			Alias: fmt.Sprintf("p%d", i), Kind: oauth.KindOAuth, AppID: app.ID, Now: time.Now(),
			Token: oauth.Token{
				Access: oauth.NewSecret(access), Refresh: oauth.NewSecret(refresh), Type: "bearer", HubID: hub,
				ExpiresAt: time.Now().Add(ttl), Lifetime: 30 * time.Minute,
			},
		}); err != nil {
			b.Fatal(err)
		}
	}
	return tokens
}

func benchApp(s *sandbox) oauth.App {
	return oauth.App{
		Name: "main", ClientID: s.ClientID, ClientSecret: oauth.NewSecret(s.ClientSecret), RedirectURIs: s.RedirectURIs[:1],
		Scopes: s.Scopes, AuthorizeURL: s.URL + "/oauth/authorize", APIURL: s.URL, APIVersion: oauth.V2026_09,
	}
}

// variable is a variable of the program's environment.
func (w *world) variable(name string) (value string) {
	for _, pair := range w.env {
		if key, is, _ := strings.Cut(pair, "="); key == name {
			value = is
		}
	}
	return value
}

// grant agrees on the consent page and trades the code in.
func (s *sandbox) grant(b *testing.B, hub int64) (access, refresh string) {
	b.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	query := url.Values{
		"client_id": {s.ClientID}, "redirect_uri": s.RedirectURIs[:1], "scope": {strings.Join(s.Scopes, " ")}, "state": {"s"},
	}
	resp, err := client.Get(fmt.Sprintf("%s/oauth/%d/authorize?%s", s.URL, hub, query.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	_ = resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		b.Fatalf("%s: %v", resp.Status, err)
	}
	body, err := s.post(b.Context(), client, url.Values{
		"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": s.RedirectURIs[:1],
	})
	if err != nil {
		b.Fatal(err)
	}
	return body.Access, body.Refresh
}

// bareRefreshes sends every refresh token once.
func bareRefreshes(b *testing.B, s *sandbox, tokens []string) time.Duration {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: sideways}}
	defer client.CloseIdleConnections()
	start := time.Now()
	group, ctx := errgroup.WithContext(b.Context())
	group.SetLimit(sideways)
	for _, token := range tokens {
		group.Go(func() error {
			_, err := s.post(ctx, client, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}})
			return err
		})
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// granted is the part of a token answer that counts here.
type granted struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
}

func (s *sandbox) post(ctx context.Context, client *http.Client, form url.Values) (body granted, err error) {
	form.Set("client_id", s.ClientID)
	form.Set("client_secret", s.ClientSecret)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/oauth/2026-09/token", strings.NewReader(form.Encode()))
	if err != nil {
		return body, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := client.Do(request)
	if err != nil {
		return body, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", resp.Status, text)
	}
	if err == nil {
		err = json.Unmarshal(text, &body)
	}
	return body, err
}
