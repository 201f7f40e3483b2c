// Package ui is hsterm's terminal screen: one Bubble Tea model that routes to
// panes and dialogs, which are plain structs. Update and View do no I/O; commands
// call the Backend with a context and return typed results.
package ui

import (
	"context"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// Backend is everything the screen can ask for. Its methods block, may be called
// at the same time from several goroutines, end when their context does, and
// fail with *oauth.Error.
type Backend struct {
	Portals  Portals
	Tokens   Tokens
	Calls    Calls
	Consents Consents
	Apps     Apps
	Desktop  Desktop
	Sent     oauth.SentStore
}

// Portals reads and changes what is stored. It never refreshes.
type Portals interface {
	// Portals returns all, ordered by alias.
	Portals(ctx context.Context) ([]oauth.Portal, error)
	// Portal returns one.
	Portal(ctx context.Context, id int64) (oauth.Portal, error)
	Events(ctx context.Context, filter oauth.EventFilter) ([]oauth.Event, error)
	// Revision changes whenever any process has written to the store.
	Revision(ctx context.Context) (int64, error)
	SetKeepFresh(ctx context.Context, id int64, on bool) error
	// Disconnect removes a portal. That HubSpot could not be asked to revoke its
	// refresh token does not keep it from being removed (it comes back as a
	// notice).
	Disconnect(ctx context.Context, id int64, how Removal) (notice string, err error)
	// Restore brings back a portal that was removed without being revoked since
	// the program began. Its alias is another when its own is taken by now.
	Restore(ctx context.Context, id int64) (oauth.Portal, error)
}

// Removal is how a portal is disconnected.
type Removal struct {
	Revoke   bool // also ask HubSpot to revoke its refresh token
	Unlocked bool // although it is protected
}

// Tokens is the engine.
type Tokens interface {
	// Refresh gets a new access token now, however long the current one lives.
	Refresh(ctx context.Context, portalID int64) (oauth.Portal, error)
	// AccessToken returns a usable access token, refreshing when it is due.
	AccessToken(ctx context.Context, portalID int64) (oauth.Secret, error)
}

// Calls sends requests to HubSpot with a portal's token.
type Calls interface {
	Send(ctx context.Context, portalID int64, request api.Request) (api.Response, error)
	// ProbeScopes sends one cheap read per scope and reports each verdict as it
	// comes.
	ProbeScopes(ctx context.Context, portalID int64, report func(api.ProbeResult)) error
}

// Consents starts consents in the browser.
type Consents interface {
	Start(ctx context.Context, request oauth.ConsentRequest) (Consent, error)
}

// Consent is one consent under way: URL to show, Wait for the browser to come
// back (or Paste where it ended up), then Complete, then Close in any case.
type Consent interface {
	URL() string
	RedirectURI() string
	// Deadline is when Wait gives up.
	Deadline() time.Time
	// Listening is false where the browser cannot come back by itself: the
	// address it ends up at has to be pasted.
	Listening() bool
	// Notices are sentences about the request worth a look before the answer.
	Notices() []string
	// Wait ends when an answer with the right state arrived, was pasted, or ctx
	// or the time limit ended.
	Wait(ctx context.Context) error
	// Paste takes the address the browser ended up at, instead of the callback.
	Paste(address string) error
	// Complete exchanges the code, learns whose it is and stores it.
	Complete(ctx context.Context) (oauth.Connected, error)
	// AcceptOther lets the next Complete store a grant that came back for another
	// account than asked, as a portal of its own.
	AcceptOther()
	Close() error
}

// Apps keeps the OAuth clients.
type Apps interface {
	Apps(ctx context.Context) ([]oauth.App, error)
	AddApp(ctx context.Context, app oauth.App) (oauth.App, error)
	// UpdateApp replaces the app with that id; an empty client secret keeps the
	// stored one.
	UpdateApp(ctx context.Context, app oauth.App) (oauth.App, error)
	RemoveApp(ctx context.Context, id int64) error
	// CheckApp proves client id and secret without a consent.
	CheckApp(ctx context.Context, id int64) error
	// ExploreSandbox starts a HubSpot-compatible server in this process and adds
	// an app for it; the server ends with the program.
	ExploreSandbox(ctx context.Context) (oauth.App, error)
}

// Desktop is the world outside the terminal.
type Desktop interface {
	// OpenURL starts the browser and does not wait for it.
	OpenURL(ctx context.Context, url string) error
}
