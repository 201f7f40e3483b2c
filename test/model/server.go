package model

import (
	"fmt"
	"time"
)

// marker is inside every secret of the tests.
const marker = "hstermtestsecret"

// grant is what a consent brought, as the server knows it.
type grant struct {
	alive    bool
	current  string        // the refresh token that works
	last     string        // the one before
	lastEnds time.Duration // when that one stops working
}

// pair is what the server hands out. refresh is "" where the answer leaves the
// refresh token out.
type pair struct{ access, refresh string }

// server is the authorization server, with the one portal's grants.
type server struct {
	rotation Rotation
	secret   string // of the app
	grants   map[string]*grant
	made     int
}

const rightSecret = marker + "-client"

func newServer(r Rotation) *server {
	return &server{rotation: r, secret: rightSecret, grants: map[string]*grant{}}
}

// consent makes a grant and returns its first pair.
func (s *server) consent() pair {
	g := &grant{alive: true}
	return pair{s.mint("access"), s.rotate(g, 0)}
}

func (s *server) mint(kind string) string {
	s.made++
	return fmt.Sprintf("%s-%s-%d", marker, kind, s.made)
}

func (s *server) rotate(g *grant, now time.Duration) string {
	const grace = 30 * time.Second
	g.last, g.lastEnds = g.current, now+grace
	g.current = s.mint("refresh")
	s.grants[g.current] = g
	return g.current
}

// accepts tells whether a refresh token would be exchanged.
func (s *server) accepts(refresh string, now time.Duration) bool {
	g := s.grants[refresh]
	switch {
	case g == nil || !g.alive:
		return false
	case refresh == g.current:
		return true
	}
	return s.rotation == Grace && refresh == g.last && now < g.lastEnds
}

// spent tells whether a refresh token was exchanged for a newer one: who hears
// that it is refused has lost an answer, or was overtaken.
func (s *server) spent(refresh string) bool {
	g := s.grants[refresh]
	return g != nil && refresh != g.current
}

// exchange answers a refresh token with a new pair, without a refresh token where
// it stays the same anyway and keep is asked for, or refuses it. A token that was used before ends its grant
// (RFC 9700 section 4.14.2).
func (s *server) exchange(refresh string, now time.Duration, keep bool) (pair, bool) {
	g := s.grants[refresh]
	if !s.accepts(refresh, now) {
		if g != nil && refresh != g.current {
			g.alive = false
		}
		return pair{}, false
	}
	got := pair{access: s.mint("access"), refresh: g.current}
	switch {
	case s.rotation == Off && keep:
		got.refresh = ""
	case s.rotation != Off && refresh == g.current:
		got.refresh = s.rotate(g, now)
	}
	return got, true
}

// revoke ends the grant that a refresh token belongs to.
func (s *server) revoke(refresh string) {
	if g := s.grants[refresh]; g != nil {
		g.alive = false
	}
}
