//go:build scoreboard

package test

import (
	"fmt"
	"strings"
	"testing"
)

// clockBinary is the same with the built program and a server whose clock is off:
// tokens work, the difference is told, and told once.
func clockBinary(t *testing.T) int {
	good := 0
	for _, seconds := range []int{3600, -3600, 86400, -86400} {
		t.Run(fmt.Sprintf("binary, server %+d s", seconds), func(t *testing.T) {
			w := newWorld(t)
			s := w.sandbox("--auto-consent", "--rotate")
			w.app(s, "main")
			w.ok("connect", "--alias", "acme")
			if _, err := s.control("clock", fmt.Sprintf(`{"offset_seconds":%d}`, seconds)); err != nil {
				t.Fatal(err)
			}
			if err := s.look(); err != nil {
				t.Fatal(err)
			}
			w.ok("refresh", "acme")
			w.ok("api", "acme", "GET", "/account-info/2026-09/details")
			seen, err := s.calls()
			if n := count(seen, "refresh_token"); err != nil || n != 1 {
				t.Errorf("%d token calls, %v", n, err)
			}
			if p := w.portals()[0]; p.Status != "active" || p.Version != 2 || p.TTLSeconds < 1700 {
				t.Errorf("afterwards: %+v", p)
			}
			if n := strings.Count(w.ok("events", "acme", "--json"), "clock_skew"); n != 1 {
				t.Errorf("the clock was told of %d times", n)
			}
			if !t.Failed() {
				good++
			}
		})
	}
	return good
}
