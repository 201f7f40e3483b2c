package sandbox

import "time"

// renew gives out a new access token for a refresh token. The caller holds mu.
func (b *book) renew(client *app, value string, now time.Time) (*tokenPair, *oauthFailure) {
	t := b.refresh[value]
	// A valid token of another client is refused with the same words: nothing tells them apart.
	if t == nil || t.family.grant.app != client {
		return nil, badRefreshToken()
	}
	f := t.family
	switch {
	case f.grant.account.deleted:
		return nil, badHub()
	case f.revoked || !f.grant.live:
		return nil, badRefreshToken()
	}
	next, failure := b.rotate(t, now)
	if failure != nil {
		return nil, failure
	}
	return &tokenPair{access: b.issueAccess(f, now), refresh: next}, nil
}

// rotate says which refresh token the client holds from now on. The caller holds mu.
func (b *book) rotate(t *refreshToken, now time.Time) (string, *oauthFailure) {
	f := t.family
	if t.retired.IsZero() {
		if b.rotation == RotationOff {
			return t.value, nil
		}
		b.retire(t, now)
		return b.issueRefresh(f).value, nil
	}
	switch {
	case t.mode == RotationStrict:
		// RFC 9700 section 4.14.2: who reuses a token may be a thief, so nobody keeps the grant.
		b.kill(f)
		return "", badRefreshToken()
	case now.Sub(t.retired) > rotateGrace:
		return "", badRefreshToken()
	}
	// Inside the grace period all who were late get the one current token.
	return f.current.value, nil
}
