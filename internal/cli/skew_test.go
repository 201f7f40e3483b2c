package cli

import (
	"strings"
	"testing"
	"time"
)

func TestAClockThatIsOffIsTold(t *testing.T) {
	const off = "clock is 2h0m0s behind the server's"
	l := newConnected(t)
	l.server.SetClockOffset(2 * time.Hour)
	if r := l.run("refresh", "acme"); r.code != 0 || !strings.Contains(r.stderr, off) {
		t.Errorf("exit %d: %s", r.code, r.stderr)
	}
	if r := l.run("list"); strings.Contains(r.stderr, "clock") {
		t.Errorf("told without having asked a server: %s", r.stderr)
	}
	l.server.SetClockOffset(0)
	if r := l.run("refresh", "acme"); r.code != 0 || strings.Contains(r.stderr, "clock") {
		t.Errorf("exit %d: %s", r.code, r.stderr)
	}
}
