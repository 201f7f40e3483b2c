package db

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

const appColumns = `a.id, a.name, a.client_id, a.version, a.scopes, a.optional_scopes, a.user_level,
	a.created_at, a.updated_at, a.paused_until, a.pause_reason, a.secret`

// appRow is a row as it is stored.
type appRow struct {
	app                  oauth.App
	version              int64
	scopes, optional     string
	createdAt, updatedAt int64
	pausedUntil          int64
	secret               []byte
}

func (r *appRow) fields() []any {
	a := &r.app
	return []any{
		&a.ID, &a.Name, &a.ClientID, &r.version, &r.scopes, &r.optional, &a.UserLevel, &r.createdAt, &r.updatedAt,
		&r.pausedUntil, &a.Pause.Reason, &r.secret,
	}
}

// appSecret is what an app's blob holds: besides the client secret everything
// that decides where and how a secret is sent.
type appSecret struct {
	ClientSecret string           `json:"client_secret"`
	AuthorizeURL string           `json:"authorize_url"`
	APIURL       string           `json:"api_url"`
	APIVersion   oauth.APIVersion `json:"api_version"`
	RedirectURIs []string         `json:"redirect_uris"`
	PKCE         bool             `json:"pkce"`
}

func appPlace(id int64, clientID string, version int64) place {
	return place{table: "apps", column: "secret", row: strconv.FormatInt(id, 10), clientID: clientID, version: version}
}

func (s *sealer) sealApp(a oauth.App, version int64) ([]byte, error) {
	plain, err := json.Marshal(appSecret{
		ClientSecret: a.ClientSecret.Reveal(), AuthorizeURL: a.AuthorizeURL, APIURL: a.APIURL,
		APIVersion: a.APIVersion, RedirectURIs: a.RedirectURIs, PKCE: a.PKCE,
	})
	if err != nil {
		return nil, err
	}
	return s.seal(plain, appPlace(a.ID, a.ClientID, version)), nil
}

// openApp completes a scanned row.
func (s *sealer) openApp(r *appRow) (oauth.App, error) {
	a := r.app
	var secret appSecret
	plain, err := s.open(r.secret, appPlace(a.ID, a.ClientID, r.version))
	if err == nil {
		err = json.Unmarshal(plain, &secret)
	}
	if err != nil {
		return oauth.App{}, tampered(err, "the app "+a.Name, "Put the newest backup of the store in its place, or disconnect its portals, remove the app and add it again.")
	}
	a.ClientSecret = oauth.NewSecret(secret.ClientSecret)
	a.AuthorizeURL, a.APIURL, a.APIVersion = secret.AuthorizeURL, secret.APIURL, secret.APIVersion
	a.RedirectURIs, a.PKCE = secret.RedirectURIs, secret.PKCE
	a.Scopes, a.OptionalScopes = strings.Fields(r.scopes), strings.Fields(r.optional)
	a.CreatedAt, a.UpdatedAt, a.Pause.Until = moment(r.createdAt), moment(r.updatedAt), moment(r.pausedUntil)
	return a, nil
}
