package cli

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/hsterm/hsterm/internal/sandbox"
)

// A refresh whose answer is on its way when the signal comes is stored before
// the program ends: a rotating server would not give the tokens twice.
func TestSignalsWaitForTheCommit(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			l := newConnected(t, func(c *sandbox.Config) { c.Rotation = sandbox.RotationStrict })
			arrived, answer := l.holdTokens()
			s := l.open("refresh", "acme")
			<-arrived
			if err := s.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			s.expect("it goes on")
			answer()
			s.ends(130)
			l.run("list", "--json").want(t, 0, `"version":2`, "")
			l.run("refresh", "acme").want(t, 0, "refreshed", "")
		})
	}
}

// The same where nothing waits for the refresh but the end of the program.
func TestASignalToAnyCommandWaitsForTheCommit(t *testing.T) {
	l := newConnected(t, func(c *sandbox.Config) { c.Rotation = sandbox.RotationStrict })
	arrived, answer := l.holdTokens()
	s := l.open("token", "acme", "--min-ttl", "24h")
	<-arrived
	if err := s.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(s.ctx, drainLimit/10)
	defer cancel()
	if code, err := s.tty.Wait(ctx); err == nil {
		t.Fatalf("it ended with %d before the answer had come", code)
	}
	answer()
	s.ends(130)
	l.run("list", "--json").want(t, 0, `"version":2`, "")
}

func TestSecondSignalQuitsAtOnce(t *testing.T) {
	l := newConnected(t)
	arrived, _ := l.holdTokens()
	s := l.open("refresh", "acme")
	<-arrived
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.expect("it goes on")
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(s.ctx, drainLimit/2)
	defer cancel()
	if code, err := s.tty.Wait(ctx); err != nil || code != 130 {
		t.Fatalf("it ended with %d, %v", code, err)
	}
	l.run("list", "--json").want(t, 0, `"version":1`, "")
}

// holdTokens puts a server between hsterm and the sandbox that holds the first
// answer of the token endpoint back until it is told to give it.
func (l *lab) holdTokens() (arrived <-chan struct{}, answer func()) {
	l.t.Helper()
	came, held := make(chan struct{}, 8), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/token") {
			came <- struct{}{}
			<-held
		}
		l.server.Handler().ServeHTTP(w, r)
	}))
	l.t.Cleanup(server.Close)
	answer = sync.OnceFunc(func() { close(held) })
	l.t.Cleanup(answer) // or the server would wait for its answer for ever
	l.run("app", "edit", "main", "--api-url", server.URL).want(l.t, 0, "", "Changed")
	return came, answer
}
