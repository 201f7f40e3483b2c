package cli

import (
	"strings"
	"testing"
)

func TestConnectAgainByAliasReconnects(t *testing.T) {
	l := newLab(t)
	l.addApp()
	again := []string{"--app", "main", "--alias", "acme"}
	l.connect(again...).want(t, 0, "acme", "Connected acme")
	if err := l.server.Revoke(acme); err != nil {
		t.Fatal(err)
	}
	l.run("refresh", "acme").want(t, 4, "hsterm connect --portal acme", "0 of 1")
	r := l.connect(again...)
	r.want(t, 0, "acme\n", "Reconnected acme")
	if !strings.Contains(r.stderr, "/oauth/62515/authorize?") {
		t.Errorf("the account is not preselected: %s", r.stderr)
	}
	l.connect("--alias", "ACME", "--json").want(t, 0, `"replaced":true`, `{"consent":`)
	r = l.run("list", "--json")
	r.want(t, 0, `"status":"active"`, "")
	if strings.Count(r.stdout, `"alias"`) != 1 {
		t.Errorf("another portal was made: %s", r.stdout)
	}
}

func TestConnectByAliasRefusesAnotherAccount(t *testing.T) {
	l := newConnected(t)
	if err := l.server.SetConsent(true, 771204, false); err != nil {
		t.Fatal(err)
	}
	l.connect("--alias", "acme").want(t, 1, "", "under another alias: hsterm connect --app main --alias NAME")
	r := l.run("list", "--json")
	r.want(t, 0, `"version":1`, "")
	if strings.Contains(r.stdout, "771204") {
		t.Errorf("the other account was stored: %s", r.stdout)
	}
	l.connect("--alias", "globex").want(t, 0, "globex", "Connected globex")
}

// What no consent of the app can renew is refused before anything is asked.
func TestConnectRefusesAnAliasOfSomethingElse(t *testing.T) {
	l := newConnected(t)
	token, err := l.server.NewStaticToken(acme, []string{"oauth"})
	if err != nil {
		t.Fatal(err)
	}
	l.feed(token+"\n", "add-token", "key", "--api-url", l.server.URL()).want(t, 0, "key", "Connected key")
	l.vars["HSTERM_CLIENT_SECRET"] = "hstermtestsecret"
	flags := append([]string{"app", "add", "other"}, l.appFlags()...)
	l.run(append(flags, "--client-id", "another-client")...).want(t, 0, "other", "Added")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--app", "main", "--alias", "key"}, "static token"},
		{[]string{"--alias", "Key"}, "hsterm rename key NEW"},
		{[]string{"--app", "other", "--alias", "acme"}, "of the app main"},
		{[]string{"--app", "main", "--alias", "acme", "--portal", "771204"}, "not of 771204"},
		{[]string{"--app", "main", "--alias", "acme", "--portal", "key"}, "static token"},
	} {
		r := l.run(append([]string{"connect", "--timeout", "50ms"}, c.args...)...)
		r.want(t, 2, "", c.want)
		if strings.Contains(r.stderr, "/authorize") {
			t.Errorf("%v opens the browser: %s", c.args, r.stderr)
		}
	}
	l.run("connect", "--alias", "acme", "--app", "other", "--json", "--timeout", "50ms").want(t, 2, "", `"portal":"acme"`)
	// The alias says which app, where there are several.
	l.connect("--alias", "acme").want(t, 0, "acme", "Reconnected acme")
	l.connect("--alias", "acme", "--portal", "62515", "--app", "MAIN").want(t, 0, "acme", "Reconnected acme")
}
