package sandbox

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestExchangeGivesWhatHubSpotGives(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	for _, version := range []string{"2026-09", "2026-03", "v3", "v1"} {
		got := r.form("/oauth/"+version+"/token", r.client("grant_type", "authorization_code", "code", r.consent(), "redirect_uri", testRedirect))
		want(t, version+" status", got.status, http.StatusOK)
		access, _ := got.json["access_token"].(string)
		refresh, _ := got.json["refresh_token"].(string)
		if !strings.HasPrefix(access, "C") || len(access) < 200 || !strings.Contains(access, marker) {
			t.Errorf("%s: access token of %d characters", version, len(access))
		}
		if !strings.HasPrefix(refresh, "na1-") && !strings.HasPrefix(refresh, "eu1-") {
			t.Errorf("%s: refresh token without its region", version)
		}
		want(t, version+" expires_in", got.json["expires_in"], any(1800.0))
		want(t, version+" token_type", got.json["token_type"], any("bearer"))
		_, told := got.json["hub_id"]
		want(t, version+" tells the hub", told, version != "v1")
		want(t, version+" cache", got.header.Get("Cache-Control"), "no-store")
		if got.header.Get("X-HubSpot-Correlation-Id") == "" {
			t.Errorf("%s: no correlation id", version)
		}
	}
}

func TestTokenEndpointRefusals(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	used := r.consent()
	r.form("/oauth/2026-09/token", r.client("grant_type", "authorization_code", "code", used, "redirect_uri", testRedirect))
	late := r.consent()
	r.clock.advance(codeLife + time.Second)
	cases := []struct {
		name, status, code string
		fields             []string
	}{
		{"unknown grant", "BAD_GRANT_TYPE", "unsupported_grant_type", []string{"grant_type", "password"}},
		{"unknown client", "BAD_CLIENT_ID", "invalid_client", []string{"grant_type", "refresh_token", "client_id", "nobody"}},
		{"wrong secret", "BAD_CLIENT_SECRET", "invalid_client", []string{"grant_type", "client_credentials", "client_secret", "wrong"}},
		{"right secret, no scope", "BAD_SCOPES", "invalid_scope", []string{"grant_type", "client_credentials"}},
		{"code used", "BAD_AUTH_CODE", "invalid_grant", []string{"grant_type", "authorization_code", "code", used, "redirect_uri", testRedirect}},
		{"code late", "EXPIRED_AUTH_CODE", "invalid_grant", []string{"grant_type", "authorization_code", "code", late, "redirect_uri", testRedirect}},
		{"no redirect", "BAD_REDIRECT_URI", "invalid_request", []string{"grant_type", "authorization_code", "code", r.consent()}},
		{"other redirect", "MISMATCH_REDIRECT_URI_AUTH_CODE", "invalid_grant", []string{"grant_type", "authorization_code", "code", r.consent(), "redirect_uri", testRedirect + "/"}},
		{"unknown refresh token", "BAD_REFRESH_TOKEN", "invalid_grant", []string{"grant_type", "refresh_token", "refresh_token", "na1-" + marker}},
	}
	for _, c := range cases {
		got := r.form("/oauth/2026-09/token", r.client(c.fields...))
		want(t, c.name+" http", got.status, http.StatusBadRequest)
		want(t, c.name+" status", got.json["status"], any(c.status))
		want(t, c.name+" error", got.json["error"], any(c.code))
		want(t, c.name+" description", got.json["error_description"], got.json["message"])
	}
	got := r.send(r.request("POST", "/oauth/2026-09/token", "application/json", `{"grant_type":"refresh_token"}`))
	want(t, "JSON body", got.json["status"], any("BAD_GRANT_TYPE"))
}

func TestRotation(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	off := r.connect()
	want(t, "off keeps the refresh token", r.pair(r.refresh(off.refresh)).refresh, off.refresh)

	if err := r.s.SetRotation(RotationGrace); err != nil {
		t.Fatal(err)
	}
	second := r.pair(r.refresh(off.refresh))
	if second.refresh == off.refresh {
		t.Error("grace did not rotate")
	}
	want(t, "late, inside the grace", r.pair(r.refresh(off.refresh)).refresh, second.refresh)
	r.clock.advance(rotateGrace + time.Second)
	want(t, "late, after the grace", r.refresh(off.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
	third := r.pair(r.refresh(second.refresh))

	if err := r.s.SetRotation(RotationStrict); err != nil {
		t.Fatal(err)
	}
	fourth := r.pair(r.refresh(third.refresh))
	want(t, "works", r.api(fourth.access, "GET", "/account-info/2026-09/details", nil).status, http.StatusOK)
	want(t, "reuse", r.refresh(third.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
	want(t, "the family is gone", r.refresh(fourth.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
	want(t, "its access tokens too", r.api(fourth.access, "GET", "/account-info/2026-09/details", nil).status, http.StatusUnauthorized)
}

func TestStampedeOnStrictRotationEndsTheGrant(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true, Rotation: RotationStrict})
	first := r.connect()
	_, before := r.s.Requests(0)
	var wg sync.WaitGroup
	statuses := make(chan int, 64)
	for range 64 {
		wg.Go(func() { statuses <- r.refresh(first.refresh).status })
	}
	wg.Wait()
	close(statuses)
	good := 0
	for status := range statuses {
		if status == http.StatusOK {
			good++
		}
	}
	want(t, "refreshes that succeeded", good, 1)
	seen, _ := r.s.Requests(before)
	want(t, "refreshes in the log", len(seen), 64)
	for _, a := range r.s.Accounts() {
		want(t, "live tokens of "+a.Domain, a.LiveTokens, 0)
	}
}

func TestAppLevelTokenIsNoAccountsToken(t *testing.T) {
	r := newRig(t, Config{})
	got := r.form("/oauth/2026-09/token", r.client("grant_type", "client_credentials", "scope", "oauth"))
	want(t, "status", got.status, http.StatusOK)
	token, _ := got.json["access_token"].(string)
	want(t, "account call", r.api(token, "GET", "/account-info/2026-09/details", nil).status, http.StatusUnauthorized)
}
