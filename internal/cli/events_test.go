package cli

import (
	"regexp"
	"testing"
)

func TestEventsSayHowItEnded(t *testing.T) {
	l := newConnected(t)
	l.run("api", "acme", "/crm/objects/2026-09/contacts/0").want(t, 1, "OBJECT_NOT_FOUND", "no such object")
	l.run("api", "acme", "/crm/objects/2026-09/contacts?limit=1").want(t, 0, "{", "")
	text := l.run("events", "acme").stdout
	for _, want := range []string{
		`  acme +failed  call +404  GET /crm/objects/2026-09/contacts/0  rejected\n`,
		`  acme +ok      call +200  GET /crm/objects/2026-09/contacts\n`,
		`  acme +ok      connected +-  `,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no line like %s in\n%s", want, text)
		}
	}
	s := l.open("events", "acme")
	s.expect("✕")
	s.ends(0)
	s = l.open("events", "acme", "--ascii")
	s.expect("failed")
	s.ends(0)
}

func TestEventsOfAPortalThatIsGone(t *testing.T) {
	l := newConnected(t)
	l.connect("--portal", "148231", "--alias", "acme-prod").want(t, 0, "acme-prod", "Connected")
	l.run("disconnect", "acme", "--yes").want(t, 0, "", "Removed")
	l.run("events", "acme").want(t, 0, "disconnected", "")
	l.run("events", "acm").want(t, 0, "acme-prod", "")
	l.run("events", "acme-prd").want(t, 3, "", "acme-prod")
}

func TestFollowLosesNothing(t *testing.T) {
	l := newConnected(t)
	s := l.open("events", "acme", "-f", "-n", "1")
	s.expect("connected")
	for _, id := range []string{"91", "92", "93"} {
		l.run("api", "acme", contacts+"/"+id).want(t, 1, "OBJECT_NOT_FOUND", "no such object")
	}
	for _, id := range []string{"91", "92", "93"} {
		s.expect("/" + id + "  rejected")
	}
	if err := s.tty.Send("\x03"); err != nil {
		t.Fatal(err)
	}
	s.ends(130)
}
