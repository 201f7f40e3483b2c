package ui

import (
	"errors"
	"slices"

	"github.com/hsterm/hsterm/oauth"
)

// What comes out of the backend was once told by a server or typed by somebody:
// these make it drawable, once, before anything keeps it.

func cleanPortal(p oauth.Portal) oauth.Portal {
	for _, s := range []*string{
		&p.Alias, &p.AppName, &p.ClientID, &p.HubDomain, &p.User, &p.TokenHint,
		&p.AccountType, &p.UIDomain, &p.Region, &p.TokenType, &p.StatusReason,
		&p.Lease.Owner,
	} {
		*s = Safe(*s)
	}
	p.Scopes, p.Required = cleanAll(p.Scopes), cleanAll(p.Required)
	return p
}

// cleanApp leaves the secret behind: nothing that draws needs it.
func cleanApp(a oauth.App) oauth.App {
	a.ClientSecret = oauth.Secret{}
	a.Name, a.ClientID = Safe(a.Name), Safe(a.ClientID)
	a.AuthorizeURL, a.APIURL = Safe(a.AuthorizeURL), Safe(a.APIURL)
	a.APIVersion = oauth.APIVersion(Safe(string(a.APIVersion)))
	a.RedirectURIs = cleanAll(a.RedirectURIs)
	a.Scopes, a.OptionalScopes = cleanAll(a.Scopes), cleanAll(a.OptionalScopes)
	return a
}

func cleanEvent(e oauth.Event) oauth.Event {
	e.Alias, e.Detail, e.Actor = Safe(e.Alias), Safe(e.Detail), Safe(e.Actor)
	e.CorrelationID = Safe(e.CorrelationID)
	e.Kind, e.Outcome, e.Class = oauth.EventKind(Safe(string(e.Kind))), Safe(e.Outcome), oauth.Class(Safe(string(e.Class)))
	return e
}

// cleanError is err as a failure with a class and drawable texts.
func cleanError(err error) *oauth.Error {
	if err == nil {
		return nil
	}
	var e *oauth.Error
	if !errors.As(err, &e) {
		return &oauth.Error{Class: oauth.ClassOther, Message: Safe(err.Error()), Err: err}
	}
	c := *e
	c.Hint = SafeText(c.Hint) // may list commands, one to a line
	for _, s := range []*string{&c.Message, &c.Portal, &c.Code, &c.CorrelationID, &c.Policy} {
		*s = Safe(*s)
	}
	c.Scopes = cleanAll(c.Scopes)
	return &c
}

func cleanAll(in []string) []string {
	out := slices.Clone(in)
	for i := range out {
		out[i] = Safe(out[i])
	}
	return out
}
