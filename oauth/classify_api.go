package oauth

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// codeInvalidToken is RFC 6750's word for a token that is good no more.
const codeInvalidToken = "invalid_token"

// classifyAPI reads a 4xx of a call made with a bearer token.
func classifyAPI(a Answer, s said) *Error {
	switch a.Status {
	case http.StatusUnauthorized:
		return classifyUnauthorized(s)
	case http.StatusForbidden:
		return classifyForbidden(s)
	}
	e := &Error{Class: ClassRejected}
	switch {
	case s.html && (a.Status == http.StatusNotFound || a.Status == http.StatusMethodNotAllowed || a.Status == http.StatusGone):
		e.Message = fmt.Sprintf("The server knows no such path (HTTP %d, a web page).", a.Status)
		e.Hint = "Check the path and its API version."
	case s.html:
		e.Message = fmt.Sprintf("A gateway in front of the server refused the request (HTTP %d, a web page).", a.Status)
		e.Hint = "Check the path, the body, and any proxy in between."
	case a.Status == http.StatusNotFound:
		e.Message = sentence("There is no such object.", s.words())
		e.Hint = "Check the path and the id."
	case a.Status == http.StatusConflict:
		e.Message = sentence("The request conflicts with what the portal already has.", s.words())
	default:
		e.Message = sentence(fmt.Sprintf("The server refused the request (HTTP %d).", a.Status), s.words())
		e.Hint = "Check the request's path, parameters and body."
	}
	return e
}

// classifyUnauthorized tells a token that ran out from one that was never one.
// HubSpot uses the same category for both: a string it cannot parse is given the
// expiry 1970-01-01, "20705 days ago", and refreshing would be the wrong
// medicine. Anything else is open until introspection has settled it.
func classifyUnauthorized(s said) *Error {
	expired := s.category == "EXPIRED_AUTHENTICATION" ||
		(s.category == "" && containsFold(s.message, "used to make this call expired"))
	switch {
	case expired && neverAToken(s):
		return &Error{
			Class: ClassNotAToken, Message: "The stored string is not a HubSpot access token.",
			Hint: "Look which credential was stored, and connect or add the portal again.",
		}
	case expired:
		return &Error{Class: ClassExpired, Message: "The access token has expired.", Hint: "Refresh the portal."}
	case s.category == "" && (s.challenge.err == codeInvalidToken || s.rfcError == codeInvalidToken):
		// RFC 6750 section 3.1 has one code for expired, revoked and malformed,
		// and lets the client try with a new token. Some servers put it into the
		// body instead of WWW-Authenticate.
		return &Error{Class: ClassExpired, Code: codeInvalidToken, Message: "The access token is no longer good.", Hint: "Refresh the portal."}
	}
	return &Error{
		Class:   ClassInvalid,
		Message: sentence("The server does not accept this credential.", s.words()),
		Hint:    "Refresh the portal; if that does not help, this endpoint wants another kind of credential.",
	}
}

// neverAToken reads the expiry of an EXPIRED_AUTHENTICATION answer.
func neverAToken(s said) bool {
	const ages = 20_000 // days; no token has been expired since before 1971
	for _, text := range s.expireTimes {
		if at, err := time.Parse(time.RFC3339, text); err == nil && at.Year() <= 1970 {
			return true
		}
	}
	before, _, found := strings.Cut(s.message, " day(s) ago")
	if !found {
		return false
	}
	fields := strings.Fields(before)
	if len(fields) == 0 {
		return false
	}
	days, err := strconv.Atoi(fields[len(fields)-1])
	return err == nil && days >= ages
}

// classifyForbidden tells missing scopes from what no scope would cure.
func classifyForbidden(s said) *Error {
	if s.category == "MISSING_SCOPES" || (s.category == "" && len(s.scopes) > 0) {
		return missingScopes(s.scopes, s.allScopes)
	}
	if s.category == "" && s.challenge.err == "insufficient_scope" { // RFC 6750 section 3.1
		return missingScopes(s.challenge.scope, true)
	}
	e := &Error{Class: ClassForbidden}
	switch {
	case s.html:
		e.Message = "A gateway in front of the server refused the call (HTTP 403, a web page)."
		e.Hint = "Check the path and any proxy."
	case s.category == "GATED":
		e.Message = sentence("The portal's subscription does not include this.", s.words())
		e.Hint = "A higher subscription tier of the portal is needed."
	case s.category == "USER_DOES_NOT_HAVE_PERMISSIONS":
		e.Message = sentence("The user who connected the portal may not do this.", s.words())
		e.Hint = "Give that user the permission in HubSpot, or reconnect as another user."
	default:
		e.Message = sentence("The portal does not allow this call.", s.words())
		e.Hint = "Look at the portal's subscription tier and at the user's permissions."
	}
	return e
}

func missingScopes(scopes []string, all bool) *Error {
	e := &Error{Class: ClassPermissionDenied, Scopes: scopes, AllScopes: all, Code: "MISSING_SCOPES"}
	switch {
	case len(scopes) == 0:
		e.Message = "A scope that this call needs was not granted."
	case len(scopes) == 1:
		e.Message = "This call needs the scope " + scopes[0] + ", which was not granted."
	case all:
		e.Message = "This call needs all of these scopes, and not all were granted: " + strings.Join(scopes, ", ") + "."
	default:
		e.Message = "This call needs one of these scopes, and none was granted: " + strings.Join(scopes, ", ") + "."
	}
	e.Hint = "Add the scope to the app and reconnect the portal."
	return e
}

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
