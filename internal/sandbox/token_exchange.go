package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/url"
	"time"
)

// exchange turns a code into the first tokens of a family. A code is spent by the first
// attempt of its client, right or wrong. The caller holds mu.
func (b *book) exchange(client *app, form url.Values, now time.Time) (*tokenPair, *oauthFailure) {
	if form.Get("redirect_uri") == "" {
		return nil, badRedirectURI()
	}
	code := b.codes[form.Get("code")]
	if code == nil || code.app != client {
		return nil, badAuthCode()
	}
	delete(b.codes, form.Get("code"))
	switch {
	case now.After(code.expires):
		return nil, expiredAuthCode()
	case form.Get("redirect_uri") != code.redirect:
		return nil, mismatchedRedirect()
	case !verifies(code.challenge, form.Get("code_verifier")):
		return nil, badCodeVerifier()
	case code.account.deleted:
		return nil, badHub()
	}
	f := &family{grant: b.install(code)}
	access := b.issueAccess(f, now)
	return &tokenPair{access: access, refresh: b.issueRefresh(f).value}, nil
}

// verifies checks PKCE S256 (RFC 7636 section 4.6). A verifier without a challenge fails
// too: somebody took the challenge out of the authorize URL.
func verifies(challenge, verifier string) bool {
	if challenge == "" || verifier == "" {
		return challenge == verifier
	}
	sum := sha256.Sum256([]byte(verifier))
	return sameSecret(base64.RawURLEncoding.EncodeToString(sum[:]), challenge)
}

func sameSecret(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
