package oauth

import "time"

// HubSpot's own endpoints, the defaults of every app.
const (
	DefaultAuthorizeURL = "https://app.hubspot.com/oauth/authorize"
	DefaultAPIURL       = "https://api.hubapi.com"
	DefaultRedirectURI  = "http://localhost:8976/oauth/callback"
)

// APIVersion names one generation of HubSpot's OAuth endpoints. They differ in
// paths and in how a token is introspected and revoked.
type APIVersion string

// The versions hsterm speaks, newest first. HubSpot ends V1 on 16 Feb 2027.
const (
	V2026_09 APIVersion = "2026-09"
	V2026_03 APIVersion = "2026-03"
	V3       APIVersion = "v3"
	V1       APIVersion = "v1"
)

// APIVersions lists the versions that can be chosen, newest first.
func APIVersions() []APIVersion { return []APIVersion{V2026_09, V2026_03, V3, V1} }

// App is one OAuth client of HubSpot. The client secret and the URLs are stored
// sealed: a URL decides where a secret is sent, so it is as precious as one.
type App struct {
	ID             int64
	Name           string // unique, chosen by the user
	ClientID       string
	ClientSecret   Secret
	RedirectURIs   []string // in order of preference; the first with a free port is used
	Scopes         []string // required of every grant
	OptionalScopes []string
	AuthorizeURL   string
	APIURL         string // scheme and host; token endpoint and CRM live below it
	APIVersion     APIVersion
	PKCE           bool // send an S256 code challenge
	UserLevel      bool // each user of a portal has a grant of their own
	CreatedAt      time.Time
	UpdatedAt      time.Time

	// Pause holds its refreshes back. It is not part of the app's settings: only
	// [Store.Fail] writes it.
	Pause Pause
}

// EditedSince tells whether the app was edited after it was last refused for the
// portal, so that another try is worth it. The status keeps the time of the first
// refusal; an edit that did not help is followed by another failure.
func (a App) EditedSince(p Portal) bool {
	return a.UpdatedAt.After(p.StatusSince) && a.UpdatedAt.After(p.Health.LastFailureAt)
}
