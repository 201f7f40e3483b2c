// Package rfcserver is an OAuth server by somebody else. It follows RFC 6749,
// 6750, 7009, 7636 and 7662 to the letter, knows nothing of HubSpot, and refuses
// whatever the RFCs let a server refuse, so that a client that leans on what
// only HubSpot does is found out.
package rfcserver

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Config says whom the server knows and what it offers.
type Config struct {
	ClientID, ClientSecret string
	RedirectURIs           []string
	Scopes                 []string      // that exist
	Lifetime               time.Duration // of an access token; 10 minutes when 0
	Marker                 string        // part of every secret it makes

	Deny         bool // the user refuses
	NoIntrospect bool // there is no introspection endpoint, as most servers have none
	NoRefresh    bool // access tokens only, which RFC 6749 section 1.5 leaves open
	RefreshOnce  bool // the first consent brings a refresh token, later ones do not
	KeepRefresh  bool // a refresh answers without a refresh token: the old one stays good
	NoExpiresIn  bool // leaves expires_in out, which is RECOMMENDED only
	Terse        bool // refuses a token without saying why: the error code of RFC 6750 is a SHOULD
	BasicOnly    bool // takes the client's password by HTTP Basic alone
}

// Seen counts what reached the server.
type Seen struct {
	Authorize, Exchange, Refresh, Other, Introspect, Revoke, Resource int
	Refused                                                           []string // why, in order
}

// Server is the server's memory. Its handler may be used by several goroutines.
type Server struct {
	cfg Config
	now func() time.Time

	mu    sync.Mutex
	codes map[string]*code
	grant map[string]*grant // by refresh token, current or spent
	token map[string]*access
	seen  Seen
}

type code struct {
	redirect, challenge string
	scopes              []string
	expires             time.Time
	used                *grant // what it was exchanged for
}

type grant struct {
	refresh string // the one that is good now
	scopes  []string
	dead    bool
}

type access struct {
	grant   *grant
	expires time.Time
}

// New makes a server that reads the time from now.
func New(cfg Config, now func() time.Time) *Server {
	if cfg.Lifetime == 0 {
		cfg.Lifetime = 10 * time.Minute
	}
	return &Server{cfg: cfg, now: now, codes: map[string]*code{}, grant: map[string]*grant{}, token: map[string]*access{}}
}

// Handler serves /authorize, the token endpoint and its neighbours below
// /oauth/VERSION/ and one protected resource, /me.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", s.authorize)
	mux.HandleFunc("/oauth/{version}/token", s.tokenEndpoint)
	if !s.cfg.NoIntrospect {
		mux.HandleFunc("POST /oauth/{version}/token/introspect", s.introspect)
	}
	mux.HandleFunc("POST /oauth/{version}/token/revoke", s.revoke)
	mux.HandleFunc("GET /me", s.resource)
	return mux
}

// Seen returns the counts so far.
func (s *Server) Seen() Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := s.seen
	seen.Refused = slices.Clone(seen.Refused)
	return seen
}

// Expire ends all access tokens now; refresh tokens stay.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.token {
		a.expires = s.now()
	}
}

// Revoke ends every grant.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.grant {
		g.dead = true
	}
}

func (s *Server) secret(kind string) string { return kind + "." + s.cfg.Marker + "." + rand.Text() }

// once returns the value of a parameter that RFC 6749 section 3.1 lets appear
// once; ok is false when it is there more often.
func once(values map[string][]string, name string) (value string, ok bool) {
	all := values[name]
	switch len(all) {
	case 0:
		return "", true
	case 1:
		return all[0], true
	}
	return "", false
}

func scopesOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, " ")
}

// refuse answers as RFC 6749 section 5.2 says: two fields and no more.
func (s *Server) refuse(w http.ResponseWriter, status int, code, why string) {
	s.seen.Refused = append(s.seen.Refused, code+": "+why)
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="token"`)
	}
	answer(w, status, map[string]any{"error": code, "error_description": why})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
