package oauth

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Statuses that net/http has no names for.
const statusMigrating = 477 // HubSpot: the portal moves between data centres

// Classify says what an answer, or its absence, means and what helps. It is a
// pure function. A 2xx answer is nil. Texts hold at most a short cleaned message
// of the server's, and nothing of what was sent.
//
// Whether a refused refresh token really ends a connection is not decided here:
// that takes a look at the store.
func Classify(a Answer) *Error {
	if a.ok() {
		return nil
	}
	if a.Err != nil {
		return classifyAbsence(a)
	}
	s := a.read()
	var e *Error
	switch {
	case a.Status < 200 || a.Status >= 600:
		e = &Error{Class: ClassBadResponse, Message: "The server's answer has no usable HTTP status."}
	case a.Status < 400:
		e = classifyRedirect(a)
	case a.Status == http.StatusTooManyRequests:
		e = classifyLimit(a, s)
	case waitsOut(a.Status):
		e = classifyTransient(a, s)
	case a.Endpoint == EndpointAPI:
		e = classifyAPI(a, s)
	default:
		e = classifyTokenRefusal(a, s)
	}
	e.Status, e.CorrelationID = a.Status, s.correlation
	if e.Code == "" {
		e.Code = s.code()
	}
	return e
}

// hintLook is for a write that must not be sent again blindly.
const hintLook = "Look whether the change was made before sending it again."

// waitsOut tells the statuses that pass by themselves.
func waitsOut(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusLocked, http.StatusTooEarly, statusMigrating:
		return true
	}
	return status >= 500
}

func classifyRedirect(a Answer) *Error {
	return &Error{
		Class: ClassBadResponse,
		Message: fmt.Sprintf("The server answered with a redirect (HTTP %d), which is not followed: "+
			"what was sent is meant for one address only.", a.Status),
		Hint: "Check the app's API URL.",
	}
}

// classifyLimit tells HubSpot's rate limits apart. The search limit has no policy
// name, only a message; the others are known by theirs where the name is missing.
func classifyLimit(a Answer, s said) *Error {
	const lockstep = "TEN_SECONDLY_ROLLING"
	e := &Error{Class: ClassRateLimited, Policy: s.policy, RetryAt: retryAfter(a.Header, a.Now)}
	if e.Policy == "" {
		switch {
		case containsFold(s.message, "daily limit"):
			e.Policy = "DAILY"
		case containsFold(s.message, lockstep):
			e.Policy = lockstep
		case containsFold(s.message, "secondly limit"):
			e.Policy = "SECONDLY"
		}
	}
	wait := time.Duration(0)
	switch {
	case containsFold(e.Policy, "DAILY"):
		e.Message = "The portal's daily limit of calls is used up."
		e.Hint = "It is reset at midnight in the portal's time zone; fewer calls or a higher limit help."
	case containsFold(e.Policy, "SECONDLY") && e.Policy != lockstep:
		wait = time.Second
		e.Message = "Too many calls within a second."
	case e.Policy == lockstep:
		wait = 10 * time.Second
		e.Message = "Too many calls within ten seconds."
	default:
		e.Message = "The server says there were too many calls."
	}
	if e.RetryAt.IsZero() && wait > 0 {
		e.RetryAt = a.Now.Add(wait)
	}
	if e.Hint == "" {
		e.Hint = againIn(e.RetryAt, a.Now)
	}
	return e
}

// againIn says when to try again, as far as that is known.
func againIn(at, now time.Time) string {
	const second = time.Second
	wait := (at.Sub(now) + second - 1).Truncate(second) // rounded up: too early is no use
	switch {
	case at.IsZero():
		return "Wait a little and try again."
	case wait <= second:
		return "Try again in a second."
	case wait < 2*time.Minute:
		return fmt.Sprintf("Try again in %d seconds.", wait/second)
	}
	return fmt.Sprintf("Try again in %d minutes.", (wait+time.Minute-1)/time.Minute)
}

func classifyTransient(a Answer, s said) *Error {
	e := &Error{Class: ClassTransient, RetryAt: retryAfter(a.Header, a.Now), Hint: "Try again in a little while."}
	switch {
	case a.Status == http.StatusLocked:
		e.Message = "HubSpot has the portal locked for a moment (HTTP 423)."
		if e.RetryAt.IsZero() {
			e.RetryAt = a.Now.Add(2 * time.Second) // what HubSpot asks for
		}
	case a.Status == statusMigrating:
		e.Message = "HubSpot is moving the portal to another data centre (HTTP 477)."
		e.Hint = "Try again later; a move can take up to a day."
	case a.writes() && fromGateway(a.Status):
		e.Class, e.Hint = ClassUnknownOutcome, hintLook
		e.Message = sentence(fmt.Sprintf("Whether the change was made is unknown: a gateway had no answer from the API (HTTP %d).", a.Status), s.words())
	case a.writes() && a.Status >= http.StatusInternalServerError: // it may have failed after the change
		e.Message, e.Hint = sentence(fmt.Sprintf("The server failed (HTTP %d).", a.Status), s.words()), hintLook
	default:
		e.Message = sentence(fmt.Sprintf("The server failed (HTTP %d).", a.Status), s.words())
	}
	return e
}

// fromGateway tells the statuses of something between here and the API that passed
// the request on, or tried to, and got no answer. 520 to 526 are Cloudflare's.
func fromGateway(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusGatewayTimeout || status >= 520 && status <= 526
}

// sentence adds the server's own words to ours.
func sentence(ours, theirs string) string {
	if theirs == "" {
		return ours
	}
	return ours + " The server says: “" + theirs + "”"
}

// asError returns err as an *Error, nil when there is none in its chain.
func asError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
