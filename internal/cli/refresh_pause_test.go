package cli

import (
	"context"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// newThree is a lab with three portals of one app.
func newThree(t *testing.T) *lab {
	t.Helper()
	l := newConnected(t)
	l.connect("--portal", "771204").want(t, 0, "globex", "Connected")
	l.connect("--portal", "903344").want(t, 0, "northwind", "Connected")
	return l
}

// limit has the token endpoint say that there were too many calls.
func (l *lab) limit(times int, retryAfter string) {
	l.t.Helper()
	if err := l.server.AddFault(sandbox.Fault{Route: "token", Times: times, Kind: "rate_limit", RetryAfter: []string{retryAfter}}); err != nil {
		l.t.Fatal(err)
	}
}

// wantRequests fails unless the token endpoint saw so many since the last look.
func (l *lab) wantRequests(seen *int, want int) {
	l.t.Helper()
	now := l.requests("/token")
	if got := now - *seen; got != want {
		l.t.Errorf("%d token requests, want %d", got, want)
	}
	*seen = now
}

func TestRefreshOfAllWaitsForALimit(t *testing.T) {
	t.Parallel()
	l := newThree(t)
	seen := l.requests("/token")
	l.limit(2, "1")
	began := time.Now()
	r := l.run("refresh", "--all", "--concurrency", "1")
	r.want(t, 0, "refreshed", "3 of 3 refreshed.")
	if took := time.Since(began); took < 2*time.Second {
		t.Errorf("it waited %v, want two times a second", took)
	}
	// The first is refused, the others are not sent; again; then all of them.
	l.wantRequests(&seen, 1+1+3)
	if waits := strings.Count(r.stderr, "HubSpot asked to wait; going on at "); waits < 2 || waits > 3 || strings.Count(r.stdout, "\n") != 3 {
		t.Errorf("it said\n%s%s", r.stdout, r.stderr)
	}
}

func TestALongLimitIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	l := newThree(t)
	seen := l.requests("/token")
	l.limit(1, "300")
	r := l.run("refresh", "--all", "--concurrency", "1")
	r.want(t, 6, "left alone", "0 of 3 refreshed, 3 left alone.")
	l.wantRequests(&seen, 1)
	if strings.Count(r.stdout, "left alone") != 3 || strings.Contains(r.stderr, "going on") {
		t.Errorf("it said\n%s%s", r.stdout, r.stderr)
	}
	// Every process obeys, also for portals that were never limited themselves, and
	// whatever it is asked.
	l.run("refresh", "globex", "--force").want(t, 6, "left alone", "0 of 1")
	r = l.run("refresh", "--all", "--force", "--json")
	r.want(t, 6, `"outcome":"left alone"`, `"class":"rate_limited"`)
	if !strings.Contains(r.stdout, "The app main is paused until ") || strings.Count(r.stdout, `"class":"rate_limited"`) != 3 {
		t.Errorf("the rows are %s", r.stdout)
	}
	l.run("token", "globex", "--min-ttl", "2h").want(t, 6, "", "The app main is paused until ")
	l.run("token", "globex").want(t, 0, "hstermtestsecret", "")
	l.wantRequests(&seen, 0)
}

// Who is named hears at once what the server said.
func TestANamedPortalIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	l := newConnected(t)
	seen := l.requests("/token")
	l.limit(1, "1")
	l.run("refresh", "acme").want(t, 6, "failed", "0 of 1 refreshed, 1 failed.")
	l.wantRequests(&seen, 1)
}

func TestPatienceWithLimitsEnds(t *testing.T) {
	p := newProgram(nil, nil, nil, environment{}, time.Now)
	p.flags.json = true
	run := &refreshRun{p: p, patience: 3 * shortestWait / 2, progress: p.newProgress("refreshing", 1, 1)}
	paused := []refreshed{{err: &oauth.Error{Class: oauth.ClassRateLimited, RetryAt: time.Now()}}}
	if got := run.again(t.Context(), paused); len(got) != 1 || run.count.total() != 0 {
		t.Errorf("%v after %+v", got, run.count)
	}
	if got := run.again(t.Context(), paused); len(got) != 0 || run.count.leftAlone != 1 {
		t.Errorf("%v after %+v", got, run.count)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	run.patience = refreshPatience
	if got := run.again(stopped, paused); len(got) != 0 || run.count.skipped != 1 {
		t.Errorf("%v after %+v", got, run.count)
	}
}

func TestInterruptWhileWaitingForALimit(t *testing.T) {
	t.Parallel()
	l := newThree(t)
	l.limit(1, "30")
	s := l.open("refresh", "--all", "--concurrency", "1")
	s.expect("HubSpot asked to wait; going on at ")
	if err := s.tty.Send("\x03"); err != nil {
		t.Fatal(err)
	}
	s.ends(130)
	if text := s.tty.Screen().Text(); !strings.Contains(text, "0 of 3 refreshed, 3 not done.") || strings.Contains(text, "acme") {
		t.Errorf("it said\n%s", text)
	}
}

// What was sent is stored and told, what was not is not sent any more.
func TestInterruptOfManyRefreshes(t *testing.T) {
	t.Parallel()
	l := newThree(t)
	arrived, answer := l.holdTokens()
	seen := l.requests("/token")
	s := l.open("refresh", "--all", "--concurrency", "1")
	<-arrived
	s.expect("refreshing  0/3")
	if err := s.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	s.expect("Stopping.")
	answer()
	s.ends(130)
	text := s.tty.Screen().Text()
	for _, want := range []string{"refreshed", "1 of 3 refreshed, 2 not done.", "Interrupted."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	l.wantRequests(&seen, 1)
	if n := strings.Count(l.run("list", "--json").stdout, `"version":2`); n != 1 {
		t.Errorf("%d portals have new tokens, want 1", n)
	}
}
