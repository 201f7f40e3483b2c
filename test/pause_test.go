package test

import (
	"strings"
	"testing"
	"time"
)

// Two processes refresh the portals of one app when the server says that there are
// too many calls: from then on neither sends anything until the time is over.
func TestProcessesObeyOnePause(t *testing.T) {
	const (
		portals     = 6
		concurrency = 2 // of each process
		pause       = 2 * time.Second
	)
	w := newWorld(t)
	s := w.sandbox("--auto-consent")
	w.app(s, "main")
	for range portals {
		w.ok("connect")
	}
	if _, err := s.control("faults", `{"route":"token","times":1,"kind":"rate_limit","retry_after":2}`); err != nil {
		t.Fatal(err)
	}
	if err := s.look(); err != nil {
		t.Fatal(err)
	}
	for i, r := range w.together(2, func(int) []string { return []string{"refresh", "--all", "--concurrency", "2"} }) {
		if r.code != 0 || !strings.Contains(r.stderr, "6 of 6 refreshed.") {
			t.Errorf("process %d: exit %d\n%s%s", i, r.code, r.stdout, r.stderr)
		}
	}
	seen, err := s.calls()
	if err != nil {
		t.Fatal(err)
	}
	var until time.Time
	early := 0
	for _, c := range seen {
		switch {
		case c.Status == 429:
			until = c.Time.Add(pause)
		case c.Time.Before(until):
			early++
		}
	}
	// What was under way when the answer came could not be held back.
	if underway := 2*concurrency - 1; until.IsZero() || early > underway {
		t.Errorf("%d calls during the pause, %d could be under way: %+v", early, underway, seen)
	}
	for _, p := range w.portals() {
		if p.Version < 2 || p.Status != "active" {
			t.Errorf("%+v", p)
		}
	}
}
