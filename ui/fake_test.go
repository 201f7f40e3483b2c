package ui

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// fakeBackend keeps portals in memory. Every method goes through enter, where a
// test sees it, delays it or makes it fail.
type fakeBackend struct {
	mu       sync.Mutex
	portals  []oauth.Portal
	removed  []oauth.Portal
	apps     []oauth.App
	events   []oauth.Event
	revision int64
	calls    []string
	opened   []string
	sentLog  []oauth.SentCall // newest first
	now      func() time.Time

	before  func(ctx context.Context, method string) error // nil: nothing
	consent *fakeConsent

	holdStart chan struct{} // Start ends when this is closed, whatever its context says
}

func (f *fakeBackend) backend() Backend {
	return Backend{Portals: f, Tokens: f, Calls: f, Consents: f, Apps: f, Desktop: f, Sent: f}
}

func (f *fakeBackend) enter(ctx context.Context, method string) error {
	f.mu.Lock()
	f.calls = append(f.calls, method)
	before := f.before
	f.mu.Unlock()
	if before != nil {
		return before(ctx, method)
	}
	return ctx.Err()
}

// called is how often a method was called.
func (f *fakeBackend) called(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, c := range f.calls {
		if c == method {
			n++
		}
	}
	return n
}

// change edits the store as another process would.
func (f *fakeBackend) change(edit func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	edit()
	f.revision++
}

func (f *fakeBackend) Portals(ctx context.Context) ([]oauth.Portal, error) {
	if err := f.enter(ctx, "Portals"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.portals), nil
}

func (f *fakeBackend) find(id int64) (*oauth.Portal, error) {
	for i := range f.portals {
		if f.portals[i].ID == id {
			return &f.portals[i], nil
		}
	}
	return nil, &oauth.Error{Class: oauth.ClassNotFound, Message: "no such portal"}
}

func (f *fakeBackend) Portal(ctx context.Context, id int64) (oauth.Portal, error) {
	if err := f.enter(ctx, "Portal"); err != nil {
		return oauth.Portal{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	p, err := f.find(id)
	if err != nil {
		return oauth.Portal{}, err
	}
	return *p, nil
}

func (f *fakeBackend) Events(ctx context.Context, filter oauth.EventFilter) ([]oauth.Event, error) {
	if err := f.enter(ctx, "Events"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []oauth.Event
	for _, e := range f.events {
		about := filter.PortalID == 0 || e.PortalID == filter.PortalID
		if about && (filter.BeforeID == 0 || e.ID < filter.BeforeID) && (filter.Limit == 0 || len(out) < filter.Limit) {
			out = append(out, e)
		}
	}
	return out, nil
}

func (f *fakeBackend) Revision(ctx context.Context) (int64, error) {
	if err := f.enter(ctx, "Revision"); err != nil {
		return 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.revision, nil
}

func (f *fakeBackend) SetKeepFresh(ctx context.Context, id int64, on bool) error {
	if err := f.enter(ctx, "SetKeepFresh"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revision++
	p, err := f.find(id)
	if err == nil {
		p.KeepFresh = on
	}
	return err
}

func (f *fakeBackend) Disconnect(ctx context.Context, id int64, how Removal) (string, error) {
	if err := f.enter(ctx, fmt.Sprintf("Disconnect revoke=%v", how.Revoke)); err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revision++
	if p, err := f.find(id); err == nil && p.Protected && !how.Unlocked {
		return "", &oauth.Error{Class: oauth.ClassUsage, Message: p.Alias + " is protected."}
	}
	f.portals = slices.DeleteFunc(f.portals, func(p oauth.Portal) bool {
		if p.ID == id && !how.Revoke {
			f.removed = append(f.removed, p)
		}
		return p.ID == id
	})
	return "", nil
}

func (f *fakeBackend) Restore(ctx context.Context, id int64) (oauth.Portal, error) {
	if err := f.enter(ctx, "Restore"); err != nil {
		return oauth.Portal{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.removed, func(p oauth.Portal) bool { return p.ID == id })
	if i < 0 {
		return oauth.Portal{}, &oauth.Error{Class: oauth.ClassNotFound, Message: "nothing was removed"}
	}
	p := f.removed[i]
	f.removed = slices.Delete(f.removed, i, i+1)
	p.Version++
	if slices.ContainsFunc(f.portals, func(o oauth.Portal) bool { return o.Alias == p.Alias }) {
		p.Alias += "-2"
	}
	f.revision++
	f.portals = append(f.portals, p)
	return p, nil
}

func (f *fakeBackend) Refresh(ctx context.Context, id int64) (oauth.Portal, error) {
	if err := f.enter(ctx, "Refresh"); err != nil {
		return oauth.Portal{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revision++
	p, err := f.find(id)
	if err != nil {
		return oauth.Portal{}, err
	}
	p.Version++
	p.ExpiresAt = f.now().UTC().Truncate(time.Second).Add(p.Lifetime)
	p.Health.RefreshOK++
	p.Health.LastRefreshMS, p.Health.LastRefreshAt = 92, f.now().UTC()
	return *p, nil
}

func (f *fakeBackend) AccessToken(ctx context.Context, _ int64) (oauth.Secret, error) {
	return oauth.NewSecret("CJhstermtestsecret9f3c"), f.enter(ctx, "AccessToken")
}

func (f *fakeBackend) Send(ctx context.Context, _ int64, request api.Request) (api.Response, error) {
	if err := f.enter(ctx, "Send"); err != nil {
		return api.Response{}, err
	}
	return api.Response{
		Request: request, Status: http.StatusOK, Elapsed: 118 * time.Millisecond,
		Header:        http.Header{"Content-Type": {"application/json"}},
		Body:          []byte(`{"results":[{"id":"51","properties":{"email":"ana@acme.com","lifecyclestage":"customer"},"archived":false}],"paging":null,"total":1}`),
		Limits:        api.RateLimits{Max: 110, Remaining: 108, Interval: 10 * time.Second, Daily: 250000, DailyRemaining: 249871},
		CorrelationID: "019cd9fe-6bd0-7f3e-9d57-0f6e2b7a4c11",
	}, nil
}

func (f *fakeBackend) ProbeScopes(ctx context.Context, id int64, report func(api.ProbeResult)) error {
	if err := f.enter(ctx, "ProbeScopes"); err != nil {
		return err
	}
	f.mu.Lock()
	p, err := f.find(id)
	f.mu.Unlock()
	if err != nil {
		return err
	}
	for _, s := range p.Scopes {
		report(api.ProbeResult{Scope: s, State: api.ProbeWorks, Status: http.StatusOK})
	}
	return nil
}

func (f *fakeBackend) Apps(ctx context.Context) ([]oauth.App, error) {
	if err := f.enter(ctx, "Apps"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.apps), nil
}

func (f *fakeBackend) AddApp(ctx context.Context, app oauth.App) (oauth.App, error) {
	if err := f.enter(ctx, "AddApp"); err != nil {
		return app, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revision++
	app.ID = int64(len(f.apps) + 1)
	f.apps = append(f.apps, app)
	return app, nil
}

func (f *fakeBackend) UpdateApp(ctx context.Context, app oauth.App) (oauth.App, error) {
	if err := f.enter(ctx, "UpdateApp"); err != nil {
		return app, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revision++
	for i, old := range f.apps {
		if old.ID == app.ID {
			if app.ClientSecret.Empty() {
				app.ClientSecret = old.ClientSecret
			}
			f.apps[i] = app
		}
	}
	return app, nil
}

func (f *fakeBackend) RemoveApp(ctx context.Context, id int64) error {
	if err := f.enter(ctx, "RemoveApp"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revision++
	f.apps = slices.DeleteFunc(f.apps, func(a oauth.App) bool { return a.ID == id })
	return nil
}

func (f *fakeBackend) CheckApp(ctx context.Context, _ int64) error { return f.enter(ctx, "CheckApp") }

func (f *fakeBackend) ExploreSandbox(ctx context.Context) (oauth.App, error) {
	if err := f.enter(ctx, "ExploreSandbox"); err != nil {
		return oauth.App{}, err
	}
	return f.AddApp(ctx, oauth.App{Name: "sandbox", ClientID: "sandbox-client", Scopes: []string{"oauth"}, RedirectURIs: []string{oauth.DefaultRedirectURI}})
}

func (f *fakeBackend) OpenURL(ctx context.Context, url string) error {
	f.mu.Lock()
	f.opened = append(f.opened, url)
	f.mu.Unlock()
	return f.enter(ctx, "OpenURL")
}

func (f *fakeBackend) Start(ctx context.Context, request oauth.ConsentRequest) (Consent, error) {
	if err := f.enter(ctx, "Start"); err != nil {
		return nil, err
	}
	if f.holdStart != nil {
		<-f.holdStart
	}
	c := &fakeConsent{backend: f, request: request, arrived: make(chan error, 1), closed: make(chan struct{})}
	f.mu.Lock()
	f.consent = c
	f.mu.Unlock()
	return c, nil
}

// fakeConsent waits until a test lets the browser come back.
type fakeConsent struct {
	outcome oauth.Connected // of a reconnect, beside what the request says
	backend *fakeBackend
	request oauth.ConsentRequest
	arrived chan error
	closed  chan struct{}
	once    sync.Once
	pasted  string

	accepted bool
}

func (c *fakeConsent) URL() string {
	return "https://app.hubspot.com/oauth/authorize?client_id=7fff1e36-2d40-4ae1-bbb1-5266d59564fb&redirect_uri=http%3A%2F%2Flocalhost%3A8976%2Foauth%2Fcallback&response_type=code&scope=crm.objects.contacts.read%20oauth&state=Zm9yIHRoZSB0ZXN0cyBvbmx5LCAzMiBieXRlcw"
}

func (c *fakeConsent) RedirectURI() string { return oauth.DefaultRedirectURI }

func (c *fakeConsent) Deadline() time.Time { return c.backend.now().Add(5 * time.Minute) }

func (c *fakeConsent) Listening() bool { return !c.request.PasteOnly }

func (c *fakeConsent) Notices() []string { return nil }

func (c *fakeConsent) AcceptOther() { c.accepted = true }

func (c *fakeConsent) Wait(ctx context.Context) error {
	select {
	case err := <-c.arrived:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *fakeConsent) Paste(address string) error {
	if address == "" || address[0] != 'h' {
		return &oauth.Error{Class: oauth.ClassUsage, Message: "this is a code, not the address", Hint: "Paste the whole address the browser ended up at: its state has to be checked."}
	}
	c.pasted = address
	c.arrived <- nil
	return nil
}

func (c *fakeConsent) Complete(ctx context.Context) (oauth.Connected, error) {
	if err := c.backend.enter(ctx, "Complete"); err != nil {
		return oauth.Connected{}, err
	}
	f := c.backend
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revision++
	if p, err := f.find(c.request.Portal.ID); err == nil {
		p.Status, p.StatusReason = oauth.StatusActive, ""
		p.Version++
		p.ExpiresAt = f.now().UTC().Truncate(time.Second).Add(p.Lifetime)
		result := c.outcome
		result.Portal, result.Replaced, result.Added = *p, true, append(result.Added, c.request.ExtraScopes...)
		return result, nil
	}
	p := oauth.Portal{
		ID: int64(len(f.portals) + 1), Alias: "new-portal", Kind: oauth.KindOAuth, AppID: c.request.App.ID,
		AppName: c.request.App.Name, HubID: 424242, HubDomain: "new-portal.com", Status: oauth.StatusActive,
		Scopes: c.request.App.Scopes, Lifetime: 30 * time.Minute, ExpiresAt: f.now().UTC().Truncate(time.Second).Add(30 * time.Minute),
	}
	f.portals = append(f.portals, p)
	return oauth.Connected{Portal: p, Missing: []string{"crm.objects.deals.read"}}, nil
}

func (c *fakeConsent) Close() error {
	c.once.Do(func() { close(c.closed) })
	return nil
}
