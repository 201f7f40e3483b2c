//go:build scoreboard

package test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// held is a process of the program with failpoints that does not simply run to
// its end.
type held struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer  // read after ended
	ended          chan struct{} // closed when it has
	err            error         // set before
}

// hold starts a command, which ends when its context does, at the latest.
func hold(cmd *exec.Cmd) (*held, error) {
	h := &held{cmd: cmd, ended: make(chan struct{})}
	h.cmd.Stdout, h.cmd.Stderr, h.cmd.WaitDelay = &h.stdout, &h.stderr, patience/3
	if err := h.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		h.err = h.cmd.Wait()
		close(h.ended)
	}()
	return h, nil
}

// exit waits for the end and returns the exit code.
func (h *held) exit(limit time.Duration) (int, error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-h.ended:
		return h.cmd.ProcessState.ExitCode(), nil
	case <-timer.C:
		return 0, fmt.Errorf("it still runs after %s", limit)
	}
}

// await looks until something is so; that the process ends before is a failure.
func (h *held) await(what string, so func() bool) error {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-h.ended:
			if so() {
				return nil
			}
			return fmt.Errorf("it ended with %d instead of %s: %s", h.cmd.ProcessState.ExitCode(), what, h.stderr.String())
		case <-deadline.C:
			return fmt.Errorf("waited %s in vain for %s", patience, what)
		case <-tick.C:
		}
	}
	return nil
}

// stopped tells whether SIGSTOP has taken hold of all of the process.
func (h *held) stopped() bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", h.cmd.Process.Pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return strings.HasPrefix(state, "T")
}

func appeared(path string) func() bool {
	return func() bool {
		_, err := os.Lstat(path)
		return err == nil
	}
}
