package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAppLifecycle(t *testing.T) {
	l := newLab(t)
	l.addApp()
	id := l.server.Info().ClientID
	l.run("app", "list").want(t, 0, id, "")
	l.run("app", "show", "main").want(t, 0, "····", "")
	l.run("app", "check", "main").want(t, 0, "client id and secret are right", "Not proven")
	l.run("app", "manifest", "main").want(t, 0, `"requiredScopes"`, "")
	l.run("app", "edit", "main", "--scope", "oauth", "--pkce").want(t, 0, "", "Changed")
	var app appJSON
	r := l.run("app", "show", "main", "--json")
	if err := json.Unmarshal([]byte(r.stdout), &app); err != nil {
		t.Fatal(err)
	}
	if len(app.Scopes) != 1 || !app.PKCE || app.ClientID != id || app.RedirectURIs[0] != l.redirect {
		t.Errorf("after the edit the app is %+v", app)
	}
	l.run("app", "edit", "main", "--scope", "oauth", "--scope", "oauth", "--json").want(t, 0, `"warnings":["`, "")
	if strings.Contains(r.stdout, "hstermtestsecret") {
		t.Error("app show prints the client secret")
	}
	l.feed("hstermtestsecret-wrong\n", "app", "edit", "main", "--client-secret-stdin").want(t, 0, "", "Changed")
	l.run("app", "check", "main").want(t, 8, "", "secret")
	l.run("app", "remove", "main").want(t, 0, "", "Removed")
	l.run("app", "list", "--json").want(t, 0, "[]", "")
}

func TestAppIsRefused(t *testing.T) {
	h := newHome(t)
	h.vars["HSTERM_CLIENT_SECRET"] = "hstermtestsecret"
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--client-id", "x", "--scope", "oauth", "--scope", "offline"}, "no scope named offline"},
		{[]string{"--client-id", "x", "--scope", "contacts oauth"}, "contacts"},
		{[]string{"--client-id", "x"}, "oauth is missing"},
		{[]string{"--client-id", "x", "--scope", "oauth,tickets"}, "comma"},
		{[]string{"--scope", "oauth"}, "client id"},
		{[]string{"--client-id", "x", "--scope", "oauth", "--api-url", "http://example.com"}, "API URL"},
		{[]string{"--client-id", "x", "--scope", "oauth", "--client-secret", "y"}, "--client-secret-stdin"},
	} {
		h.run(append([]string{"app", "add", "main"}, c.args...)...).want(t, 2, "", c.want)
	}
	delete(h.vars, "HSTERM_CLIENT_SECRET")
	h.run("app", "add", "main", "--client-id", "x", "--scope", "oauth").want(t, 2, "", "HSTERM_CLIENT_SECRET")
	h.feed("a\nb\n", "app", "add", "main", "--client-id", "x", "--scope", "oauth", "--client-secret-stdin").
		want(t, 2, "", "more than one line")
	h.feed("", "app", "add", "main", "--client-id", "x", "--scope", "oauth", "--client-secret-stdin").
		want(t, 2, "", "held no client secret")
	h.run("app", "list", "--json").want(t, 0, "[]", "")
}

func TestAppInUseStays(t *testing.T) {
	l := newConnected(t)
	l.run("app", "remove", "main").want(t, 2, "", "acme")
	l.run("app", "show", "mian").want(t, 3, "", "Did you mean main?")
}
