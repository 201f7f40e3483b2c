package sandbox

import (
	"net/http"
	"net/url"
	"time"
)

// introspect tells about a token. Unknown and dead ones are 200 {"active":false}: the
// status alone proves nothing.
func (s *Server) introspect(q *call) answer {
	form, ok := q.form()
	if !ok {
		return badGrantType().answer(q)
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	client, failure := s.book.client(form)
	if failure != nil {
		return failure.answer(q)
	}
	if form.Get("token") == "" {
		return badToken().answer(q)
	}
	body := s.introspection(client, form)
	if hub, ok := body["hub_id"].(int64); ok {
		q.hubID = hub
	}
	return q.json(http.StatusOK, body).with("Cache-Control", "no-store")
}

func (s *Server) introspection(client *app, form url.Values) map[string]any {
	value, now := form.Get("token"), s.now()
	if t := s.book.access[value]; t != nil && t.app == client && t.live(now) {
		return s.accessClaims(t, now)
	}
	if t := s.book.refresh[value]; t != nil && t.family.grant.app == client && t.live(now) {
		body := grantClaims(t.family.grant)
		body["active"], body["token_use"] = true, "refresh_token"
		return body
	}
	return map[string]any{"active": false}
}

func (s *Server) accessClaims(t *accessToken, now time.Time) map[string]any {
	body := map[string]any{"client_id": t.app.clientID, "app_id": t.app.id}
	if t.grant != nil {
		body = grantClaims(t.grant)
		body["signed_access_token"] = map[string]any{
			"expiresAt": t.expires.UnixMilli(), "hubId": t.account.hubID, "userId": t.grant.user.id,
			"appId": t.app.id, "hublet": t.account.region, "signature": marker + s.ids.text(12), "scopes": "",
		}
	}
	body["active"], body["scopes"] = true, t.scopes
	body["token_use"], body["token_type"] = "access_token", "Bearer"
	body["expires_in"] = int(t.expires.Sub(now) / time.Second)
	return body
}

func grantClaims(g *grant) map[string]any {
	return map[string]any{
		"hub_id": g.account.hubID, "user_id": g.user.id, "user": g.user.email,
		"hub_domain": g.account.domain, "client_id": g.app.clientID, "app_id": g.app.id,
		"scopes": g.scopes, "is_private_distribution": false,
	}
}

// live reports whether the token works now.
func (t *accessToken) live(now time.Time) bool {
	gone := t.account != nil && t.account.deleted
	return !t.revoked && !gone && (t.static || now.Before(t.expires))
}

// live reports whether the token can be refreshed with now.
func (t *refreshToken) live(now time.Time) bool {
	f := t.family
	usable := t.retired.IsZero() || (t.mode == RotationGrace && now.Sub(t.retired) <= rotateGrace)
	return usable && !f.revoked && f.grant.live && !f.grant.account.deleted
}

// describeAccess is v1's metadata endpoint for access tokens: the token itself is the credential.
func (s *Server) describeAccess(q *call) answer {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	now, value := s.now(), q.r.PathValue("token")
	t := s.book.access[value]
	if t == nil || t.grant == nil || !t.live(now) {
		return q.json(http.StatusOK, map[string]any{"active": false})
	}
	q.hubID = t.account.hubID
	return q.json(http.StatusOK, map[string]any{
		"token": value, "user": t.grant.user.email, "hub_domain": t.account.domain, "scopes": t.scopes,
		"hub_id": t.account.hubID, "app_id": t.app.id, "user_id": t.grant.user.id,
		"expires_in": int(t.expires.Sub(now) / time.Second), "token_type": "access",
	}).with("Cache-Control", "no-store")
}

// describeRefresh is v1's metadata endpoint for refresh tokens.
func (s *Server) describeRefresh(q *call) answer {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	value := q.r.PathValue("token")
	t := s.book.refresh[value]
	if t == nil || !t.live(s.now()) {
		return q.json(http.StatusOK, map[string]any{"active": false})
	}
	g := t.family.grant
	q.hubID = g.account.hubID
	return q.json(http.StatusOK, map[string]any{
		"token": value, "client_id": g.app.clientID, "user": g.user.email, "user_id": g.user.id,
		"hub_domain": g.account.domain, "hub_id": g.account.hubID, "scopes": g.scopes, "token_type": "refresh",
	}).with("Cache-Control", "no-store")
}
