package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/hsterm/hsterm/internal/sandbox"
)

// Nobody reads what comes of the portals: every token that was sent for is stored
// all the same, or a rotating server would have ended the grants.
func TestRefreshOutlivesItsReader(t *testing.T) {
	l := newConnected(t, func(c *sandbox.Config) { c.Rotation = sandbox.RotationStrict })
	l.connect("--portal", "771204").want(t, 0, "globex", "Connected")
	for _, args := range [][]string{{"refresh", "--all", "--concurrency", "1"}, {"refresh", "--all", "--json"}} {
		if code, stderr := l.unread(args...); code != exitReaderGone || stderr != "" {
			t.Errorf("%q ended with %d and says %q", args, code, stderr)
		}
	}
	l.run("refresh", "--all").want(t, 0, "refreshed", "2 of 2")
	l.run("list", "--json").want(t, 0, `"version":4`, "")
}

// unread runs a command whose standard output is a pipe that nobody reads.
func (h *home) unread(args ...string) (code int, stderr string) {
	h.t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		h.t.Fatal(err)
	}
	_ = reader.Close()
	defer writer.Close()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	var words bytes.Buffer
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = append(h.environ(), asProgram+"=1"), writer, &words
	err = cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		h.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), words.String()
}
