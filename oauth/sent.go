package oauth

import (
	"context"
	"strings"
	"time"
)

// Bounds of what is kept of the calls that were sent.
const (
	SentKept    = 200      // calls of one portal
	SentMaxBody = 64 << 10 // bytes of a body; a longer one is not kept
)

// SentCall is a call that a person sent, kept to be looked up and sent again. It
// holds no header and nothing of the answer but its measures.
type SentCall struct {
	ID       int64 // set by the store; a later call has a larger one
	PortalID int64
	At       time.Time // it was sent, UTC
	Sample   string    // id in the catalogue, "" for none
	Method   string
	Path     string // without its query
	Query    string // encoded; sealed in the store
	Body     []byte // sealed in the store

	Status        int           // of the answer, 0 when none came
	Class         Class         // of the failure, "" when it was none
	Elapsed       time.Duration // from sending to the end of the answer
	Size          int           // of the answer's body, bytes
	CorrelationID string

	// Partial tells that query and body are not at hand: the store is locked, or
	// the body was too long to be kept.
	Partial bool
}

// Keepable tells whether a call may be kept. Those to the OAuth endpoints have
// tokens in their paths and bodies.
func (c SentCall) Keepable() bool {
	return c.PortalID != 0 && !strings.HasPrefix(strings.ToLower(strings.TrimLeft(c.Path, "/")), "oauth/")
}

// SentStore keeps the calls that were sent, [SentKept] for each portal.
type SentStore interface {
	// KeepSent adds a call. One that is not [SentCall.Keepable], or whose portal is
	// gone, is left out without a failure.
	KeepSent(ctx context.Context, call SentCall) error

	// Sent returns a portal's calls, newest first. The store may be locked.
	Sent(ctx context.Context, portalID int64) ([]SentCall, error)

	// ForgetSent removes one; one that is gone is no failure.
	ForgetSent(ctx context.Context, id int64) error
}
