package rfcserver

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// tokenEndpoint is RFC 6749 section 3.2: POST, a form, each parameter once, and
// a client that proves who it is.
func (s *Server) tokenEndpoint(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	form, ok := s.form(w, r)
	if !ok || !s.authenticated(w, r, form) {
		return
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		s.seen.Exchange++
		s.exchange(w, form)
	case "refresh_token":
		s.seen.Refresh++
		s.refresh(w, form)
	case "":
		s.refuse(w, http.StatusBadRequest, "invalid_request", "grant_type is missing")
	case "client_credentials":
		s.seen.Other++
		s.refuse(w, http.StatusBadRequest, "unauthorized_client", "not a grant of this client")
	default:
		s.seen.Other++
		s.refuse(w, http.StatusBadRequest, "unsupported_grant_type", "unknown grant type")
	}
}

// form reads the body, and refuses what is not a form.
func (s *Server) form(w http.ResponseWriter, r *http.Request) (url.Values, bool) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		s.refuse(w, http.StatusMethodNotAllowed, "invalid_request", "POST is needed")
		return nil, false
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		s.refuse(w, http.StatusBadRequest, "invalid_request", "the body is not a form")
		return nil, false
	}
	if r.URL.RawQuery != "" {
		s.refuse(w, http.StatusBadRequest, "invalid_request", "parameters belong in the body")
		return nil, false
	}
	if err := r.ParseForm(); err != nil {
		s.refuse(w, http.StatusBadRequest, "invalid_request", "unreadable form")
		return nil, false
	}
	for name := range r.PostForm {
		if _, ok := once(r.PostForm, name); !ok {
			s.refuse(w, http.StatusBadRequest, "invalid_request", name+" is there twice")
			return nil, false
		}
	}
	return r.PostForm, true
}

// authenticated checks the client by HTTP Basic or by the body, never both
// (section 2.3).
func (s *Server) authenticated(w http.ResponseWriter, r *http.Request, form url.Values) bool {
	id, secret, basic := r.BasicAuth()
	if basic {
		if form.Has("client_secret") {
			s.refuse(w, http.StatusBadRequest, "invalid_request", "two ways of authentication at once")
			return false
		}
		id, secret = unescaped(id), unescaped(secret)
	} else {
		if s.cfg.BasicOnly {
			s.refuse(w, http.StatusUnauthorized, "invalid_client", "only HTTP Basic is taken")
			return false
		}
		id, secret = form.Get("client_id"), form.Get("client_secret")
	}
	if id != s.cfg.ClientID || subtle.ConstantTimeCompare([]byte(secret), []byte(s.cfg.ClientSecret)) != 1 {
		s.refuse(w, http.StatusUnauthorized, "invalid_client", "client authentication failed")
		return false
	}
	return true
}

// unescaped undoes the form encoding section 2.3.1 asks for in HTTP Basic.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

func (s *Server) exchange(w http.ResponseWriter, form url.Values) {
	c := s.codes[form.Get("code")]
	switch {
	case form.Get("code") == "":
		s.refuse(w, http.StatusBadRequest, "invalid_request", "code is missing")
	case c == nil:
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "unknown code")
	case c.used != nil:
		c.used.dead = true // section 4.1.2: a code used twice ends what it gave
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "the code was used before")
	case s.now().After(c.expires):
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "the code has expired")
	case form.Get("redirect_uri") != c.redirect:
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "another redirect URI than before")
	case c.challenge != "" && challenge(form.Get("code_verifier")) != c.challenge:
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "wrong code verifier")
	case c.challenge == "" && form.Has("code_verifier"):
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "a verifier without a challenge")
	default:
		c.used = &grant{scopes: c.scopes}
		s.issue(w, c.used, !s.cfg.RefreshOnce || len(s.grant) == 0)
	}
}

func challenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (s *Server) refresh(w http.ResponseWriter, form url.Values) {
	presented := form.Get("refresh_token")
	g := s.grant[presented]
	switch {
	case presented == "":
		s.refuse(w, http.StatusBadRequest, "invalid_request", "refresh_token is missing")
	case g == nil || g.dead:
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "unknown or revoked refresh token")
	case g.refresh != presented:
		g.dead = true // a spent token: somebody else has it
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "the refresh token was used before")
	case slices.ContainsFunc(scopesOf(form.Get("scope")), func(one string) bool { return !slices.Contains(g.scopes, one) }):
		s.refuse(w, http.StatusBadRequest, "invalid_scope", "more than was granted")
	default:
		s.issue(w, g, !s.cfg.KeepRefresh)
	}
}

// issue answers with section 5.1's fields and no other.
func (s *Server) issue(w http.ResponseWriter, g *grant, rotate bool) {
	token := s.secret("access")
	s.token[token] = &access{grant: g, expires: s.now().Add(s.cfg.Lifetime)}
	body := map[string]any{"access_token": token, "token_type": "Bearer"}
	if !s.cfg.NoExpiresIn {
		body["expires_in"] = int(s.cfg.Lifetime.Seconds())
	}
	if len(g.scopes) > 0 {
		body["scope"] = strings.Join(g.scopes, " ")
	}
	if rotate && !s.cfg.NoRefresh {
		g.refresh = s.secret("refresh")
		s.grant[g.refresh] = g
		body["refresh_token"] = g.refresh
	}
	answer(w, http.StatusOK, body)
}
