package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (r *rig) control(method, path, body string) reply {
	return r.send(r.request(method, "/_sandbox/"+path, "application/json", body))
}

func TestControlsOfAnAccount(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true, Portals: 1})
	mine := r.connect()
	do := func(path, body string) {
		t.Helper()
		if got := r.control("POST", path, body); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, got.status, got.text)
		}
	}
	category := func(token string) any { return r.api(token, "GET", details, nil).json["category"] }

	do("expire", `{"hub_id":62515}`)
	want(t, "expired", category(mine.access), any("EXPIRED_AUTHENTICATION"))
	mine = r.pair(r.refresh(mine.refresh))
	want(t, "refreshed", category(mine.access), any(nil))

	do("scopes", `{"hub_id":62515,"scopes":["oauth"]}`)
	want(t, "scope taken", r.api(mine.access, "GET", "/crm/objects/2026-09/contacts", nil).json["category"], any("MISSING_SCOPES"))

	do("revoke", `{"hub_id":62515,"keep_access_tokens":true}`)
	want(t, "access stays", category(mine.access), any(nil))
	want(t, "refresh goes", r.refresh(mine.refresh).json["status"], any("BAD_REFRESH_TOKEN"))

	mine = r.connect()
	do("revoke", `{"hub_id":62515}`)
	want(t, "both go", category(mine.access), any("INVALID_AUTHENTICATION"))
	want(t, "still installed", r.s.Accounts()[0].Installed, true)
	do("uninstall", `{"hub_id":62515}`)
	want(t, "uninstalled", r.s.Accounts()[0].Installed, false)

	mine = r.connect()
	do("delete", `{"hub_id":62515}`)
	want(t, "deleted", r.refresh(mine.refresh).json["status"], any("BAD_HUB"))
	want(t, "its error", r.refresh(mine.refresh).json["error"], any("access_denied"))
	want(t, "its token", category(mine.access), any("INVALID_AUTHENTICATION"))
	want(t, "no account left", r.get(r.authorizeURL()).status, http.StatusBadRequest)
}

func TestControlsOfTheServer(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	for path, body := range map[string]string{
		"rotation": `{"mode":"strict"}`, "ttl": `{"seconds":45}`, "clock": `{"offset_seconds":-3600}`,
		"faults": `{"route":"introspect","status":429,"retry_after":3}`, "app-scopes": `{"scopes":["oauth","forms"]}`,
	} {
		want(t, path, r.control("POST", path, body).status, http.StatusOK)
	}
	want(t, "app scopes", strings.Join(r.s.Info().Scopes, " "), "oauth forms")
	mine := r.connect()
	got := r.refresh(mine.refresh)
	want(t, "ttl", got.json["expires_in"], any(45.0))
	want(t, "rotated", got.json["refresh_token"] == mine.refresh, false)
	want(t, "clock", got.header.Get("Date"), r.clock.Now().Add(-time.Hour).Format(http.TimeFormat))
	got = r.introspect(mine.access)
	want(t, "fault", got.status, http.StatusTooManyRequests)
	want(t, "retry after", got.header.Get("Retry-After"), "3")
	want(t, "clear", r.control("DELETE", "faults", "").status, http.StatusOK)

	for path, body := range map[string]string{
		"rotation": `{"mode":"weekly"}`, "ttl": `{"seconds":0}`, "expire": `{"hub_id":1}`, "revoke": `{"hub":62515}`,
		"faults": `{"route":"token","kind":"explode"}`, "scopes": `{"hub_id":62515,"scopes":["offline"]}`, "clock": `soon`,
		"static-token": `{"hub_id":62515,"scopes":["contacts"]}`, "app-scopes": `{}`, "consent": `{"hub_id":1}`,
	} {
		got := r.control("POST", path, body)
		want(t, path+" refused", got.status, http.StatusBadRequest)
		if text, _ := got.json["error"].(string); text == "" {
			t.Errorf("%s: no reason", path)
		}
	}
}

func TestStaticTokens(t *testing.T) {
	r := newRig(t, Config{})
	got := r.control("POST", "static-token", `{"hub_id":771204,"scopes":["crm.objects.contacts.read"]}`)
	token, _ := got.json["token"].(string)
	if !strings.HasPrefix(token, "pat-eu1-") {
		t.Fatalf("token: %d characters", len(token))
	}
	r.clock.advance(1000 * time.Hour)
	want(t, "never expires", r.api(token, "GET", "/crm/objects/2026-09/contacts", nil).status, http.StatusOK)
	want(t, "knows its account", r.api(token, "GET", details, nil).json["portalId"], any(771204.0))
	want(t, "cannot uninstall", r.api(token, "DELETE", "/appinstalls/2026-09/external-install", nil).status, http.StatusUnauthorized)
}

func TestRequestLog(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	r.refresh(mine.refresh)
	var seen struct {
		Requests []Request
		Next     int64
	}
	got := r.control("GET", "requests?since=1", "")
	if err := json.Unmarshal([]byte(got.text), &seen); err != nil || len(seen.Requests) != 2 {
		t.Fatalf("%v: %s", err, got.text)
	}
	last := seen.Requests[1]
	want(t, "next", seen.Next, 3)
	want(t, "endpoint", last.Endpoint, "/oauth/2026-09/token")
	want(t, "grant type", last.GrantType, "refresh_token")
	want(t, "status", last.Status, http.StatusOK)
	want(t, "hub", last.HubID, 62515)
	if strings.Contains(r.control("GET", "requests", "").text, marker) {
		t.Error("the log holds a secret")
	}
	if strings.Contains(r.control("GET", "portals", "").text, marker) {
		t.Error("the account list holds a secret")
	}
	want(t, "bad since", r.control("GET", "requests?since=x", "").status, http.StatusBadRequest)
}

func TestPagesOfOthersCannotControl(t *testing.T) {
	r := newRig(t, Config{})
	req := r.request("POST", "/_sandbox/delete", "text/plain", `{"hub_id":62515}`)
	req.Header.Set("Origin", "https://elsewhere.example")
	want(t, "status", r.send(req).status, http.StatusBadRequest)
	want(t, "deleted", r.s.Accounts()[0].Deleted, false)
}
