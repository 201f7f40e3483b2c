//go:build scoreboard

package test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// signalPoints are where a process is when a signal comes, in the order of a
// refresh. Before it has sent anything it may leave; after, it has to commit.
func signalPoints() []string {
	return []string{"before-acquire", "after-acquire", "before-send", "on-the-wire", "after-answer", "in-commit"}
}

// signalTrial is one process that gets a signal at a point.
type signalTrial struct {
	*fleet
	i      int
	point  string
	signal syscall.Signal
	prefix string // of the files by which the process is held
	holder *held
}

// Row 4: a process gets SIGINT, SIGTERM or SIGHUP at a point of its refresh, hears
// of it there, and goes on. In the end what the server gave is stored, or nothing
// was sent: the server has seen as many refreshes as versions were stored, and what
// is stored works.
func TestRow04Signals(t *testing.T) {
	t.Parallel()
	hearHangups(t)
	program := pointedProgram(t)
	each := trials(2, 10)
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	points := signalPoints()
	f := newFleet(t, each*len(signals)*len(points), "strict")
	f.look()
	committed, unsent := 0, 0
	outcomes := make([]bool, len(f.portals)) // committed
	failures := make([]error, len(f.portals))
	f.each(len(f.portals), 4, func(i int) error {
		s := &signalTrial{fleet: f, i: i, point: points[i%len(points)], signal: signals[i/len(points)%len(signals)]}
		s.prefix = filepath.Join(f.dir, "held-"+alias(i))
		outcomes[i], failures[i] = s.try(program)
		return failures[i]
	})
	calls := f.refreshes()
	for i := range f.portals {
		want := map[bool]int{true: 1}[outcomes[i]]
		switch got := calls[f.hub(i)]; {
		case failures[i] != nil:
		case got != want:
			t.Errorf("%s at %s: %d token calls and %d new versions", signals[i/len(points)%len(signals)], points[i%len(points)], got, want)
		case outcomes[i]:
			committed++
		default:
			unsent++
		}
	}
	f.afterSignals()
	publish(t, score{
		Row: 4, Figure: "SIGINT, SIGTERM and SIGHUP at 6 points of a refresh",
		Count: fmt.Sprintf("%d of %d committed (%d) or not sent (%d)", committed+unsent, len(f.portals), committed, unsent),
	})
}

// hearHangups has the processes of a test hear SIGHUP although nohup, or what runs
// CI, may have told this one to ignore it: that would be inherited.
func hearHangups(t *testing.T) {
	t.Helper()
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(heard) })
}

// try runs one process to its end and tells whether it stored a new version.
func (s *signalTrial) try(program string) (committed bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	how := pointed{point: s.point + "=wait:" + s.prefix}
	if s.holder, err = hold(s.pointedCommand(ctx, program, how, "token", alias(s.i))); err != nil {
		return false, err
	}
	if err := s.holder.await("reaching "+s.point, appeared(s.prefix+".here")); err != nil {
		return false, err
	}
	if err := s.holder.cmd.Process.Signal(s.signal); err != nil {
		return false, err
	}
	if err := s.holder.await("hearing of "+s.signal.String(), appeared(s.prefix+".ending")); err != nil {
		return false, err
	}
	if err := os.WriteFile(s.prefix+".go", nil, 0o600); err != nil {
		return false, err
	}
	code, err := s.holder.exit(patience)
	if err != nil {
		return false, err
	}
	after, err := s.store.Portal(ctx, s.portals[s.i].ID)
	if err != nil {
		return false, err
	}
	committed = after.Version == s.portals[s.i].Version+1
	switch {
	case code != 130 || s.holder.stdout.Len() > 0:
		return committed, fmt.Errorf("%s at %s: exit %d: %s", s.signal, s.point, code, s.holder.stderr.String())
	case after.Lease.Owner != "":
		return committed, fmt.Errorf("%s at %s: the lease is kept", s.signal, s.point)
	case committed:
		return true, s.usable(s.i)
	case after.Version != s.portals[s.i].Version || sentAt(s.point):
		return false, fmt.Errorf("%s at %s: version %d after %d", s.signal, s.point, after.Version, s.portals[s.i].Version)
	}
	return false, nil
}

// afterSignals has every portal refreshed once more: a program that left before
// it had sent anything, or after it had stored all, leaves no trace.
func (f *fleet) afterSignals() {
	f.t.Helper()
	f.each(len(f.portals), 4, func(i int) error {
		if err := f.expire(i); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		r, err := finish(f.command(ctx, "token", alias(i)), "")
		if err != nil {
			return err
		}
		if r.code != 0 {
			return fmt.Errorf("the next refresh: exit %d: %s", r.code, r.stderr)
		}
		return f.works(r.stdout)
	})
}

// A person who is in a hurry gets out with a second signal, whatever is on the wire.
func TestRow04SecondSignal(t *testing.T) {
	t.Parallel()
	f := newFleet(t, 1, "off")
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	prefix := filepath.Join(f.dir, "held")
	h, err := hold(f.pointedCommand(ctx, pointedProgram(t), pointed{point: "on-the-wire=wait:" + prefix}, "token", alias(0)))
	if err != nil {
		t.Fatal(err)
	}
	for _, mark := range []string{".here", ".ending"} {
		if err := h.await("leaving a mark", appeared(prefix+mark)); err != nil {
			t.Fatal(err)
		}
		if err := h.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	if code, err := h.exit(patience); err != nil || code != 130 {
		t.Fatalf("exit %d, %v: %s", code, err, h.stderr.String())
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %s to quit", took)
	}
}

// A reader that goes away while the request is on the wire costs no token either.
func TestRow04ReaderGone(t *testing.T) {
	t.Parallel()
	f := newFleet(t, 1, "strict")
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	prefix := filepath.Join(f.dir, "held")
	cmd := f.pointedCommand(ctx, pointedProgram(t), pointed{point: "on-the-wire=wait:" + prefix}, "token", alias(0))
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	h := &held{cmd: cmd, ended: make(chan struct{})}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := h.await("reaching its point", appeared(prefix+".here")); err != nil {
		t.Fatal(err)
	}
	if err := stdout.(io.Closer).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(prefix+".go", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 141 {
		t.Errorf("exit %d: %s", code, stderr.String())
	}
	if err := f.usable(0); err != nil {
		t.Error(err)
	}
}
