package oauth

import (
	"errors"
	"time"
)

// Class says what went wrong, and so what helps.
type Class string

// Classes of failure that HubSpot's answers, or their absence, fall into.
const (
	ClassExpired          Class = "expired"
	ClassNotAToken        Class = "not_a_token"
	ClassInvalid          Class = "invalid" // to be settled by introspection
	ClassRevoked          Class = "revoked"
	ClassWrongCredential  Class = "wrong_credential_kind"
	ClassPermissionDenied Class = "permission_denied"
	ClassForbidden        Class = "forbidden"
	ClassRateLimited      Class = "rate_limited"
	ClassAppMisconfigured Class = "app_misconfigured"
	ClassWrongPortal      Class = "wrong_portal"
	ClassTransient        Class = "transient"
	ClassUnknownOutcome   Class = "unknown_outcome"
	ClassBadResponse      Class = "bad_response"
	ClassRejected         Class = "rejected" // the request itself: validation, not found, conflict
)

// Classes of failure on our own side.
const (
	ClassUsage            Class = "usage"
	ClassNotFound         Class = "not_found"
	ClassStore            Class = "store" // locked, corrupt, read-only, key missing
	ClassUnsaved          Class = "unsaved"
	ClassConsentDenied    Class = "consent_denied"
	ClassTimedOut         Class = "timed_out"
	ClassInterrupted      Class = "interrupted"
	ClassReconnectPending Class = "reconnect_required" // known from before, nothing was sent
	ClassOther            Class = "other"
)

// Error is a failure with its class, a sentence for the person and what to do
// next. Texts carry no secret. Match it with [errors.As]; [ClassOf] is the short
// way.
type Error struct {
	Class   Class
	Message string // one sentence, what happened
	Hint    string // what to do next, "" when there is nothing to do
	Portal  string // alias, "" when not about a portal

	Status        int    // HTTP status, 0 when there was no answer
	Code          string // HubSpot's category or status, or RFC 6749 error
	CorrelationID string
	Scopes        []string // of a permission_denied: the scopes asked for
	AllScopes     bool     // all of Scopes are needed, not any
	Policy        string   // of a rate_limited: which limit, such as DAILY

	// Unsent tells that no answer came because nothing left this machine.
	Unsent bool

	// RetryAt is when the server allows another try; zero when it did not say.
	RetryAt time.Time

	Err error // the cause, may be nil
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ClassOf returns the class of err: that of the first *Error in its chain,
// ClassOther for any other error, "" for nil.
func ClassOf(err error) Class {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return ClassOther
}
