package oauth

import "time"

// Token is a good answer of the token endpoint (RFC 6749 section 5.1, with
// HubSpot's additions).
type Token struct {
	Access  Secret
	Refresh Secret // empty when the answer had none: keep the stored one
	Type    string // as received, "bearer" in any case

	// ExpiresAt is computed from the moment the request was sent and rounded
	// down to whole seconds, so that it is never later than the server's.
	ExpiresAt time.Time
	Lifetime  time.Duration // expires_in

	// LifetimeAssumed tells that the answer had no expires_in.
	LifetimeAssumed bool

	// Optional in the answer; zero values mean "not told".
	HubID  int64
	UserID int64
	Scopes []string // from scopes (HubSpot) or scope (RFC 6749), sorted
}

// lives returns the token with what has been learned of its lifetime. from is when
// the request left that told.
func (t Token) lives(lifetime time.Duration, from time.Time) Token {
	t.Lifetime, t.LifetimeAssumed = lifetime, false
	t.ExpiresAt = from.UTC().Add(lifetime).Truncate(time.Second).Round(0)
	return t
}

// likeTheLast shortens an assumed lifetime to that of the token before: a server
// that told then, or whose introspection did, gives the same again.
func (t Token) likeTheLast(lifetime time.Duration) Token {
	if lifetime <= 0 || lifetime >= t.Lifetime {
		return t
	}
	return t.lives(lifetime, t.ExpiresAt.Add(-t.Lifetime))
}

// Introspection is what the server says of a token (RFC 7662, or HubSpot's v1
// metadata). Only Active is always there.
type Introspection struct {
	Active    bool
	HubID     int64
	UserID    int64
	ClientID  string
	AppID     int64
	User      string // e-mail
	HubDomain string
	Scopes    []string
	ExpiresIn time.Duration // 0 for refresh tokens
	TokenUse  string
}

// Account is what account-info says of the portal a token belongs to.
type Account struct {
	HubID       int64
	AccountType string
	UIDomain    string
	Region      string
	TimeZone    string
}

// Grant is a portal together with its secrets and the app it belongs to, read
// from the store in one snapshot.
type Grant struct {
	Portal  Portal
	App     App // zero for a static token
	Access  Secret
	Refresh Secret // empty for a static token

	// APIURL is the only host the access token may be sent to. It comes out of
	// a sealed blob, never out of a clear column.
	APIURL     string
	APIVersion APIVersion

	// Renewed is set by [Refresher.Fresh] on a token it had to wait for, and
	// never by a store.
	Renewed bool
}
