package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

const contacts = "/crm/objects/2026-09/contacts"

func TestAPICall(t *testing.T) {
	l := newConnected(t)
	r := l.run("api", "acme", "GET", contacts+"?limit=2")
	r.want(t, 0, `"results"`, "")
	if !json.Valid([]byte(r.stdout)) {
		t.Errorf("stdout is no JSON: %s", r.stdout)
	}
	r = l.run("api", "acme", contacts, "-q", "limit=2", "--jq", ".results[].id")
	if r.want(t, 0, "\n", ""); strings.Count(r.stdout, "\n") != 2 || strings.Contains(r.stdout, `"`) {
		t.Errorf("jq printed %q", r.stdout)
	}
	l.run("api", "acme", contacts, "--jq", ".results|length").want(t, 0, "10\n", "")
	l.run("api", "acme", contacts, "-i").want(t, 0, "HTTP 200 OK\n", "")
	body := l.write("body.json", `{"properties":{"email":"new@acme.com"}}`)
	l.run("api", "acme", "POST", contacts, "-d", "@"+body).want(t, 0, "new@acme.com", "")
	l.feed(`{"limit":1}`, "api", "acme", contacts+"/search", "-d", "@-").want(t, 0, `"total"`, "")
}

func TestAPIRefreshesOnceWhenExpired(t *testing.T) {
	l := newConnected(t)
	if err := l.server.Expire(acme); err != nil {
		t.Fatal(err)
	}
	before := l.requests("/token")
	l.run("api", "acme", contacts).want(t, 0, `"results"`, "")
	if n := l.requests("/token") - before; n != 1 {
		t.Errorf("%d refreshes, want 1", n)
	}
	l.run("list", "--json").want(t, 0, `"refresh_ok":1`, "")
}

func TestAPIFailures(t *testing.T) {
	l := newConnected(t)
	for _, c := range []struct {
		args           []string
		code           int
		stdout, stderr string
	}{
		{[]string{"/crm/objects/2026-09/products"}, 5, "MISSING_SCOPES", "e-commerce"},
		{[]string{"/no/such/route"}, 1, "", "404"},
		{[]string{contacts + "/99999999"}, 1, "OBJECT_NOT_FOUND", "hsterm: acme"},
		{[]string{"https://example.com/x"}, 2, "", "own API host"},
		{[]string{"contacts"}, 2, "", "begins with"},
		{[]string{"FETCH", contacts}, 2, "", "FETCH"},
		{[]string{contacts, "-q", "limit"}, 2, "", "no query parameter"},
		{[]string{contacts, "-H", "Authorization: Bearer hstermtestsecret"}, 2, "", "cannot be given"},
		{[]string{contacts, "-H", "nonsense"}, 2, "", "no header"},
		{[]string{contacts, "-d", "{oops"}, 2, "", "not JSON"},
		{[]string{contacts, "-d", "@/no/such/file"}, 2, "", "cannot be read"},
		{[]string{contacts, "--jq", ".["}, 2, "", "jq expression"},
		{[]string{contacts, "--jq", "error(\"x\")"}, 2, "", "jq expression"},
	} {
		l.run(append([]string{"api", "acme"}, c.args...)...).want(t, c.code, c.stdout, c.stderr)
	}
	r := l.run("api", "acme", "/crm/objects/2026-09/products", "--json")
	r.want(t, 5, "MISSING_SCOPES", `"class":"permission_denied"`)
}

func TestAPIDryRun(t *testing.T) {
	l := newConnected(t)
	before, _ := l.server.Requests(0)
	r := l.run("api", "acme", "PATCH", contacts+"/1", "-d", `{"a":1}`, "--dry-run")
	r.want(t, 0, "PATCH "+l.server.URL()+contacts+"/1", "")
	if strings.Contains(r.stdout, "hstermtestsecret") || !strings.Contains(r.stdout, `{"a":1}`) {
		t.Errorf("a dry run prints %s", r.stdout)
	}
	l.run("api", "acme", contacts, "--dry-run", "--json").want(t, 0, `"method":"GET"`, "")
	if after, _ := l.server.Requests(0); len(after) != len(before) {
		t.Error("a dry run sent something")
	}
}

func TestScopes(t *testing.T) {
	l := newConnected(t)
	l.run("scopes", "acme").want(t, 0, "granted", "")
	l.run("app", "edit", "main", "--scope", "oauth forms").want(t, 0, "", "Changed")
	l.run("scopes", "acme").want(t, 5, "missing", "forms")
	l.run("app", "edit", "main", "--scope", "oauth", "--optional-scope", "forms").want(t, 0, "", "Changed")
	r := l.run("scopes", "acme", "--probe", "--json")
	r.want(t, 0, `"probe":"works"`, "")
	if !strings.Contains(r.stdout, `"scope":"forms","required":false,"optional":true,"granted":false,"probe":"missing"`) {
		t.Errorf("the probe says %s", r.stdout)
	}
}
