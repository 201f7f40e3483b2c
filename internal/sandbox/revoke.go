package sandbox

import "net/http"

// revoke ends a token. Unknown ones get the same answer (RFC 7009 section 2.2), and the
// access tokens that a refresh token issued live on, as on HubSpot.
func (s *Server) revoke(q *call) answer {
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
	value := form.Get("token")
	if value == "" {
		return badToken().answer(q)
	}
	if t := s.book.refresh[value]; t != nil && t.family.grant.app == client {
		q.hubID = t.family.grant.account.hubID
		t.family.revoked = true
	}
	if t := s.book.access[value]; t != nil && t.app == client {
		t.revoked = true
	}
	return q.empty(http.StatusOK).with("Cache-Control", "no-store")
}

// deleteRefresh is v1's revocation.
func (s *Server) deleteRefresh(q *call) answer {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	if t := s.book.refresh[q.r.PathValue("token")]; t != nil {
		q.hubID = t.family.grant.account.hubID
		t.family.revoked = true
	}
	return q.empty(http.StatusNoContent)
}

// uninstall removes the app from the account of the bearer.
func (s *Server) uninstall(q *call, who caller) answer {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	if who.token.grant == nil {
		return notAuthenticated().answer(q)
	}
	for _, g := range s.book.grantsOf(who.account) {
		if g.app == who.token.app {
			s.book.removeApp(g)
		}
	}
	return q.empty(http.StatusNoContent)
}

// removeApp ends a grant and every token under it. The caller holds mu.
func (b *book) removeApp(g *grant) {
	g.live = false
	b.killTokens(g)
}

// killTokens ends every token of a grant, refresh and access. The caller holds mu.
func (b *book) killTokens(g *grant) {
	for _, t := range b.refresh {
		if t.family.grant == g {
			t.family.revoked = true
		}
	}
	for _, t := range b.access {
		if t.grant == g {
			t.revoked = true
		}
	}
}
