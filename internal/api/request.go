package api

import (
	"net/http"
	"net/url"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// Request is one call to a portal's API host. The token is added by the runner.
type Request struct {
	Method string
	Path   string // begins with "/"; never a full URL
	Query  url.Values
	Header http.Header
	Body   []byte

	// Again sends a POST or PATCH although the outcome of the same one before is
	// unknown, or cannot be put on record.
	Again bool
}

// Response is an answer, good or bad.
type Response struct {
	Request       Request
	Status        int
	Header        http.Header
	Body          []byte        // at most 8 MiB
	Elapsed       time.Duration // from sending the (last) request to the end of the body
	Limits        RateLimits
	CorrelationID string
	Refreshed     bool // the token was refreshed on the way
	Sends         int  // requests that were sent to the API for this answer

	// Failure classifies an answer that is not 2xx; nil when it is.
	Failure *oauth.Error
}

// RateLimits are HubSpot's rate limit headers. A negative number means the
// header was missing.
type RateLimits struct {
	Max            int
	Remaining      int
	Interval       time.Duration // 0 when missing
	Daily          int
	DailyRemaining int
}

// ProbeResult is what a cheap read told about one scope.
type ProbeResult struct {
	Scope   string
	Sample  string // ID of the sample that was sent, "" when none tests this scope
	State   ProbeState
	Status  int
	Failure *oauth.Error
	Elapsed time.Duration
}

// ProbeState is the verdict of a scope probe.
type ProbeState string

// The verdicts.
const (
	ProbeWorks      ProbeState = "works"
	ProbeMissing    ProbeState = "missing"    // 403 MISSING_SCOPES
	ProbeForbidden  ProbeState = "forbidden"  // 403 otherwise: tier or user permission
	ProbeCredential ProbeState = "credential" // 401: wrong kind of credential or dead token
	ProbeFailed     ProbeState = "failed"     // nothing learned
	ProbeUntested   ProbeState = "untested"   // no cheap read exists for it
)
