package cli

import (
	"encoding/json"
	"os"
	"syscall"
	"testing"
	"time"
)

func TestDemoPlaysEveryState(t *testing.T) {
	h := newHome(t)
	r := h.run("demo", "--json")
	r.want(t, 0, "acme-prod", "")
	var portals []portalJSON
	if err := json.Unmarshal([]byte(r.stdout), &portals); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, portal := range portals {
		got[portal.Alias] = demoState(portal)
	}
	for alias, want := range map[string]string{
		"acme-prod": "fresh", "acme-sandbox": "fresh", "globex": "fresh", "northwind": "due",
		"umbrella": "expired", "initech": "reconnect_required", "hooli-key": "static",
	} {
		if got[alias] != want {
			t.Errorf("%s is %s, want %s", alias, got[alias], want)
		}
	}
	if entries, err := os.ReadDir(h.dir); err != nil || len(entries) != 0 {
		t.Errorf("the demo left %v in the home, %v", entries, err)
	}
	h.run("demo").want(t, 0, "no expiry", "")
}

func demoState(portal portalJSON) string {
	const due = 2 * 60
	switch {
	case portal.Status != "active":
		return portal.Status
	case portal.TTLSeconds == nil:
		return "static"
	case time.Time(portal.ExpiresAt).IsZero():
		return "without expiry"
	case *portal.TTLSeconds <= 0:
		return "expired"
	case *portal.TTLSeconds <= due:
		return "due"
	}
	return "fresh"
}

func TestDemoLeavesNothingBehind(t *testing.T) {
	for name, leave := range map[string]func(*session){
		"quit": func(s *session) { s.press("q"); s.ends(0) },
		"signal": func(s *session) {
			if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				s.t.Fatal(err)
			}
			s.ends(130)
		},
		"closed window": func(s *session) {
			if err := s.tty.HangUp(); err != nil {
				s.t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHome(t)
			temp := t.TempDir()
			h.vars["TMPDIR"] = temp
			s := h.open("demo")
			s.expect("northwind")
			if entries, _ := os.ReadDir(temp); len(entries) != 1 {
				t.Fatalf("the store is not in TMPDIR: %v", entries)
			}
			leave(s)
			if entries, _ := os.ReadDir(temp); len(entries) != 0 {
				t.Errorf("%v is left behind", entries)
			}
		})
	}
}
