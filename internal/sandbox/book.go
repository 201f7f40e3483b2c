package sandbox

import (
	"fmt"
	"sync"
	"time"
)

const (
	codeLife     = 60 * time.Second
	consentLife  = 10 * time.Minute
	rotateGrace  = 60 * time.Second
	maxConsents  = 1000  // open consent pages; the oldest is forgotten first
	maxTokenRows = 50000 // access and rotated refresh tokens remembered; the oldest is forgotten first
)

// app is one OAuth client registered with the sandbox.
type app struct {
	id        int64
	name      string
	clientID  string
	secret    string
	redirects []string
	required  []string
	optional  []string
	userLevel bool // each user of an account has a grant of their own
}

type grantKey struct {
	clientID string
	hubID    int64
	userID   int64 // 0 unless the app is user-level
}

func (a *app) key(on *account, who user) grantKey {
	if !a.userLevel {
		who.id = 0
	}
	return grantKey{a.clientID, on.hubID, who.id}
}

// grant is an app's installation in an account. The newest consent decides its scopes
// and, unless each user has their own, whose it is.
type grant struct {
	app     *app
	account *account
	user    user
	scopes  []string
	live    bool
}

// family is the line of refresh tokens that one consent started.
type family struct {
	grant   *grant
	current *refreshToken
	revoked bool
}

type refreshToken struct {
	value   string
	family  *family
	retired time.Time // zero while it may still be used
	mode    string    // the rotation mode that retired it
}

// accessToken is any bearer credential: OAuth, app-level or static.
type accessToken struct {
	value   string
	static  bool
	appOnly bool // client_credentials: no account behind it
	app     *app
	account *account
	grant   *grant
	family  *family
	scopes  []string
	expires time.Time // zero for static tokens
	revoked bool
}

type authCode struct {
	app       *app
	account   *account
	user      user
	scopes    []string
	redirect  string
	challenge string
	expires   time.Time
}

// book holds everything about identity. Its methods lock; its fields are read under mu.
type book struct {
	mu       sync.Mutex
	mint     *mint
	apps     map[string]*app
	accounts []*account
	grants   map[grantKey]*grant
	codes    map[string]*authCode
	refresh  map[string]*refreshToken
	access   map[string]*accessToken
	order    []string // access tokens by age, to forget the oldest
	retired  []string // rotated refresh tokens by age, likewise
	consents map[string]*consentRequest
	queue    []string // consent nonces by age
	ttl      time.Duration
	told     time.Duration // what expires_in says instead of ttl; 0 for the truth
	rotation string
	plan     consentPlan
}

func newBook(cfg Config) *book {
	return &book{
		mint: newMint(cfg.Seed, false),
		apps: map[string]*app{cfg.ClientID: {
			id: 1000001, name: "hsterm sandbox app", clientID: cfg.ClientID, secret: cfg.ClientSecret,
			redirects: cfg.RedirectURIs, required: union(cfg.Scopes), optional: union(cfg.OptionalScopes),
			userLevel: cfg.UserLevel,
		}},
		accounts: makeAccounts(cfg.Portals),
		grants:   map[grantKey]*grant{},
		codes:    map[string]*authCode{},
		refresh:  map[string]*refreshToken{},
		access:   map[string]*accessToken{},
		consents: map[string]*consentRequest{},
		ttl:      cfg.TTL,
		rotation: cfg.Rotation,
		plan:     consentPlan{auto: cfg.AutoConsent},
	}
}

// find returns the account, deleted or not. The caller holds mu.
func (b *book) find(hubID int64) (*account, error) {
	for _, a := range b.accounts {
		if a.hubID == hubID {
			return a, nil
		}
	}
	return nil, fmt.Errorf("sandbox: no account %d; GET /_sandbox/portals lists them", hubID)
}

// install records a consent: the newest one decides the scopes of the grant. The caller holds mu.
func (b *book) install(c *authCode) *grant {
	key := c.app.key(c.account, c.user)
	g := b.grants[key]
	if g == nil || !g.live {
		g = &grant{app: c.app, account: c.account, live: true}
		b.grants[key] = g
	}
	g.scopes, g.user = append([]string{}, c.scopes...), c.user
	return g
}

// issueAccess makes an access token of the family. The caller holds mu.
func (b *book) issueAccess(f *family, now time.Time) *accessToken {
	t := &accessToken{
		value: b.mint.accessToken(), app: f.grant.app, account: f.grant.account, grant: f.grant, family: f,
		scopes: append([]string{}, f.grant.scopes...), expires: now.Add(b.ttl),
	}
	b.keepAccess(t)
	return t
}

// keepAccess remembers a token and forgets the oldest beyond the limit. The caller holds mu.
func (b *book) keepAccess(t *accessToken) {
	b.access[t.value] = t
	b.order = append(b.order, t.value)
	if len(b.order) > maxTokenRows {
		delete(b.access, b.order[0])
		b.order = b.order[1:]
	}
}

// issueRefresh makes the family's next refresh token. The caller holds mu.
func (b *book) issueRefresh(f *family) *refreshToken {
	t := &refreshToken{value: b.mint.refreshToken(f.grant.account.region), family: f}
	f.current = t
	b.refresh[t.value] = t
	return t
}

// retire marks a rotated refresh token, so that its reuse is noticed. The caller holds mu.
func (b *book) retire(t *refreshToken, now time.Time) {
	t.retired, t.mode = now, b.rotation
	b.retired = append(b.retired, t.value)
	if len(b.retired) > maxTokenRows {
		delete(b.refresh, b.retired[0])
		b.retired = b.retired[1:]
	}
}

// kill ends every token of one consent. The caller holds mu.
func (b *book) kill(f *family) {
	f.revoked = true
	for _, t := range b.access {
		if t.family == f {
			t.revoked = true
		}
	}
}
