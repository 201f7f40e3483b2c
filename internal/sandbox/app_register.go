package sandbox

import "fmt"

// NewApp is a further OAuth client to register with the sandbox.
type NewApp struct {
	Name           string   `json:"name"` // shown on the consent page
	RedirectURIs   []string `json:"redirect_uris"`
	Scopes         []string `json:"scopes"`
	OptionalScopes []string `json:"optional_scopes"`
	UserLevel      bool     `json:"user_level"`
}

// Credentials are what a client needs to act as an app; both are to be kept like passwords.
type Credentials struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
}

// AddApp registers a further app; what it leaves empty is as for the first one. Tokens of
// one app are worth nothing to another, which is a failure clients must tell apart.
func (s *Server) AddApp(n NewApp) (Credentials, error) {
	cfg := Config{RedirectURIs: n.RedirectURIs, Scopes: n.Scopes, OptionalScopes: n.OptionalScopes}
	if len(cfg.RedirectURIs) == 0 {
		cfg.RedirectURIs = s.cfg.RedirectURIs
	}
	cfg, err := cfg.withDefaults()
	if err != nil {
		return Credentials{}, err
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	a := &app{
		id: 1000001 + int64(len(s.book.apps)), name: n.Name, clientID: s.book.mint.uuid(), secret: s.book.mint.clientSecret(),
		redirects: cfg.RedirectURIs, required: union(cfg.Scopes), optional: union(cfg.OptionalScopes),
		userLevel: n.UserLevel,
	}
	if a.name == "" {
		a.name = fmt.Sprintf("app %d", a.id)
	}
	s.book.apps[a.clientID] = a
	return Credentials{ClientID: a.clientID, ClientSecret: a.secret}, nil
}
