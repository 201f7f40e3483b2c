package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/internal/sandbox"
)

// create is a contact that is to exist once.
func create(portal, email string) []string {
	return []string{"api", portal, "POST", contacts, "-d", `{"properties":{"email":"` + email + `"}}`}
}

// spoil lets the next requests of a route get another answer.
func (l *lab) spoil(f sandbox.Fault) {
	l.t.Helper()
	if err := l.server.AddFault(f); err != nil {
		l.t.Fatal(err)
	}
}

func TestUnknownOutcomeIsNotRepeated(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"the connection breaks": {Kind: "reset"},
		"the answer is lost":    {Kind: "reset", After: true},
		"a gateway answers":     {Status: 504},
		"the answer breaks off": {Kind: "truncate"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newConnected(t)
			fault.Route = "POST " + contacts
			l.spoil(fault)
			post := create("acme", "new@acme.com")
			if r := l.run(post...); r.code != 10 || !strings.Contains(r.stderr, "unknown") {
				t.Errorf("exit %d, %s", r.code, r.stderr)
			}
			sent := l.requests("/contacts")
			r := l.run(post...)
			if r.want(t, 10, "", "--force"); l.requests("/contacts") != sent {
				t.Error("it was sent again")
			}
			l.run(append(post, "--json")...).want(t, 10, "", `"class":"unknown_outcome"`)
			l.run(create("acme", "other@acme.com")...).want(t, 0, "other@acme.com", "")
			l.run("api", "acme", contacts).want(t, 0, "results", "")
			made := fault.After || fault.Kind == "truncate"
			if r := l.run(append(post, "--force")...); made != (r.code == 1) {
				t.Errorf("with --force: exit %d, %s", r.code, r.stderr) // 409: it had been carried out
			}
		})
	}
}

// A refusal is an answer: nothing is in doubt.
func TestARefusedWriteIsNotHeldBack(t *testing.T) {
	l := newConnected(t)
	post := create("acme", "new@acme.com")
	for _, status := range []int{400, 403, 409, 415} {
		l.spoil(sandbox.Fault{Route: "POST " + contacts, Status: status})
		if r := l.run(post...); r.code != 1 && r.code != 5 {
			t.Errorf("%d: exit %d", status, r.code)
		}
	}
	l.spoil(sandbox.Fault{Route: "POST " + contacts, Status: 423, RetryAfter: []string{"1"}})
	l.run(post...).want(t, 0, "new@acme.com", "")
}

func TestAnotherPortalIsNotHeldBack(t *testing.T) {
	l := newConnected(t)
	l.connect("--portal", "148231", "--alias", "other").want(t, 0, "other", "Connected other")
	l.spoil(sandbox.Fault{Route: "POST " + contacts, Kind: "reset"})
	l.run(create("acme", "new@acme.com")...).want(t, 10, "", "unknown")
	l.run(create("other", "new@acme.com")...).want(t, 0, "new@acme.com", "")
}

func TestAProtectedPortalIsNotWrittenTo(t *testing.T) {
	l := newConnected(t)
	l.run("protect", "acme", "on").want(t, 0, "", "is on")
	for _, args := range [][]string{
		create("acme", "new@acme.com"),
		{"api", "acme", "DELETE", contacts + "/1"},
		{"api", "acme", "PUT", contacts + "/1", "-d", "{}"},
	} {
		l.run(args...).want(t, 2, "", "protected")
	}
	l.run("api", "acme", "POST", contacts+"/search", "-d", "{}").want(t, 0, "results", "")
	l.run(slices.Concat(create("acme", "new@acme.com"), []string{"--force"})...).want(t, 0, "new@acme.com", "")
}
