package cli

import (
	"strings"
	"testing"

	"github.com/hsterm/hsterm/internal/sandbox"
)

// An account that is connected under two apps is not picked from by its hub id.
func TestConnectByHubIDOfTwoApps(t *testing.T) {
	l := newConnected(t)
	l.vars["HSTERM_CLIENT_SECRET"] = "hstermtestsecret"
	other, err := l.server.AddApp(sandbox.NewApp{})
	if err != nil {
		t.Fatal(err)
	}
	l.vars["HSTERM_CLIENT_SECRET"] = other.ClientSecret
	flags := append([]string{"app", "add", "other"}, l.appFlags()...)
	l.run(append(flags, "--client-id", other.ClientID)...).want(t, 0, "other", "Added")
	l.connect("--app", "other", "--portal", "62515", "--alias", "acme-other").want(t, 0, "acme-other", "Connected acme-other")

	l.run("token", "62515").want(t, 2, "", "acme (main), acme-other (other)")
	r := l.run("connect", "--portal", "62515", "--timeout", "50ms")
	r.want(t, 2, "", "acme (main), acme-other (other)")
	if strings.Contains(r.stderr, "/authorize") {
		t.Errorf("the browser opens: %s", r.stderr)
	}
	l.connect("--app", "other", "--portal", "62515").want(t, 0, "acme-other", "Reconnected acme-other")
	l.connect("--alias", "acme", "--portal", "62515").want(t, 0, "acme", "Reconnected acme")
}

// An app that asks for more than was granted says so wherever one would look.
func TestAppThatAsksForMoreSaysWhoToReconnect(t *testing.T) {
	l := newConnected(t)
	scopes := strings.Join(l.server.Info().Scopes, " ")
	l.run("app", "edit", "main", "--scope", scopes, "--scope", "crm.lists.read").want(t, 0, "", "hsterm connect --portal acme")
	l.run("show", "acme").want(t, 0, "The app asks for more now than was granted: hsterm connect --portal acme", "")
	l.run("show", "acme", "--json").want(t, 0, `"missing_scopes":["crm.lists.read"]`, "")
	l.run("app", "show", "main", "--json").want(t, 0, `"lacking":["acme"]`, "")
	l.run("app", "show", "main").want(t, 0, "The app asks for more now than they were granted.", "")
	l.connect("--portal", "acme").want(t, 0, "acme", "Newly granted: crm.lists.read")
	l.run("show", "acme", "--json").want(t, 0, `"missing_scopes":[]`, "")
	l.run("app", "show", "main", "--json").want(t, 0, `"lacking":[]`, "")
}
