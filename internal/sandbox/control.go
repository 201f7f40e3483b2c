package sandbox

import (
	"fmt"
	"time"
)

// account runs change on an account under the lock.
func (s *Server) account(hubID int64, change func(a *account)) error {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	a, err := s.book.find(hubID)
	if err == nil {
		change(a)
	}
	return err
}

// grantsOf returns the live grants of an account. The caller holds mu.
func (b *book) grantsOf(a *account) []*grant {
	var out []*grant
	for _, g := range b.grants {
		if g.account == a && g.live {
			out = append(out, g)
		}
	}
	return out
}

// Expire ends every live OAuth access token of an account now; refresh tokens stay good.
func (s *Server) Expire(hubID int64) error {
	now := s.now()
	return s.account(hubID, func(a *account) {
		for _, t := range s.book.access {
			if t.account == a && !t.static && t.expires.After(now) {
				t.expires = now
			}
		}
	})
}

// Which picks grants of an account; what is left empty picks all.
type Which struct {
	ClientID string
	UserID   int64
}

func (w Which) fits(g *grant) bool {
	return (w.ClientID == "" || w.ClientID == g.app.clientID) && (w.UserID == 0 || w.UserID == g.user.id)
}

// Revoke ends every OAuth token of an account, refresh and access; the app stays installed.
func (s *Server) Revoke(hubID int64) error { return s.RevokeGrants(hubID, Which{}) }

// RevokeGrants is Revoke for some of the account's grants.
func (s *Server) RevokeGrants(hubID int64, which Which) error {
	return s.account(hubID, func(a *account) {
		for _, g := range s.book.grantsOf(a) {
			if which.fits(g) {
				s.book.killTokens(g)
			}
		}
	})
}

// RevokeRefreshTokens ends the refresh tokens of an account alone: what the revocation
// endpoint does. Access tokens live on until they expire.
func (s *Server) RevokeRefreshTokens(hubID int64) error {
	return s.account(hubID, func(a *account) {
		for _, t := range s.book.refresh {
			if t.family.grant.account == a {
				t.family.revoked = true
			}
		}
	})
}

// Uninstall removes the app from an account, as its administrator would.
func (s *Server) Uninstall(hubID int64) error {
	return s.account(hubID, func(a *account) {
		for _, g := range s.book.grantsOf(a) {
			s.book.removeApp(g)
		}
	})
}

// Delete closes an account for good: refreshing answers BAD_HUB from now on.
func (s *Server) Delete(hubID int64) error {
	return s.account(hubID, func(a *account) { a.deleted = true })
}

// NewStaticToken makes a private-app token for an account. It never expires.
func (s *Server) NewStaticToken(hubID int64, scopes []string) (string, error) {
	if unknown := unknownScopes(scopes); len(unknown) > 0 {
		return "", fmt.Errorf("sandbox: unknown scopes %v", unknown)
	}
	var value string
	err := s.account(hubID, func(a *account) {
		value = s.book.mint.staticToken(a.region)
		s.book.keepAccess(&accessToken{value: value, static: true, account: a, scopes: union(scopes)})
	})
	return value, err
}

// SetScopes changes what an account has granted, in the grant and in its live tokens, so
// that a call can meet a missing scope.
func (s *Server) SetScopes(hubID int64, scopes []string) error {
	if unknown := unknownScopes(scopes); len(unknown) > 0 {
		return fmt.Errorf("sandbox: unknown scopes %v", unknown)
	}
	return s.account(hubID, func(a *account) {
		for _, g := range s.book.grantsOf(a) {
			g.scopes = union(scopes)
		}
		for _, t := range s.book.access {
			if t.account == a && t.grant != nil {
				t.scopes = union(scopes)
			}
		}
	})
}

// SetAppScopes changes what the app requires and may ask for. Grants stay as they are,
// like connections made before an app was changed.
func (s *Server) SetAppScopes(required, optional []string) error {
	if unknown := unknownScopes(union(required, optional)); len(unknown) > 0 {
		return fmt.Errorf("sandbox: unknown scopes %v", unknown)
	}
	if len(required) == 0 {
		return fmt.Errorf("sandbox: an app requires one scope at least; oauth is always among them")
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	a := s.book.apps[s.cfg.ClientID]
	a.required = union(required)
	if optional != nil {
		a.optional = union(optional)
	}
	return nil
}

// SetRotation chooses what a refresh does to refresh tokens: RotationOff, RotationGrace or RotationStrict.
func (s *Server) SetRotation(mode string) error {
	if err := checkRotation(mode); err != nil {
		return err
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.rotation = mode
	return nil
}

// SetTTL changes the lifetime of access tokens issued from now on; whole seconds.
func (s *Server) SetTTL(ttl time.Duration) error {
	if ttl < time.Second {
		return fmt.Errorf("sandbox: a token lifetime of %s; choose one second or more", ttl)
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.ttl = ttl
	return nil
}

// SetToldTTL has expires_in say another lifetime than tokens have; 0 is the truth again.
// A client that believes it meets tokens that end too early, or renews them too soon.
func (s *Server) SetToldTTL(told time.Duration) error {
	if told < 0 {
		return fmt.Errorf("sandbox: a told lifetime of %s; choose 0 for the truth, or more", told)
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.told = told
	return nil
}

// SetClockOffset moves the clock that clients are shown (the Date header, times in
// bodies). Tokens keep their lifetime: the client sees a server whose clock is off.
func (s *Server) SetClockOffset(offset time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offset = offset
}

// SetConsent changes what happens at the consent page: auto answers at once, hubID (if
// not 0) is chosen whatever account was asked for, deny refuses. The account's first user
// is signed in, until SignIn.
func (s *Server) SetConsent(auto bool, hubID int64, deny bool) error {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	if hubID != 0 {
		if _, err := s.book.find(hubID); err != nil {
			return err
		}
	}
	s.book.plan = consentPlan{auto: auto, hubID: hubID, deny: deny}
	return nil
}

// SignIn says who gives the next consents; 0 is each account's first user. Every account
// has a user of any id.
func (s *Server) SignIn(userID int64) {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.plan.userID = userID
}

// Accounts shows every account of the sandbox and whether its first app is installed there.
func (s *Server) Accounts() []AccountState {
	now := s.now()
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	out := make([]AccountState, 0, len(s.book.accounts))
	for _, a := range s.book.accounts {
		st := AccountState{Portal: a.portal(), Name: a.name, Region: a.region, AccountType: a.kind, Deleted: a.deleted, Scopes: []string{}}
		if g := s.book.grants[s.book.apps[s.cfg.ClientID].key(a, a.person(s.book.plan.userID))]; g != nil && g.live {
			st.Installed, st.Scopes = true, append(st.Scopes, g.scopes...)
		}
		for _, t := range s.book.access {
			if t.account == a && t.live(now) {
				st.LiveTokens++
			}
		}
		out = append(out, st)
	}
	return out
}
