package oauth

import "time"

// ConsentRequest asks for a consent: who is asked for what, and what the answer
// may replace.
type ConsentRequest struct {
	App App

	// Portal is the connection to renew; the zero Portal makes a new one.
	Portal Portal
	Alias  string // of a new portal; made from the hub domain or hub id when ""

	// HubID preselects the account and is compared with the one that comes
	// back; 0 leaves the choice to the user. A Portal's own hub id wins.
	HubID       int64
	ExtraScopes []string // added to the app's required scopes

	// AcceptOther stores a grant that came back for another account than asked,
	// as a connection of its own, instead of refusing it.
	AcceptOther bool
	Timeout     time.Duration // until the consent is given up; 0 for 5 minutes, at most 10

	// PasteOnly listens nowhere: the address the browser ended at is pasted.
	PasteOnly bool
}

// Connected is what came of a consent or of adding a static token.
type Connected struct {
	Portal   Portal
	Replaced bool     // an existing connection got new tokens
	Missing  []string // required scopes that were not granted
	Declined []string // optional scopes that were asked for and not granted
	Added    []string // scopes the grant has that the replaced one had not
	Removed  []string // scopes the replaced grant had that this one has not
	Notices  []string // sentences worth a look, such as an account that could not be read
}
