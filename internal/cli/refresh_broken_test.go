package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// newBroken is a lab with two portals whose app has a wrong client secret, which
// a refresh of acme found out.
func newBroken(t *testing.T) *lab {
	t.Helper()
	l := newConnected(t)
	l.connect("--portal", "771204").want(t, 0, "globex", "Connected")
	l.secret("hstermtestsecret-wrong")
	l.run("refresh", "acme").want(t, 8, "failed", "0 of 1")
	return l
}

// secret gives the app a client secret.
func (l *lab) secret(text string) {
	l.t.Helper()
	l.feed(text+"\n", "app", "edit", "main", "--client-secret-stdin").want(l.t, 0, "", "Changed")
}

func TestNamedPortalIsTriedWhateverWasRefused(t *testing.T) {
	l := newBroken(t)
	sent := l.requests("/token")
	l.run("refresh", "acme").want(t, 8, "failed", "0 of 1")
	if got := l.requests("/token") - sent; got != 1 {
		t.Errorf("%d requests for a portal that was named, want 1", got)
	}
	l.secret(l.server.Info().ClientSecret)
	l.run("refresh", "acme").want(t, 0, "refreshed", "")
	l.run("list", "--json").want(t, 0, `"status":"active"`, "")
}

func TestRefusedAppIsLeftAloneUntilEdited(t *testing.T) {
	l := newBroken(t)
	l.run("refresh", "globex").want(t, 8, "failed", "0 of 1") // the second that was refused
	sent := l.requests("/token")
	r := l.run("refresh", "--all")
	r.want(t, 8, "left alone", "0 of 2")
	if strings.Count(r.stdout, "left alone") != 2 || !strings.Contains(r.stdout, "hsterm app edit main") {
		t.Errorf("the rows are\n%s", r.stdout)
	}
	if got := l.requests("/token") - sent; got != 0 {
		t.Errorf("%d requests with an app nobody edited", got)
	}
	l.run("refresh", "--all", "--force").want(t, 8, "failed", "0 of 2")
	l.run("refresh", "--all").want(t, 8, "left alone", "0 of 2")
	l.secret("hstermtestsecret-wrong-too")
	l.run("refresh", "--all").want(t, 8, "failed", "0 of 2")
	l.run("refresh", "--all").want(t, 8, "left alone", "0 of 2")
	l.secret(l.server.Info().ClientSecret)
	l.run("refresh", "--all").want(t, 0, "refreshed", "2 of 2")
}

func TestBrokenPortalsThatAreDueAreTold(t *testing.T) {
	l := newConnected(t)
	if err := l.server.Revoke(acme); err != nil {
		t.Fatal(err)
	}
	l.run("refresh", "acme").want(t, 4, "failed", "0 of 1")
	l.run("refresh", "--due").want(t, 0, "", "Nothing to refresh.")
	in, out, err := l.file("in"), l.file("out"), l.file("err")
	later := func() time.Time { return time.Now().Add(time.Hour) }
	code := MainAt(later, []string{"refresh", "--due"}, in, out, err, l.environ())
	result{code: code, stdout: l.read(out), stderr: l.read(err)}.want(t, 4, "acme  left alone", "0 of 1")
}

func TestRefreshOfSeveralAsJSON(t *testing.T) {
	l := newBroken(t)
	if err := l.server.Revoke(771204); err != nil {
		t.Fatal(err)
	}
	l.secret(l.server.Info().ClientSecret)
	l.run("refresh", "globex", "--json").want(t, 4, `"outcome":"failed"`, `"message":"Grant refused`)
	r := l.run("refresh", "--all", "--json")
	r.want(t, 4, "[", `"message":"1 of 2 portals was not refreshed: Grant refused`)
	var rows []refreshJSON
	if err := json.Unmarshal([]byte(r.stdout), &rows); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(rows, func(a, b refreshJSON) int { return strings.Compare(a.Alias, b.Alias) })
	if rows[0].Outcome != "refreshed" || rows[1].Outcome != "left alone" || rows[1].Error.Class != "reconnect_required" {
		t.Errorf("the rows are %s", r.stdout)
	}
	var f failureJSON
	if err := json.Unmarshal([]byte(r.stderr), &f); err != nil {
		t.Fatalf("stderr is not one object: %v\n%s", err, r.stderr)
	}
	if f.Error.Portal != "globex" || !strings.Contains(f.Error.Hint, "hsterm connect --portal globex") {
		t.Errorf("the failure is %+v", f.Error)
	}
}

// A terminal sees no line that counts when it asked for JSON.
func TestRefreshAsJSONShowsNoProgress(t *testing.T) {
	l := newBroken(t)
	l.secret(l.server.Info().ClientSecret)
	s := l.open("refresh", "--all", "--json")
	s.ends(0)
	if strings.Contains(string(s.tty.Raw()), "refreshing") {
		t.Errorf("the terminal shows\n%s", s.tty.Raw())
	}
}

// Of a fleet one portal finds out that the app's secret is wrong.
func TestARefusedAppEndsTheRunForItsPortals(t *testing.T) {
	l := newConnected(t)
	l.connect("--portal", "771204").want(t, 0, "globex", "Connected")
	l.secret("hstermtestsecret-wrong")
	sent := l.requests("/token")
	r := l.run("refresh", "--all", "--concurrency", "1")
	r.want(t, 8, "failed", "0 of 2")
	if strings.Count(r.stdout, "left alone") != 1 {
		t.Errorf("the rows are\n%s", r.stdout)
	}
	if got := l.requests("/token") - sent; got != 1 {
		t.Errorf("%d requests with a secret that was refused", got)
	}
	l.run("refresh", "--all", "--force", "--concurrency", "1").want(t, 8, "failed", "0 of 2")
	if got := l.requests("/token") - sent; got != 3 {
		t.Errorf("%d requests with one run that insisted, want 3", got)
	}
}
