package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// caller is an authenticated API caller.
type caller struct {
	call    *call
	token   *accessToken
	account *account
	granted []string // a copy: the grant may change while the call runs
}

type apiHandler func(q *call, who caller) answer

// guard wraps an API handler with authentication, the rate limit and a scope rule.
func (s *Server) guard(rule scopeRule, h apiHandler) http.Handler {
	return s.serve(s.guarded(rule, false, h))
}

// guardSearch is guard under the search endpoints' own limit.
func (s *Server) guardSearch(rule scopeRule, h apiHandler) http.Handler {
	return s.serve(s.guarded(rule, true, h))
}

// staticOnly is guard for endpoints that take private-app tokens and no OAuth tokens:
// a perfectly live OAuth token gets a 401 here.
func (s *Server) staticOnly(h apiHandler) http.Handler {
	return s.guard(anyOf("oauth"), func(q *call, who caller) answer {
		if !who.token.static {
			return notAuthenticated().answer(q)
		}
		return h(q, who)
	})
}

func (s *Server) guarded(rule scopeRule, search bool, h apiHandler) handler {
	return func(q *call) answer {
		who, refusal := s.authenticate(q)
		if refusal != nil {
			return refusal.answer(q)
		}
		verdict := s.limits.take(who, search, s.now())
		if verdict.exceeded != "" {
			return verdict.dress(tooMany(q, verdict))
		}
		if !rule.metBy(who.granted) {
			return verdict.dress(missingScopes(rule).answer(q))
		}
		return verdict.dress(h(q, who))
	}
}

func (s *Server) authenticate(q *call) (caller, *apiFailure) {
	scheme, value, _ := strings.Cut(q.r.Header.Get("Authorization"), " ")
	value = strings.TrimSpace(value)
	if !strings.EqualFold(scheme, "Bearer") || value == "" {
		f := notAuthenticated()
		return caller{}, &f
	}
	now := s.now()
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	t := s.book.access[value]
	var f apiFailure
	switch {
	case t == nil && !looksLikeToken(value):
		// HubSpot reads the expiry out of the token; what cannot be read ended in 1970.
		f = expiredToken(s.shown().Sub(time.Unix(0, 0)), time.Unix(0, 0))
	case t == nil || t.revoked || t.appOnly || t.account.deleted:
		f = notAuthenticated()
	case !t.static && !now.Before(t.expires):
		q.hubID = t.account.hubID
		f = expiredToken(now.Sub(t.expires), t.expires.Add(s.skew()))
	default:
		q.hubID = t.account.hubID
		return caller{call: q, token: t, account: t.account, granted: t.granted()}, nil
	}
	return caller{}, &f
}

// granted copies the scopes; a static token needs no "oauth" to ask who it is.
func (t *accessToken) granted() []string {
	scopes := append([]string{}, t.scopes...)
	if t.static {
		scopes = append(scopes, "oauth")
	}
	return scopes
}

// looksLikeToken tells a string of HubSpot's shape from any other credential.
func looksLikeToken(value string) bool {
	if strings.HasPrefix(value, "pat-") {
		return len(value) >= 24 && wordy(value)
	}
	return strings.HasPrefix(value, "C") && len(value) >= 60 && wordy(value)
}

// wordy reports whether value is made of base64url characters only.
func wordy(value string) bool {
	for _, c := range []byte(value) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}
