//go:build scoreboard

package test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
)

// buildWithFailpoints builds the program that can be killed, stopped and held,
// beside the ordinary one.
var buildWithFailpoints = sync.OnceValues(func() (string, error) {
	path := binary() + "-failpoint"
	cmd := exec.Command("go", "build", "-tags", "failpoint", "-o", path, "..")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("the program with failpoints does not build: %w\n%s", err, out)
	}
	return path, nil
})

// pointed is a way to run the program with failpoints: what happens at a point,
// by which clock, and with which lease.
type pointed struct {
	point string // such as before-send=kill
	clock string // such as -61s; "" for the time it is
	lease string // such as 12s; "" for the program's own
}

func pointedProgram(t *testing.T) string {
	t.Helper()
	path, err := buildWithFailpoints()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// pointedCommand prepares the program with failpoints. It ends by itself when the
// test that runs it ends before.
func (w *world) pointedCommand(ctx context.Context, program string, how pointed, args ...string) *exec.Cmd {
	cmd := w.command(ctx, args...)
	cmd.Path, cmd.Args[0] = program, program
	cmd.Env = append(append([]string{}, w.env...),
		"HSTERM_FAILPOINT="+how.point, "HSTERM_FAILPOINT_CLOCK="+how.clock, "HSTERM_FAILPOINT_LEASE="+how.lease)
	return cmd
}

// killed tells whether a process ended by SIGKILL.
func killed(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}
