package oauth

import (
	"errors"
	"net/url"
	"strings"
)

// Limits of what a consent may answer. HubSpot's codes are well under 100
// characters.
const (
	maxCallbackQuery = 12 << 10
	maxCode          = 4096
	maxErrorText     = 200 // runes of an error description that are shown
)

// errDoubled and errUnreadable tell why a query was not even looked at.
var (
	errUnreadable = errors.New("its query cannot be read")
	errDoubled    = errors.New("it names a parameter twice")
)

// callbackAnswer is what the authorization server sent along with the browser
// (RFC 6749 sections 4.1.2 and 4.1.2.1). Other parameters, such as HubSpot's
// returnUrl or RFC 9207's iss, are passed over.
type callbackAnswer struct {
	code  Secret
	state string

	failed      bool   // an error parameter was there
	errorCode   string // fit to be shown
	description string // fit to be shown
}

// parseCallbackQuery reads the query of a redirect. It is the one parser for
// what the browser brings and for what is pasted.
func parseCallbackQuery(raw string) (callbackAnswer, error) {
	// A fragment stays in the browser; where its sign is in a query, no browser
	// wrote it.
	if len(raw) > maxCallbackQuery || strings.Contains(raw, "#") {
		return callbackAnswer{}, errUnreadable
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return callbackAnswer{}, errUnreadable
	}
	for _, given := range values {
		// RFC 6749 section 3.1: more than once is not allowed. Which one of two
		// states a server would mean is not for us to guess.
		if len(given) > 1 {
			return callbackAnswer{}, errDoubled
		}
	}
	return callbackAnswer{
		code:        NewSecret(values.Get("code")),
		state:       values.Get("state"),
		failed:      values.Get("error") != "",
		errorCode:   plainText(values.Get("error"), 60),
		description: plainText(values.Get("error_description"), maxErrorText),
	}, nil
}

// usableCode tells whether a code is one: visible ASCII (RFC 6749 appendix A.11
// allows a space too, which no server issues) of a bounded length.
func usableCode(code Secret) bool {
	text := code.Reveal()
	return len(text) <= maxCode && visibleASCII(text)
}
