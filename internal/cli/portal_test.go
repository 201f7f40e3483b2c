package cli

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestTokenIsPrintedAloneAndCostsNothing(t *testing.T) {
	l := newConnected(t)
	before, _ := l.server.Requests(0)
	r := l.run("token", "acme")
	r.want(t, 0, "hstermtestsecret", "")
	if strings.Count(r.stdout, "\n") != 1 || strings.ContainsAny(strings.TrimSpace(r.stdout), " \n") {
		t.Errorf("stdout is %q", r.stdout)
	}
	l.run("token", "62515").want(t, 0, strings.TrimSpace(r.stdout), "")
	l.run("token", "ac", "--json").want(t, 0, `"access_token"`, "")
	if after, _ := l.server.Requests(0); len(after) != len(before) {
		t.Errorf("a warm token cost %d requests", len(after)-len(before))
	}
	other := l.run("token", "acme", "--min-ttl", "30m")
	other.want(t, 0, "hstermtestsecret", "")
	if other.stdout == r.stdout {
		t.Error("--min-ttl did not refresh")
	}
	l.run("token", "acme", "--min-ttl", "-1s").want(t, 2, "", "negative")
	l.run("token", "acem").want(t, 3, "", "Did you mean acme?")
}

func TestRevokedPortal(t *testing.T) {
	l := newConnected(t)
	if err := l.server.Revoke(acme); err != nil {
		t.Fatal(err)
	}
	l.run("refresh", "acme").want(t, 4, "hsterm connect --portal acme", "0 of 1")
	l.run("token", "acme").want(t, 4, "", "hsterm connect --portal acme")
	r := l.run("token", "acme", "--json")
	r.want(t, 4, "", `"class":"reconnect_required"`)
	if !strings.Contains(r.stderr, `"portal":"acme"`) {
		t.Errorf("the failure does not name the portal: %s", r.stderr)
	}
	l.run("list").want(t, 0, "reconnect", "")
	l.run("list", "--json").want(t, 0, `"status":"reconnect_required"`, "")
	l.connect("--portal", "acme").want(t, 0, "acme", "Reconnected")
	l.run("list", "--json").want(t, 0, `"status":"active"`, "")
}

func TestListFields(t *testing.T) {
	l := newConnected(t)
	var rows []map[string]any
	if err := json.Unmarshal([]byte(l.run("list", "--json").stdout), &rows); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range rows[0] {
		names = append(names, name)
	}
	want := []string{
		"alias", "kind", "app", "hub_id", "hub_domain", "user", "account_type", "region", "scopes", "token_type", "status",
		"status_reason", "expires_at", "ttl_seconds", "version", "updated_at", "last_refresh_at", "last_401_at", "health",
		"keep_fresh", "protected", "missing_scopes",
	}
	slices.Sort(names)
	slices.Sort(want)
	if !reflect.DeepEqual(names, want) {
		t.Errorf("the fields are %v, want %v", names, want)
	}
	if rows[0]["hub_domain"] != "acme.com" || rows[0]["user"] != "admin@acme.com" {
		t.Errorf("the sealed fields are missing: %v", rows[0])
	}
	l.vars["HSTERM_KEY"] = ""
	l.run("list", "--json").want(t, 0, `"hub_domain":""`, "")
	l.run("token", "acme").want(t, 9, "", "HSTERM_KEY")
}

func TestPortalSettings(t *testing.T) {
	l := newConnected(t)
	l.run("rename", "acme", "acme-prod").want(t, 0, "", "Renamed acme to acme-prod")
	l.run("rename", "acme-prod", "two words").want(t, 2, "", "alias")
	l.run("keep-fresh", "acme-prod", "on").want(t, 0, "", "Keep fresh is on for acme-prod.")
	l.run("show", "acme-prod").want(t, 0, "keep fresh    on", "")
	l.run("keep-fresh", "acme-prod", "on", "--json").want(t, 0, `"hub_domain":"acme.com","user":"admin@acme.com"`, "")
	l.run("keep-fresh", "acme-prod", "maybe").want(t, 2, "", "neither on nor off")
	l.run("protect", "acme-prod", "on", "--json").want(t, 0, `"keep_fresh":true,"protected":true`, "")
	l.run("disconnect", "acme-prod", "--yes").want(t, 2, "", "is protected")
	l.run("api", "acme-prod", "DELETE", "/crm/objects/2026-09/contacts/1").want(t, 2, "", "is protected")
	l.run("protect", "acme-prod", "off").want(t, 0, "", "off")
	l.run("events", "acme-prod").want(t, 0, "renamed", "")
	l.run("events", "--json", "-n", "1").want(t, 0, `"kind":"changed"`, "")
}

func TestDisconnect(t *testing.T) {
	l := newConnected(t)
	l.run("disconnect", "acme").want(t, 2, "", "--yes")
	for _, args := range [][]string{
		{"disconnect", "acm", "--yes"}, {"rename", "acm", "other"}, {"protect", "acm", "on"}, {"keep-fresh", "acm", "on"},
	} {
		l.run(args...).want(t, 3, "", "Did you mean acme?")
	}
	l.run("disconnect", "acme", "--revoke", "--yes").want(t, 0, "", "Removed acme.")
	if l.requests("/token/revoke") != 1 {
		t.Error("the refresh token was not revoked")
	}
	l.run("list").want(t, 0, "", "no portal yet")
	l.connect("--portal", "62515").want(t, 0, "acme", "Connected")
	l.run("disconnect", "acme", "--revoke", "--yes", "--json").want(t, 0,
		`{"alias":"acme","hub_id":62515,"removed":true,"revoked":true,"notice":""}`, "")
	l.connect("--portal", "62515").want(t, 0, "acme", "Connected")
	l.run("disconnect", "acme", "--uninstall", "--yes").want(t, 0, "", "Uninstalled")
	if l.server.Accounts()[0].Installed {
		t.Error("the app is still installed")
	}
}
