//go:build scoreboard

package test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// stopPoints are where a process is stopped, in the order of a refresh. One that
// is stopped inside its commit keeps the database locked: see TestRow03InCommit.
func stopPoints() []string {
	return []string{"before-acquire", "after-acquire", "before-send", "on-the-wire", "after-answer", "after-save"}
}

// stopTrial is one portal whose refresh is stopped.
type stopTrial struct {
	*fleet
	i        int
	rotation string
	point    string
	holder   *held
	err      error // the first thing that went wrong
}

// spent tells whether a server that revokes everything on reuse has given out the
// next refresh token to a process that is stopped: whoever takes over can only
// use the old one, and nothing is left to anybody.
func (s *stopTrial) spent() bool {
	return s.rotation == "strict" && sentAt(s.point) && !storedAt(s.point)
}

// stopRow is row 3 in one of its two sets.
type stopRow struct {
	t       *testing.T
	program string // with failpoints
	lease   string // "" is the program's own
	lapse   time.Duration
	trials  []*stopTrial
}

// Row 3: processes are stopped (SIGSTOP) at a point of their refresh for longer
// than their lease. Others refresh the portals meanwhile, then the stopped ones go
// on. In the end every portal has a usable token, and its next refresh works.
//
// The whole set has the ordinary lease of 60 s and the ordinary program taking
// over; the quick one a lease of 12 s, which only the program with failpoints has.
func TestRow03Stop(t *testing.T) {
	t.Parallel()
	r := &stopRow{t: t, program: pointedProgram(t), lease: "12s", lapse: 13 * time.Second}
	if trials(0, 1) == 1 {
		r.lease, r.lapse = "", leaseLapse
	}
	r.add("off", trials(1, 10))
	r.add("grace", trials(1, 10))
	r.add("strict", trials(1, 4))
	ctx, cancel := context.WithTimeout(t.Context(), 10*patience)
	defer cancel()
	r.side(16, func(s *stopTrial) error { return r.stop(ctx, s) })
	pass(t, r.lapse)
	r.side(40, func(s *stopTrial) error { return r.takeOver(ctx, s) })
	r.side(16, func(s *stopTrial) error { return r.goOn(s) })
	usable, told := 0, 0
	r.side(16, r.judge)
	for _, s := range r.trials {
		switch {
		case s.err != nil:
			t.Errorf("%s, %s: %v", s.rotation, s.point, s.err)
		case s.spent():
			told++
		default:
			usable++
		}
	}
	all := len(r.trials)
	publish(t, score{
		Row: 3, Figure: "SIGSTOP beyond the lease at 6 points × refresh tokens kept, rotated, strictly rotated",
		Count: fmt.Sprintf("%d of %d left a usable token; apart from them %d of %d told why nothing can be left (spent by the stopped process, its reuse revokes all)",
			usable, all-r.spent(), told, r.spent()),
	})
}

func (r *stopRow) spent() (n int) {
	for _, s := range r.trials {
		if s.spent() {
			n++
		}
	}
	return n
}

// add makes trials at every point on a server of their own.
func (r *stopRow) add(rotation string, each int) {
	r.t.Helper()
	f := newFleet(r.t, each*len(stopPoints()), rotation)
	for i := range f.portals {
		r.trials = append(r.trials, &stopTrial{fleet: f, i: i, rotation: rotation, point: stopPoints()[i%len(stopPoints())]})
	}
}

// side does something for every trial that went well so far.
func (r *stopRow) side(together int, do func(*stopTrial) error) {
	r.t.Helper()
	next := make(chan *stopTrial)
	var all sync.WaitGroup
	for range together {
		all.Go(func() {
			for s := range next {
				if s.err == nil {
					s.err = do(s)
				}
			}
		})
	}
	for _, s := range r.trials {
		next <- s
	}
	close(next)
	all.Wait()
}

// stop runs the program until it has stopped itself.
func (r *stopRow) stop(ctx context.Context, s *stopTrial) (err error) {
	s.holder, err = hold(s.pointedCommand(ctx, r.program, pointed{point: s.point + "=stop", lease: r.lease}, "token", alias(s.i)))
	if err != nil {
		return err
	}
	return s.holder.await("stopping", s.holder.stopped)
}

// takeOver asks for the same token elsewhere. Every other stopped process goes on
// as soon as that one has the lease.
func (r *stopRow) takeOver(ctx context.Context, s *stopTrial) error {
	cmd := s.command(ctx, "token", alias(s.i))
	if r.lease != "" {
		cmd = s.pointedCommand(ctx, r.program, pointed{lease: r.lease}, "token", alias(s.i))
	}
	h, err := hold(cmd)
	if err != nil {
		return err
	}
	if s.i/len(stopPoints())%2 == 1 {
		if err := s.awaken(ctx, h); err != nil {
			return err
		}
	}
	_, err = h.exit(2 * patience) // what it came to is seen in the end
	return err
}

// awaken lets the stopped process go on when another has taken the portal over.
func (s *stopTrial) awaken(ctx context.Context, other *held) error {
	owner := fmt.Sprintf("cli %d", s.holder.cmd.Process.Pid)
	taken := func() bool {
		p, err := s.store.Portal(ctx, s.portals[s.i].ID)
		return err == nil && (p.Version > s.portals[s.i].Version || p.Lease.Owner != "" && p.Lease.Owner != owner)
	}
	if err := other.await("taking over", taken); err != nil {
		return err
	}
	return s.holder.cmd.Process.Signal(syscall.SIGCONT)
}

// goOn lets a stopped process finish.
func (r *stopRow) goOn(s *stopTrial) error {
	_ = s.holder.cmd.Process.Signal(syscall.SIGCONT) // it may have ended
	_, err := s.holder.exit(4 * patience)
	return err
}

// judge looks at what is stored in the end.
func (r *stopRow) judge(s *stopTrial) error {
	if s.spent() {
		return s.told()
	}
	if err := s.usable(s.i); err != nil {
		return fmt.Errorf("%w; the stopped process ended with %d: %s", err, s.holder.cmd.ProcessState.ExitCode(), s.holder.stderr.String())
	}
	if err := s.expire(s.i); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	result, err := finish(s.command(ctx, "token", alias(s.i)), "")
	if err != nil {
		return err
	}
	if result.code != 0 {
		return fmt.Errorf("the next refresh: exit %d: %s", result.code, result.stderr)
	}
	return s.works(result.stdout)
}

// told checks that the program says what it knows when such a grant turns out to be
// gone, whichever of the two processes came last: not that somebody revoked it.
func (s *stopTrial) told() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	r, err := finish(s.command(ctx, "refresh", "--force", alias(s.i)), "")
	if err != nil {
		return err
	}
	said := r.stdout + r.stderr
	if r.code != 4 || !strings.Contains(said, "outcome is unknown") || strings.Contains(said, "revoked") {
		return fmt.Errorf("exit %d: %s", r.code, said)
	}
	return nil
}

// A process that is stopped inside its commit keeps everybody out of the database.
// They say so and send nothing, and when it goes on, its tokens are stored.
func TestRow03InCommit(t *testing.T) {
	t.Parallel()
	f := newFleet(t, 1, "strict")
	f.look()
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	defer cancel()
	h, err := hold(f.pointedCommand(ctx, pointedProgram(t), pointed{point: "in-commit=stop", lease: "12s"}, "token", alias(0)))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.await("stopping", h.stopped); err != nil {
		t.Fatal(err)
	}
	other, err := hold(f.pointedCommand(ctx, pointedProgram(t), pointed{lease: "12s"}, "token", alias(0)))
	if err != nil {
		t.Fatal(err)
	}
	if code, err := other.exit(2 * patience); err != nil || code == 0 || code == 4 {
		t.Errorf("beside a locked database: exit %d, %v: %s", code, err, other.stderr.String())
	}
	if err := h.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	if code, err := h.exit(patience); err != nil || code != 0 {
		t.Errorf("exit %d, %v: %s", code, err, h.stderr.String())
	}
	if err := f.usable(0); err != nil {
		t.Error(err)
	}
	if n := f.refreshes()[f.hub(0)]; n != 1 {
		t.Errorf("the server saw %d refreshes", n)
	}
}
