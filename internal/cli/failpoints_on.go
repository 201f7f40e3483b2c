//go:build failpoint && linux

package cli

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// The environment of a build with the tag failpoint. Lease and clock are times
// such as 12s or -61s; the request's limit becomes a sixth of the lease.
const (
	failpointEnv      = "HSTERM_FAILPOINT"
	failpointClockEnv = "HSTERM_FAILPOINT_CLOCK"
	failpointLeaseEnv = "HSTERM_FAILPOINT_LEASE"
)

// failpoints are places of a refresh at which this process is killed, stopped or
// held, the first time it gets there:
//
//	HSTERM_FAILPOINT=before-send=kill          SIGKILL
//	HSTERM_FAILPOINT=on-the-wire=stop          SIGSTOP, until somebody sends SIGCONT
//	HSTERM_FAILPOINT=in-commit=wait:PREFIX     makes PREFIX.here and waits for PREFIX.go;
//	                                           PREFIX.ending appears when the program ends meanwhile
type failpoints struct {
	point, action string
	prefix        string // of the files of a wait
	lease         time.Duration
	ending        func() bool
	http          func() *oauth.Client

	reached         sync.Once
	sending, saving atomic.Bool // only what happens in a refresh counts
	wire            sync.Mutex  // held from writing a request until its point is done
}

// failpointNames lists the points in the order a refresh gets to them.
func failpointNames() []string {
	return []string{
		"before-probe", "before-acquire", "after-acquire", "before-send", "on-the-wire", "after-answer",
		"in-commit", "after-save", "before-refuse", "after-refuse", "before-fail", "after-fail",
	}
}

// plantFailpoints has to run before the store is opened: what happens inside a
// commit is seen only on connections opened later. A misspelt point would prove
// nothing, so it ends the process.
func (p *program) plantFailpoints() {
	f := &p.failpoints
	f.ending, f.http = p.ending, p.client
	f.lease = durationOf(p.env, failpointLeaseEnv)
	if shift := durationOf(p.env, failpointClockEnv); shift != 0 {
		now := p.now
		p.now = func() time.Time { return now().Add(shift) }
	}
	text := p.env.get(failpointEnv)
	if text == "" {
		return
	}
	f.point, f.action, _ = strings.Cut(text, "=")
	f.action, f.prefix, _ = strings.Cut(f.action, ":")
	known := slices.Contains([]string{"kill", "stop"}, f.action) || f.action == "wait" && f.prefix != ""
	if !known || !slices.Contains(failpointNames(), f.point) {
		badFailpoint(text)
	}
	db.OnCommit(func() {
		if f.saving.Load() {
			f.at("in-commit")
		}
	})
}

func badFailpoint(text string) {
	fmt.Fprintf(os.Stderr, "%s is no failpoint: give POINT=kill, POINT=stop or POINT=wait:PREFIX\n", text)
	os.Exit(exitUsage)
}

func durationOf(env environment, name string) time.Duration {
	text := env.get(name)
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		badFailpoint(name + "=" + text)
	}
	return d
}

// ending tells whether the program lets no call begin any more.
func (p *program) ending() bool {
	leave, ok := p.unbroken.enter()
	if ok {
		leave()
	}
	return !ok
}

// at is called at every point, on the goroutine that got there.
func (f *failpoints) at(point string) {
	if point == f.point {
		f.reached.Do(f.act)
	}
}

func (f *failpoints) act() {
	switch f.action {
	case "kill":
		_ = unix.Kill(os.Getpid(), unix.SIGKILL)
		select {}
	case "stop":
		// To this thread: one sent to the process may go to another, and on a busy
		// machine this one would be well beyond its point by then.
		runtime.LockOSThread()
		_ = unix.Tgkill(os.Getpid(), unix.Gettid(), unix.SIGSTOP)
		runtime.UnlockOSThread()
	case "wait":
		f.wait()
	}
}

// wait is bounded, so that no process outlives a test that failed.
func (f *failpoints) wait() {
	const pause, limit = 2 * time.Millisecond, time.Minute
	leaveMark(f.prefix + ".here")
	told := false
	for range limit / pause {
		if _, err := os.Lstat(f.prefix + ".go"); err == nil {
			return
		}
		if !told && f.ending() {
			time.Sleep(10 * pause) // the refresher hears of it in the same moment
			leaveMark(f.prefix + ".ending")
			told = true
		}
		time.Sleep(pause)
	}
}

func leaveMark(path string) {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitOther)
	}
}
