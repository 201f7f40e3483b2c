package oauth

import (
	"slices"
	"time"
)

// Kind is the sort of credential a portal is stored with.
type Kind string

// The kinds. Only KindOAuth expires and can be refreshed.
const (
	KindOAuth      Kind = "oauth"
	KindPrivateApp Kind = "private-app"
	KindServiceKey Kind = "service-key"
)

// Status is the stored state of a portal. Whether its token is fresh, due or
// expired is derived from the clock and never stored.
type Status string

// The statuses.
const (
	StatusActive            Status = "active"
	StatusReconnectRequired Status = "reconnect_required"
	StatusAppMisconfigured  Status = "app_misconfigured"
)

// Portal is one stored connection: an app's grant on a HubSpot account, or a
// static token on an account. It carries no secret.
type Portal struct {
	ID       int64
	Alias    string
	Kind     Kind
	AppID    int64  // 0 for a static token
	AppName  string // "" for a static token
	ClientID string // "" for a static token
	HubID    int64  // 0 when the server did not tell (only servers that are not HubSpot)
	UserID   int64  // 0 when not told

	// Sealed with the tokens; empty while the store is locked.
	HubDomain string
	User      string
	TokenHint string // "····1a2b"

	AccountType string // STANDARD, DEVELOPER_TEST, SANDBOX, APP_DEVELOPER or ""
	UIDomain    string // host of HubSpot's web interface, such as app-eu1.hubspot.com
	Region      string // data hosting location, such as na1

	Scopes    []string // granted, sorted
	Required  []string // what its app requires now; it may have been edited since the consent
	TokenType string
	ExpiresAt time.Time     // UTC, whole seconds; zero for static tokens
	Lifetime  time.Duration // of the current access token, as the server gave it
	Version   int64         // grows by one with every write of tokens
	TokenAt   time.Time     // when this version was written, UTC

	Status       Status
	StatusReason string // one sentence, "" when active
	StatusSince  time.Time
	KeepFresh    bool
	Protected    bool
	CreatedAt    time.Time
	UpdatedAt    time.Time

	Lease         Lease
	NextAttemptAt time.Time // no refresh is sent before; zero when none is held back
	FailCount     int       // refreshes failed in a row
	LastFailure   Class     // of the last failed refresh that reached the server, "" when none

	// AppPausedUntil is the end of its app's [Pause], for those who have no App.
	AppPausedUntil time.Time

	Health Health
}

// Health counts what happened to a portal. Times are UTC and zero when it
// never happened.
type Health struct {
	RefreshOK     int64
	RefreshFailed int64
	LastRefreshAt time.Time
	LastRefreshMS int64 // how long the last good refresh took, milliseconds
	LastFailureAt time.Time
	Last401At     time.Time
	Calls         int64
	CallsUnder120 int64 // calls made with less than 120 s to live
	LastUsedAt    time.Time
}

// Lease is the right of one process to refresh one portal until a given time.
type Lease struct {
	PortalID         int64
	Owner            string // process, "" when nobody holds it
	Gen              int64  // grows with every acquisition
	Until            time.Time
	AttemptID        string
	AttemptStartedAt time.Time

	// TookOver is set on an acquired lease that was taken with an attempt on
	// record, which was interrupted or got no usable answer: its outcome is
	// unknown.
	TookOver bool
}

// Held tells whether somebody holds the lease at now.
func (l Lease) Held(now time.Time) bool { return l.Owner != "" && now.Before(l.Until) }

// Expires tells whether the portal's credential has an end at all.
func (p Portal) Expires() bool { return p.Kind == KindOAuth && !p.ExpiresAt.IsZero() }

// TTL is the time the access token has left, negative once it has expired and
// 0 for a static token.
func (p Portal) TTL(now time.Time) time.Duration {
	if !p.Expires() {
		return 0
	}
	return p.ExpiresAt.Sub(now)
}

// TTLState is what the clock makes of a portal's expiry.
type TTLState string

// The TTL states.
const (
	TTLFresh   TTLState = "fresh"
	TTLDue     TTLState = "due"     // inside the buffer: refreshed at the next use
	TTLExpired TTLState = "expired" // past its expiry
	TTLStatic  TTLState = "static"  // never expires
)

// TTLState derives the state at now for a given buffer.
func (p Portal) TTLState(now time.Time, buffer time.Duration) TTLState {
	switch ttl := p.TTL(now); {
	case !p.Expires():
		return TTLStatic
	case ttl <= 0:
		return TTLExpired
	case ttl <= buffer:
		return TTLDue
	default:
		return TTLFresh
	}
}

// LacksScopes returns those scopes that the portal's app requires now and the
// grant does not have. Only a new consent brings them.
func (p Portal) LacksScopes() []string { return p.MissingScopes(p.Required) }

// MissingScopes returns those of want that the grant lacks, in want's order.
func (p Portal) MissingScopes(want []string) []string {
	var missing []string
	for _, s := range want {
		if !slices.Contains(p.Scopes, s) {
			missing = append(missing, s)
		}
	}
	return missing
}
