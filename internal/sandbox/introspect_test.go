package sandbox

import (
	"net/http"
	"testing"
	"time"
)

func (r *rig) introspect(token string) reply {
	return r.form("/oauth/2026-09/token/introspect", r.client("token", token, "token_type_hint", "access_token"))
}

func TestIntrospection(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	r.clock.advance(11 * time.Second)
	got := r.introspect(mine.access)
	for key, value := range map[string]any{
		"active": true, "hub_id": 62515.0, "hub_domain": "acme.com", "user": "admin@acme.com", "user_id": 22000.0,
		"token_use": "access_token", "token_type": "Bearer", "expires_in": 1789.0, "client_id": r.s.Info().ClientID,
	} {
		want(t, key, got.json[key], value)
	}
	if _, signed := got.json["signed_access_token"].(map[string]any); !signed {
		t.Error("no signed_access_token")
	}
	got = r.introspect(mine.refresh)
	want(t, "refresh token", got.json["token_use"], any("refresh_token"))
	_, expires := got.json["expires_in"]
	want(t, "a refresh token expires", expires, false)
	for _, dead := range []string{"na1-nothing", "C-nothing"} {
		got = r.introspect(dead)
		want(t, "unknown status", got.status, http.StatusOK)
		want(t, "unknown", got.text, `{"active":false}`)
	}
	got = r.form("/oauth/v3/token/introspect", r.client("client_secret", "wrong", "token", mine.access))
	want(t, "wrong secret", got.json["status"], any("BAD_CLIENT_SECRET"))
	r.clock.advance(time.Hour)
	want(t, "expired", r.introspect(mine.access).json["active"], any(false))
}

func TestMetadataOfV1(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	got := r.get("/oauth/v1/access-tokens/" + mine.access)
	want(t, "hub", got.json["hub_id"], any(62515.0))
	want(t, "type", got.json["token_type"], any("access"))
	want(t, "refresh", r.get("/oauth/v1/refresh-tokens/" + mine.refresh).json["hub_domain"], any("acme.com"))
	want(t, "revoke", r.send(r.request("DELETE", "/oauth/v1/refresh-tokens/"+mine.refresh, "", "")).status, http.StatusNoContent)
	want(t, "revoked", r.get("/oauth/v1/refresh-tokens/" + mine.refresh).json["active"], any(false))
	rows, _ := r.s.Requests(0)
	for _, row := range rows {
		if row.Endpoint != "/oauth/v1/access-tokens/{token}" && row.Endpoint != "/oauth/v1/refresh-tokens/{token}" &&
			row.Endpoint != "/oauth/authorize" && row.Endpoint != "/oauth/2026-09/token" {
			t.Errorf("the log tells %s", row.Endpoint)
		}
	}
}

func TestRevocationLeavesAccessTokens(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	revoke := func(token string) int {
		return r.form("/oauth/2026-09/token/revoke", r.client("token", token, "token_type_hint", "refresh_token")).status
	}
	want(t, "revoke", revoke(mine.refresh), http.StatusOK)
	want(t, "unknown", revoke("na1-nothing"), http.StatusOK)
	want(t, "refresh", r.refresh(mine.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
	want(t, "the access token lives on", r.api(mine.access, "GET", details, nil).status, http.StatusOK)
	want(t, "until it is revoked itself", revoke(mine.access), http.StatusOK)
	want(t, "dead", r.api(mine.access, "GET", details, nil).json["category"], any("INVALID_AUTHENTICATION"))
}

func TestUninstall(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	want(t, "uninstall", r.api(mine.access, "DELETE", "/appinstalls/2026-09/external-install", nil).status, http.StatusNoContent)
	want(t, "access", r.api(mine.access, "GET", details, nil).status, http.StatusUnauthorized)
	want(t, "refresh", r.refresh(mine.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
	want(t, "installed", r.s.Accounts()[0].Installed, false)
	want(t, "consent again", r.connect().hubID, 62515)
}

func TestTokensOfAnotherApp(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	other, err := r.s.AddApp(NewApp{Name: "import"})
	if err != nil {
		t.Fatal(err)
	}
	foreign := []string{"client_id", other.ClientID, "client_secret", other.ClientSecret}
	got := r.form("/oauth/2026-09/token", r.client(append(foreign, "grant_type", "refresh_token", "refresh_token", mine.refresh)...))
	want(t, "refresh", got.json["status"], any("BAD_REFRESH_TOKEN"))
	got = r.form("/oauth/2026-09/token/introspect", r.client(append(foreign, "token", mine.access)...))
	want(t, "introspect", got.json["active"], any(false))
	r.form("/oauth/2026-09/token/revoke", r.client(append(foreign, "token", mine.refresh)...))
	want(t, "nothing was revoked", r.refresh(mine.refresh).status, http.StatusOK)
}
