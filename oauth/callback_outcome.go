package oauth

import (
	"fmt"
	"strings"
)

// outcome is how an attempt ended: a code, or the reason there is none.
type outcome struct {
	code Secret
	err  error
}

// judge says what an answer with the right state means.
func (a *attempt) judge(answer callbackAnswer) (verdict, outcome) {
	switch {
	case answer.failed:
		err := authorizeError(answer, a.redirect)
		if err.Class == ClassConsentDenied {
			return verdictDenied, outcome{err: err}
		}
		return verdictRefused, outcome{err: err}
	case answer.code.Empty():
		return verdictNoCode, outcome{err: &Error{
			Class:   ClassBadResponse,
			Message: "The browser came back without a code and without an error.",
			Hint:    "Connect again. If it happens again, see what the consent page says before it sends the browser back.",
		}}
	case !usableCode(answer.code):
		return verdictBadCode, outcome{err: &Error{
			Class:   ClassBadResponse,
			Message: "The browser came back with a code that cannot be one.",
			Hint:    "Connect again. If it happens again, check the authorize URL of the app.",
		}}
	default:
		return verdictAccepted, outcome{code: answer.code}
	}
}

// authorizeError classifies the errors of RFC 6749 section 4.1.2.1. HubSpot does
// not document which it sends, so what is unknown counts as a no.
func authorizeError(answer callbackAnswer, redirectURI string) *Error {
	e := &Error{Code: answer.errorCode}
	switch answer.errorCode {
	case "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_client":
		e.Class = ClassAppMisconfigured
		e.Message = "The server does not take this app's request for consent (" + answer.errorCode + ")."
		e.Hint = "Check client id, authorize URL and the redirect URI " + redirectURI + " of the app."
	case "invalid_scope":
		e.Class = ClassAppMisconfigured
		e.Message = "The server refused the scopes that were asked for."
		e.Hint = "Compare the app's scopes with those registered for it."
	case "server_error", "temporarily_unavailable":
		e.Class = ClassTransient
		e.Message = "The server could not handle the consent (" + answer.errorCode + ")."
		e.Hint = "Connect again in a moment."
	case "access_denied":
		e.Class = ClassConsentDenied
		e.Message = "The consent was denied."
		e.Hint = "Nothing was stored. Connect again when the account's administrator agrees."
	default:
		e.Class = ClassConsentDenied
		e.Message = fmt.Sprintf("The consent ended without a grant (%s).", answer.errorCode)
		e.Hint = "Nothing was stored. Connect again, and see what the consent page says."
	}
	if answer.description != "" {
		e.Message = strings.TrimSuffix(e.Message, ".") + ": " + answer.description
	}
	return e
}
