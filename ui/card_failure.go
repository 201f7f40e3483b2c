package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// circumstance is what a failure happened to.
type circumstance struct {
	portal oauth.Portal
	app    oauth.App // zero for a static token
	now    time.Time
	zone   *time.Location // nil for UTC
	keys   keys
	again  string // id of the action that reconnects with what is missing, "" for that of the portal

	// Of a call; empty when it was no call. A named one stands above the card
	// and is not repeated in it.
	method, path string
	named        bool
	overtaken    bool // the portal was connected again since
}

// failureCard puts a failure into words for the place where it happened. e is
// cleaned and not nil.
func failureCard(e *oauth.Error, at circumstance) card {
	c := card{warn: passing(e.Class), headline: headline(e), status: e.Status, code: e.Code, trace: e.CorrelationID}
	message := strings.TrimSuffix(e.Message, ".")
	if c.headline == "" {
		c.headline = message
	}
	if c.headline != message {
		c.lines = append(c.lines, cardLine{text: e.Message})
	}
	switch e.Class {
	case oauth.ClassPermissionDenied:
		c.missing(e, at)
		return c
	case oauth.ClassRateLimited:
		c.limited(e, at)
	}
	if at.method != "" && !at.named {
		c.lines = append([]cardLine{{text: at.method + " " + at.path, muted: true}}, c.lines...)
	}
	c.keys = append(c.keys, remedies(e.Class, at)...)
	if at.deadStatic(e.Class) {
		if e.Class != oauth.ClassNotAToken {
			c.headline = "HubSpot does not take this token any more"
		}
		c.lines = append(c.lines, cardLine{text: "Create a new token in HubSpot, then store it with hsterm add-token " + at.portal.Alias + "."})
		return c
	}
	if e.Hint != "" && (len(c.keys) == 0 || !saidByKey(e.Hint)) {
		c.lines = append(c.lines, cardLine{text: e.Hint})
	}
	return c
}

// passing tells classes that pass by themselves or are not known to be bad: they
// are amber, not red.
func passing(class oauth.Class) bool {
	switch class {
	case oauth.ClassRateLimited, oauth.ClassTransient, oauth.ClassTimedOut, oauth.ClassInterrupted, oauth.ClassUnknownOutcome:
		return true
	}
	return false
}

// saidByKey tells hints that a key below the card says again.
func saidByKey(hint string) bool {
	return hint == "Refresh the portal." || hint == "Reconnect the portal."
}

// headline says what a class means, in the words of somebody who has to act; ""
// where the failure's own sentence is all there is.
func headline(e *oauth.Error) string {
	switch e.Class {
	case oauth.ClassExpired:
		return "The access token has expired"
	case oauth.ClassNotAToken:
		return "What is stored is not a HubSpot token"
	case oauth.ClassInvalid:
		return "HubSpot does not know this token"
	case oauth.ClassRevoked, oauth.ClassReconnectPending:
		return "This portal has to be connected again"
	case oauth.ClassWrongCredential:
		return "The token is good, but not for this endpoint"
	case oauth.ClassPermissionDenied:
		return "HubSpot refused the call: a scope is missing"
	case oauth.ClassForbidden:
		return "HubSpot refused the call: no scope would help"
	case oauth.ClassRateLimited:
		return "Too many calls"
	case oauth.ClassAppMisconfigured:
		return "The app's settings are not what HubSpot has"
	case oauth.ClassWrongPortal:
		return "This token belongs to another portal"
	case oauth.ClassTransient:
		switch {
		case e.Status == 0:
			return "No answer came"
		case e.Status < 300:
			return "The answer broke off"
		}
		return "HubSpot could not answer just now"
	case oauth.ClassUnknownOutcome:
		return "Nobody knows whether this was done"
	case oauth.ClassBadResponse:
		return "The answer cannot be read"
	case oauth.ClassRejected:
		return "HubSpot refused the request itself"
	case oauth.ClassUsage:
		return "This cannot be sent"
	case oauth.ClassStore:
		return "The store could not be used"
	case oauth.ClassUnsaved:
		return "A new token came and could not be saved"
	case oauth.ClassTimedOut:
		return "It took too long"
	}
	return ""
}

// missing is the card of a scope that was not granted: which, any or all, and
// whether reconnecting is enough.
func (c *card) missing(e *oauth.Error, at circumstance) {
	lacking := at.portal.MissingScopes(e.Scopes)
	what := strings.TrimSpace(at.method + " " + at.path)
	if what == "" || at.named {
		what = "This call"
	}
	switch {
	case len(e.Scopes) == 0:
		c.lines = []cardLine{{text: what + " needs a scope that HubSpot does not name."}}
	case len(e.Scopes) == 1:
		c.lines = []cardLine{{text: what + " needs", names: e.Scopes}}
	case e.AllScopes:
		c.lines = []cardLine{{text: what + " needs all of", names: e.Scopes}}
	default:
		c.lines = []cardLine{{text: what + " needs one of", names: e.Scopes}}
	}
	words := lackWords(e, at, lacking)
	granted := at.overtaken && at.portal.Kind == oauth.KindOAuth && len(e.Scopes) > 0 && grants(e, lacking)
	if !granted {
		words += " Refreshing cannot help."
	}
	c.lines = append(c.lines, cardLine{text: words})
	if granted {
		return
	}
	if at.portal.Kind != oauth.KindOAuth {
		c.lines = append(c.lines, cardLine{text: "Add the scope to the private app or service key in HubSpot; its token stays the same."})
		return
	}
	add := scopesToAdd(e, at)
	if len(add) == 0 {
		c.keys = append(c.keys, cardKey{at.reconnect(), "reconnect"})
		return
	}
	if unlisted := unlisted(add, at.app); len(unlisted) > 0 {
		c.lines = append(c.lines, cardLine{
			text: "Add it to the app in HubSpot first, or the consent page refuses", names: unlisted,
		})
	}
	c.keys = append(c.keys, cardKey{at.reconnect(), "reconnect with " + strings.Join(add, ", ")})
}

// grants tells whether what is lacking leaves enough: nothing may lack where all
// are needed, or where there is one; of alternatives any is enough.
func grants(e *oauth.Error, lacking []string) bool {
	return len(lacking) == 0 || !e.AllScopes && len(lacking) < len(e.Scopes)
}

// lackWords compares what was asked for with what was granted.
func lackWords(e *oauth.Error, at circumstance, lacking []string) string {
	switch {
	case at.portal.Kind != oauth.KindOAuth, len(e.Scopes) == 0:
		return "This token does not have it."
	case at.overtaken && grants(e, lacking):
		return "The grant has it now: send the call again."
	case len(lacking) == 0:
		return "The grant was stored with it, so HubSpot has taken it away since."
	case len(e.Scopes) == 1:
		return "This grant does not have it."
	case len(lacking) == len(e.Scopes) && len(lacking) == 2:
		return "This grant has neither."
	case len(lacking) == len(e.Scopes):
		return "This grant has none of them."
	default:
		return "This grant lacks " + strings.Join(lacking, " and ") + "."
	}
}

// scopesToAdd is what a new consent should ask for: all that is lacking where
// all are needed, else the one alternative the app knows of, or the first.
func scopesToAdd(e *oauth.Error, at circumstance) []string {
	lacking := at.portal.MissingScopes(e.Scopes)
	if e.AllScopes || len(lacking) < 2 {
		return lacking
	}
	for _, scope := range lacking {
		if len(unlisted([]string{scope}, at.app)) == 0 {
			return []string{scope}
		}
	}
	return lacking[:1]
}

// unlisted are the scopes that the app as hsterm knows it does not ask for: at
// HubSpot it probably does not list them either.
func unlisted(scopes []string, app oauth.App) []string {
	return slices.DeleteFunc(slices.Clone(scopes), func(s string) bool {
		return slices.Contains(app.Scopes, s) || slices.Contains(app.OptionalScopes, s)
	})
}

// deadStatic tells failures of a static token that only another token cures.
func (at circumstance) deadStatic(class oauth.Class) bool {
	static := at.portal.Kind != oauth.KindOAuth && at.portal.ID != 0
	return static && (class == oauth.ClassRevoked || class == oauth.ClassReconnectPending || class == oauth.ClassNotAToken)
}

// limited says which limit and when it is over.
func (c *card) limited(e *oauth.Error, at circumstance) {
	if e.Policy != "" && c.code == "" {
		c.code = e.Policy
	}
	if e.RetryAt.IsZero() {
		return
	}
	zone := at.zone
	if zone == nil {
		zone = time.UTC
	}
	words := "Allowed again at " + e.RetryAt.In(zone).Format("15:04:05")
	if wait := e.RetryAt.Sub(at.now); wait > 0 {
		words += ", in " + coarse(wait.Round(time.Second))
	}
	c.lines = append(c.lines, cardLine{text: words + "."})
}

// reconnect is the key that asks for the missing scopes.
func (at circumstance) reconnect() string {
	return at.keys.of(cmp.Or(at.again, "portal.connect"))
}

// remedies are the keys that help with a class.
func remedies(class oauth.Class, at circumstance) []cardKey {
	static := at.portal.Kind != oauth.KindOAuth && at.portal.ID != 0
	switch class {
	case oauth.ClassExpired, oauth.ClassUnsaved:
		return []cardKey{{at.keys.of("portal.refresh"), "refresh"}}
	case oauth.ClassInvalid, oauth.ClassTransient, oauth.ClassRateLimited, oauth.ClassBadResponse, oauth.ClassTimedOut:
		if at.method != "" || static {
			return nil
		}
		return []cardKey{{at.keys.of("portal.refresh"), "try the refresh again"}}
	case oauth.ClassNotAToken, oauth.ClassRevoked, oauth.ClassReconnectPending, oauth.ClassWrongPortal:
		if static {
			return nil // no key stores a token
		}
		return []cardKey{{at.keys.of("portal.connect"), "reconnect"}}
	case oauth.ClassAppMisconfigured:
		return []cardKey{{at.keys.of("apps"), "look at the app"}}
	}
	return nil
}
