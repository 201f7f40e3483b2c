package oauth

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// StaticRequest asks to store a token that has no expiry and no refresh token: a
// private app's or a service key.
type StaticRequest struct {
	Alias      string // made from the hub id when ""
	Kind       Kind   // KindPrivateApp when ""
	Token      Secret
	APIURL     string     // HubSpot's when ""
	APIVersion APIVersion // newest when ""

	// Portal is the static connection that gets the new token; the zero Portal
	// makes a new connection. An account may have any number of static tokens, so
	// it does not tell which one is meant.
	Portal Portal
}

// AddStatic proves that a static token works, by asking whose it is, and stores
// it. Nothing is stored of a token that the server does not take.
func (c *Connector) AddStatic(ctx context.Context, request StaticRequest) (Connected, error) {
	request, err := checkStatic(request)
	if err != nil {
		return Connected{}, err
	}
	if err := c.Store.Probe(ctx); err != nil {
		return Connected{}, err
	}
	account, err := c.Endpoint.Account(ctx, request.APIURL, request.APIVersion, request.Token)
	if err != nil {
		return Connected{}, staticRefused(err)
	}
	if account.HubID == 0 && onHubSpot(request.APIURL) {
		return Connected{}, &Error{
			Class:   ClassBadResponse,
			Message: "HubSpot took the token but did not tell whose it is, so nothing was stored.",
			Hint:    "Try again in a moment.",
		}
	}
	if err := checkStaticAccount(request.Portal, account); err != nil {
		return Connected{}, err
	}
	portal, err := c.putStatic(ctx, request, account)
	if err != nil {
		return Connected{}, err
	}
	return Connected{Portal: portal, Replaced: request.Portal.ID != 0}, nil
}

// checkStaticAccount refuses to put one account's token in the place of another's.
func checkStaticAccount(old Portal, account Account) error {
	if old.ID == 0 || old.HubID == 0 || account.HubID == old.HubID {
		return nil
	}
	return &Error{
		Class:   ClassWrongPortal,
		Message: fmt.Sprintf("The token belongs to account %d, not to %d.", account.HubID, old.HubID),
		Hint:    "Nothing was changed. Store it under an alias of its own.",
		Portal:  old.Alias,
	}
}

func (c *Connector) putStatic(ctx context.Context, request StaticRequest, account Account) (Portal, error) {
	old, now := request.Portal, clockOr(c.Now)()
	connection := Connection{
		PortalID:   old.ID,
		Alias:      request.Alias,
		Kind:       request.Kind,
		Token:      Token{Access: request.Token, Type: "bearer", HubID: account.HubID},
		Account:    account,
		APIURL:     request.APIURL,
		APIVersion: request.APIVersion,
		Now:        now,
	}
	kind := EventConnected
	if old.ID != 0 {
		connection.Alias, kind = old.Alias, EventReconnected
	}
	chosen := connection.Alias != ""
	if !chosen {
		connection.Alias = ProposeAlias("", account.HubID)
	}
	connection.Event = Event{
		At: now, PortalID: old.ID, Alias: connection.Alias, Kind: kind, Outcome: OutcomeOK,
		Detail: fmt.Sprintf("Stored a %s token of account %d.", request.Kind, account.HubID),
	}
	if chosen {
		// The token is still in the person's hands: a taken alias is for them to settle.
		return c.Store.PutConnection(ctx, connection)
	}
	return c.put(ctx, connection)
}

// checkStatic fills in what was left out and refuses what is not a static token.
func checkStatic(request StaticRequest) (StaticRequest, error) {
	switch {
	case request.Portal.ID != 0 && request.Portal.Kind != KindOAuth:
		request.Kind = request.Portal.Kind // a new token does not change what it is
	case request.Kind == "":
		request.Kind = KindPrivateApp
	}
	if request.APIURL == "" {
		request.APIURL = DefaultAPIURL
	}
	if request.APIVersion == "" {
		request.APIVersion = V2026_09
	}
	request.Token = NewSecret(strings.TrimSpace(request.Token.Reveal()))
	if request.Kind != KindPrivateApp && request.Kind != KindServiceKey {
		return request, badStatic(fmt.Sprintf("%q is not a kind of static token.", plainText(string(request.Kind), 40)), "Choose private-app or service-key.")
	}
	if request.Alias != "" && request.Portal.ID == 0 {
		if err := ValidateAlias(request.Alias); err != nil {
			return request, err
		}
	}
	if request.Portal.ID != 0 && request.Portal.Kind == KindOAuth {
		return request, badStatic(fmt.Sprintf("%s is an OAuth connection; it is renewed by a consent.", request.Portal.Alias), "Store the token under an alias of its own.")
	}
	if err := validateServerURL("API URL", request.APIURL, DefaultAPIURL); err != nil {
		return request, err
	}
	return request, checkStaticToken(request.Token, onHubSpot(request.APIURL))
}

// checkStaticToken tells a static token from what else people have at hand, by
// its look (HubSpot's static tokens begin with pat-, their OAuth access tokens
// are base64url that begins with C).
func checkStaticToken(token Secret, hubSpot bool) error {
	const want = "Copy the token of a private app (Auth tab) or a service key; it begins with pat-."
	text := token.Reveal()
	switch {
	case text == "":
		return badStatic("There is no token.", want)
	case !visibleASCII(text):
		return badStatic("The token holds a space or a character no token has.", want)
	case strings.HasPrefix(text, "pat-"):
		return nil
	case strings.ContainsAny(text[:1], `{["'`):
		return badStatic("This looks like JSON or a quoted text, not a token alone.", want)
	case regexp.MustCompile(`^[a-z]{2}[0-9]-[0-9a-fA-F-]{36}$`).MatchString(text):
		return badStatic("This looks like an OAuth refresh token, not a static token.", "Connect the account by a consent instead.")
	case regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`).MatchString(text):
		return badStatic("This looks like a client secret or one of HubSpot's retired API keys, not a static token.", want)
	case len(text) >= 60 && strings.ContainsAny(text, "+/="):
		return badStatic("This looks like the personal access key of HubSpot's hs command; it is no token of an account's API.", want)
	case len(text) >= 60 && text[0] == 'C':
		return badStatic("This looks like an OAuth access token, which ends half an hour after it was issued.", "Connect the account by a consent instead.")
	case hubSpot:
		return badStatic("This does not look like a static token of HubSpot.", want)
	}
	return nil
}

// staticRefused adds to the server's no what it means here.
func staticRefused(err error) error {
	var cause *Error
	if !errors.As(err, &cause) {
		return err
	}
	e := *cause
	switch e.Hint = "Nothing was stored. " + e.Hint; e.Class {
	case ClassInvalid, ClassExpired, ClassNotAToken, ClassRevoked, ClassWrongCredential:
		e.Class = ClassWrongCredential
		e.Message = "The server does not take this token."
		e.Hint = "Nothing was stored. Copy the token again from HubSpot; it may have been rotated or deleted."
	}
	e.Hint = strings.TrimSpace(e.Hint)
	return &e
}

func badStatic(message, hint string) error {
	return &Error{Class: ClassUsage, Message: message, Hint: hint}
}
