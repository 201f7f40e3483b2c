package rfcserver

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// authorize is the authorization endpoint (RFC 6749 section 4.1.1). The user is
// always there and always of the same mind.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen.Authorize++
	q := r.URL.Query()
	for name := range q {
		if _, ok := once(q, name); !ok {
			s.page(w, "the parameter "+name+" is there twice")
			return
		}
	}
	// Section 4.1.2.1: with a wrong client or redirect URI the user is told, and
	// nothing is redirected.
	redirect := q.Get("redirect_uri")
	switch {
	case q.Get("client_id") != s.cfg.ClientID:
		s.page(w, "unknown client")
		return
	case !slices.Contains(s.cfg.RedirectURIs, redirect):
		s.page(w, "unknown redirect URI")
		return
	}
	scopes := scopesOf(q.Get("scope"))
	switch {
	case q.Get("response_type") == "":
		s.back(w, r, url.Values{"error": {"invalid_request"}, "error_description": {"response_type is missing"}})
	case q.Get("response_type") != "code":
		s.back(w, r, url.Values{"error": {"unsupported_response_type"}})
	case slices.ContainsFunc(scopes, func(one string) bool { return !slices.Contains(s.cfg.Scopes, one) }):
		s.back(w, r, url.Values{"error": {"invalid_scope"}, "error_description": {"no such scope"}})
	case q.Get("code_challenge") != "" && q.Get("code_challenge_method") != "S256":
		s.back(w, r, url.Values{"error": {"invalid_request"}, "error_description": {"transform algorithm not supported"}})
	case s.cfg.Deny:
		s.back(w, r, url.Values{"error": {"access_denied"}})
	default:
		key := s.secret("code")
		s.codes[key] = &code{
			redirect: redirect, challenge: q.Get("code_challenge"),
			scopes: scopes, expires: s.now().Add(time.Minute),
		}
		s.back(w, r, url.Values{"code": {key}})
	}
}

// back redirects, keeping the query the redirect URI already has, with the
// state as it came and the issuer (RFC 9207), which clients may ignore.
func (s *Server) back(w http.ResponseWriter, r *http.Request, answer url.Values) {
	if why := answer.Get("error"); why != "" {
		s.seen.Refused = append(s.seen.Refused, why+": "+answer.Get("error_description"))
	}
	if state, ok := r.URL.Query()["state"]; ok {
		answer.Set("state", state[0])
	}
	answer.Set("iss", "http://"+r.Host)
	target := r.URL.Query().Get("redirect_uri")
	separator := "?"
	if strings.Contains(target, "?") {
		separator = "&"
	}
	http.Redirect(w, r, target+separator+answer.Encode(), http.StatusFound)
}

// page tells the user what is wrong, in plain text.
func (s *Server) page(w http.ResponseWriter, why string) {
	s.seen.Refused = append(s.seen.Refused, why)
	http.Error(w, why, http.StatusBadRequest)
}
