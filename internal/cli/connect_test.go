package cli

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

func TestConnectAsJSON(t *testing.T) {
	l := newLab(t)
	l.addApp()
	r := l.connect("--alias", "first", "--json", "--portal", strconv.Itoa(acme))
	r.want(t, 0, `"alias":"first"`, "/authorize?")
	var c connectedJSON
	if err := json.Unmarshal([]byte(r.stdout), &c); err != nil {
		t.Fatal(err)
	}
	if c.Portal.HubID != acme || c.Replaced || c.MissingScopes == nil {
		t.Errorf("connected %+v", c)
	}
	r = l.connect("--portal", "first")
	r.want(t, 0, "first", "Reconnected first")
	l.run("list", "--json").want(t, 0, `"version":2`, "")
}

func TestConnectRefusesAnotherAccount(t *testing.T) {
	l := newConnected(t)
	if err := l.server.SetConsent(true, 771204, false); err != nil {
		t.Fatal(err)
	}
	l.connect("--portal", "acme").want(t, 1, "", "771204")
	l.run("list", "--json").want(t, 0, `"version":1`, "")
	l.connect("--portal", "acme", "--accept-other-portal").want(t, 0, "globex", "Connected globex")
}

func TestConnectDenied(t *testing.T) {
	l := newLab(t)
	l.addApp()
	if err := l.server.SetConsent(true, 0, true); err != nil {
		t.Fatal(err)
	}
	l.connect().want(t, 5, "", "/authorize?")
	l.run("list", "--json").want(t, 0, "[]\n", "")
}

func TestConnectErrors(t *testing.T) {
	l := newLab(t)
	l.run("connect").want(t, 3, "", "hsterm app add")
	l.addApp()
	l.run("connect", "--timeout", "50ms").want(t, 124, "", "redirect URI")
	l.run("connect", "--timeout", "1h").want(t, 2, "", "at most 10m")
	l.run("connect", "--alias", "two words").want(t, 2, "", "alias")
	l.run("connect", "--app", "mian").want(t, 3, "", "Did you mean main?")
	l.run("connect", "--portal", "nobody").want(t, 3, "", "nobody")
	l.run("connect", "--portal", "-5").want(t, 2, "", "hub id")
	occupy(t, l.redirect)
	l.run("connect").want(t, 1, "", "port")
}

func TestConnectByPaste(t *testing.T) {
	l := newLab(t)
	l.addApp()
	r := l.feed("code=hstermtestsecret\n", "connect", "--paste")
	r.want(t, 2, "", "ended without an address")
	if strings.Contains(r.stderr, "hstermtestsecret") {
		t.Errorf("the code is printed: %s", r.stderr)
	}
}
