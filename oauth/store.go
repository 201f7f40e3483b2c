package oauth

import (
	"context"
	"time"
)

// Store is what refreshing needs of a store. Every method is one short
// transaction; none is open while a request is on the wire. Failures of the
// store itself are *Error of ClassStore.
//
// Good news is guarded by the version (Save), bad news by the lease (Refuse,
// Fail): a late save of a valid pair is never thrown away, a late refusal never
// overrules a newer grant.
type Store interface {
	// Grant reads a portal, its secrets and its app in one snapshot, without a
	// write lock. An unknown id is ClassNotFound.
	Grant(ctx context.Context, portalID int64) (Grant, error)

	// Probe proves that a token could be committed now. It is called before
	// anything is sent, because what a rotating server hands out and we cannot
	// store is lost.
	Probe(ctx context.Context) error

	// Acquire takes the lease in one statement, if the portal still has the
	// version and nobody holds it (or it lapsed, or was outwaited, or lies
	// implausibly far in the future because the clock was set back). ok is false when no row
	// matched.
	Acquire(ctx context.Context, claim Claim) (lease Lease, ok bool, err error)

	// Release gives an acquired lease back with nothing sent.
	Release(ctx context.Context, lease Lease) error

	// Save writes a new pair where the portal still has the version: version
	// plus one, status active, lease and its own attempt cleared, failures forgotten,
	// counters moved, and the event, in one commit. An empty token.Refresh keeps the stored one, nil
	// token.Scopes the stored scopes. ok is false when somebody moved on.
	Save(ctx context.Context, save Save) (ok bool, err error)

	// Refuse ends the connection where version and lease generation still
	// match: status, reason, since, lease cleared, and the event. ok is false otherwise.
	Refuse(ctx context.Context, lease Lease, version int64, refusal Refusal) (ok bool, err error)

	// Fail records an attempt that ended without a verdict: when the next may
	// be sent, how often it failed, its class, lease cleared, the pause of its
	// app, and the event, where the lease generation still matches. A pause that
	// ends earlier than the one on record changes nothing.
	Fail(ctx context.Context, lease Lease, failure Failure) (ok bool, err error)

	// Record adds an event.
	Record(ctx context.Context, event Event) error
}

// Claim asks for a portal's lease.
type Claim struct {
	PortalID  int64
	Version   int64
	Owner     string        // this process
	AttemptID string        // random, unique
	For       time.Duration // length of the lease

	// Outwaited is the generation of a lease whose end was waited for by the
	// monotonic clock, 0 for none: it has ended, whatever the wall's clock says
	// since it was set.
	Outwaited int64

	// Now is asked for the time when nobody else can write any more. A process may
	// stand still between deciding to claim and getting to it, and by an old clock
	// a lease taken meanwhile would look as if it lay implausibly far in the future.
	Now func() time.Time
}

// Save is a new pair of tokens to store.
type Save struct {
	PortalID int64
	Version  int64 // that was refreshed
	Token    Token
	Now      time.Time
	Took     time.Duration // of the HTTP call
	Event    Event

	// AttemptID is that of the lease the pair was asked for under. Somebody else's
	// attempt stays on record: the same refresh token may have been sent twice, and
	// a server may take that for theft.
	AttemptID string
}

// Refusal is a grant that HubSpot refused for good.
type Refusal struct {
	Status Status // StatusReconnectRequired or StatusAppMisconfigured
	Reason string // one sentence
	Now    time.Time
	Event  Event
}

// Failure is an attempt without a verdict.
type Failure struct {
	Class         Class // becomes the portal's LastFailure; "" for an attempt that never left
	Lost          bool  // the server may have rotated: the attempt stays on record, its outcome unknown
	NextAttemptAt time.Time
	Pause         Pause // of the whole app; zero for none
	Now           time.Time
	Event         Event
}

// CallStore keeps the counters of calls made with a portal's token.
type CallStore interface {
	// RecordCall counts one call. It is bookkeeping: callers go on when it fails.
	RecordCall(ctx context.Context, call CallRecord) error
}

// CallRecord is one call made with a portal's access token.
type CallRecord struct {
	PortalID int64
	At       time.Time
	TTL      time.Duration // the token had left when the call was sent; 0 for static tokens
	Expires  bool          // false for static tokens
	Status   int           // HTTP status of the final answer, 0 when there was none
	At401    time.Time     // when the last request that was answered with a 401 was sent; zero when none was
}

// ConnectionStore is what connecting and disconnecting need of a store.
type ConnectionStore interface {
	// Probe is that of [Store]: called before a code is spent.
	Probe(ctx context.Context) error

	// FindPortal returns the portal stored for a grant. For an app that is not
	// user-level userID is 0 and ignored. An unknown one is ClassNotFound.
	FindPortal(ctx context.Context, clientID string, hubID, userID int64) (Portal, error)

	// PutConnection stores a new connection, or replaces the tokens of the
	// portal named by PortalID, in one commit: version plus one, status active,
	// lease and failures cleared. Settings, alias and counters of a replaced
	// portal stay. A taken alias is ClassUsage.
	PutConnection(ctx context.Context, c Connection) (Portal, error)

	// RemovePortal deletes a portal and its secrets. Its events stay.
	RemovePortal(ctx context.Context, portalID int64, event Event) error

	// Grant reads a portal with its secrets.
	Grant(ctx context.Context, portalID int64) (Grant, error)
}

// Connection is a grant or a static token that is to be stored.
type Connection struct {
	PortalID  int64  // of the portal to replace, 0 for a new one
	Alias     string // of a new portal; made unique from the hub domain or hub id when ""
	Kind      Kind
	AppID     int64
	Token     Token // with HubID, UserID and Scopes settled
	Account   Account
	User      string
	HubDomain string

	// Of a static token only; an OAuth portal uses its app's.
	APIURL     string
	APIVersion APIVersion

	Now   time.Time
	Event Event
}
