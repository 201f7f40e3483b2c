package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// token is the token endpoint of every version.
func (s *Server) token(q *call) answer {
	form, ok := q.form()
	if !ok {
		return badGrantType().answer(q)
	}
	q.grantType = knownGrantType(form.Get("grant_type"))
	if q.grantType == "" {
		return badGrantType().answer(q)
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	client, failure := s.book.client(form)
	if failure != nil {
		return failure.answer(q)
	}
	if q.grantType == "client_credentials" {
		return s.appToken(q, client, form)
	}
	if t := s.book.refresh[form.Get("refresh_token")]; t != nil {
		q.hubID = t.family.grant.account.hubID
	}
	var pair *tokenPair
	if q.grantType == "authorization_code" {
		pair, failure = s.book.exchange(client, form, s.now())
	} else {
		pair, failure = s.book.renew(client, form.Get("refresh_token"), s.now())
	}
	if pair != nil {
		q.hubID = pair.access.account.hubID
	}
	if failure != nil {
		return failure.answer(q)
	}
	return s.tokenAnswer(q, pair)
}

// knownGrantType returns the name itself, or nothing for one the endpoint does not know.
func knownGrantType(name string) string {
	switch name {
	case "authorization_code", "refresh_token", "client_credentials":
		return name
	}
	return ""
}

// tokenPair is what an exchange or a refresh gives out.
type tokenPair struct {
	access  *accessToken
	refresh string
}

func (s *Server) tokenAnswer(q *call, p *tokenPair) answer {
	body := map[string]any{
		"token_type": "bearer", "access_token": p.access.value, "refresh_token": p.refresh,
		"expires_in": s.book.expiresIn(),
	}
	// v1 tells nothing about whose token it is: its clients ask the metadata endpoint.
	if !strings.HasPrefix(q.r.URL.Path, "/oauth/v1/") {
		body["token_use"] = "access_token"
		body["hub_id"] = p.access.account.hubID
		body["scopes"] = p.access.scopes
		body["user_id"] = p.access.grant.user.id
	}
	return q.json(http.StatusOK, body).with("Cache-Control", "no-store").with("Pragma", "no-cache")
}

// expiresIn is what clients are told of a token's life. The caller holds mu.
func (b *book) expiresIn() int {
	if b.told > 0 {
		return int(b.told / time.Second)
	}
	return int(b.ttl / time.Second)
}

// client authenticates by the body, the only way HubSpot takes. The caller holds mu.
func (b *book) client(form url.Values) (*app, *oauthFailure) {
	a := b.apps[form.Get("client_id")]
	if a == nil {
		return nil, badClientID()
	}
	if !sameSecret(a.secret, form.Get("client_secret")) {
		return nil, badClientSecret()
	}
	return a, nil
}

// appToken is the client_credentials grant: an app-level token without an account. That
// BAD_SCOPES comes only after the secret proved right is how a client checks its settings.
func (s *Server) appToken(q *call, client *app, form url.Values) answer {
	scopes := splitScopes(form.Get("scope"))
	if len(scopes) == 0 || len(unknownScopes(scopes)) > 0 {
		return badScopes().answer(q)
	}
	t := &accessToken{
		value: s.book.mint.accessToken(), appOnly: true, app: client,
		scopes: scopes, expires: s.now().Add(s.book.ttl),
	}
	s.book.keepAccess(t)
	return q.json(http.StatusOK, map[string]any{
		"token_type": "bearer", "access_token": t.value, "scopes": scopes,
		"expires_in": s.book.expiresIn(), "token_use": "access_token",
	}).with("Cache-Control", "no-store")
}
