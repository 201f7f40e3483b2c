package rfcserver

import (
	"net/http"
	"strings"
)

// introspect is RFC 7662; what is not a live token is inactive and nothing more.
func (s *Server) introspect(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen.Introspect++
	form, ok := s.form(w, r)
	if !ok || !s.authenticated(w, r, form) {
		return
	}
	token := form.Get("token")
	if a := s.live(token); a != nil {
		answer(w, http.StatusOK, map[string]any{
			"active": true, "scope": strings.Join(a.grant.scopes, " "), "client_id": s.cfg.ClientID,
			"token_type": "Bearer", "exp": a.expires.Unix(), "sub": "person-7",
		})
		return
	}
	if g := s.grant[token]; g != nil && !g.dead && g.refresh == token {
		answer(w, http.StatusOK, map[string]any{"active": true, "scope": strings.Join(g.scopes, " "), "client_id": s.cfg.ClientID})
		return
	}
	answer(w, http.StatusOK, map[string]any{"active": false})
}

// revoke is RFC 7009: 200 for any token, and the whole grant ends.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen.Revoke++
	form, ok := s.form(w, r)
	if !ok || !s.authenticated(w, r, form) {
		return
	}
	if g := s.grant[form.Get("token")]; g != nil {
		g.dead = true
	}
	w.WriteHeader(http.StatusOK)
}

// resource is something worth a token. Its refusals are RFC 6750's: a header,
// and a body that nobody promised to be JSON.
func (s *Server) resource(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen.Resource++
	token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found {
		w.Header().Set("WWW-Authenticate", `Bearer realm="me"`)
		http.Error(w, "who are you?", http.StatusUnauthorized)
		return
	}
	if s.live(token) == nil {
		why := `, error="invalid_token", error_description="The access token expired"`
		if s.cfg.Terse {
			why = ""
		}
		w.Header().Set("WWW-Authenticate", `Bearer realm="me"`+why)
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	answer(w, http.StatusOK, map[string]any{"id": "person-7", "name": "somebody"})
}

// live returns an access token that is good now.
func (s *Server) live(token string) *access {
	a := s.token[token]
	if a == nil || a.grant.dead || !s.now().Before(a.expires) {
		return nil
	}
	return a
}
