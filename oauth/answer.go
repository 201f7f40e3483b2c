package oauth

import (
	"net/http"
	"time"
)

// Endpoint names what was asked: the same status means different things at
// different places.
type Endpoint string

// The endpoints that [Classify] tells apart. EndpointAPI is everything that is
// called with a bearer token.
const (
	EndpointExchange          Endpoint = "token-exchange"
	EndpointRefresh           Endpoint = "token-refresh"
	EndpointClientCredentials Endpoint = "client-credentials"
	EndpointIntrospect        Endpoint = "introspect"
	EndpointRevoke            Endpoint = "revoke"
	EndpointAPI               Endpoint = "api"
)

// Answer is what came back for one request, or why nothing did.
type Answer struct {
	Endpoint Endpoint
	Method   string
	Reads    bool // the request changes nothing, whatever its method, as a search that is posted
	Status   int  // HTTP, 0 when no answer came
	Header   http.Header
	Body     []byte
	Now      time.Time // when the answer arrived

	// Err is why there is no (whole) answer; nil when there is one. Unsent
	// tells that the request is known never to have left this machine.
	Err    error
	Unsent bool

	// Secrets are what was sent: no text made of the answer repeats them.
	Secrets []Secret
}

// ok tells whether the answer is a 2xx.
func (a Answer) ok() bool { return a.Err == nil && a.Status >= 200 && a.Status < 300 }

// writes tells whether the request may have changed something and must not be
// sent again blindly. PUT and DELETE are idempotent (RFC 9110 section 9.2.2).
func (a Answer) writes() bool {
	return a.Endpoint == EndpointAPI && !a.Reads && (a.Method == http.MethodPost || a.Method == http.MethodPatch)
}
