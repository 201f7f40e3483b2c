package test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/hsterm/hsterm/test/terminal"
)

// settled is how long nothing has to be written for a screen to be at rest.
const settled = 30 * time.Millisecond

// shell runs a line of bash in a terminal.
func (w *world) shell(line string) *screen {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	w.t.Cleanup(cancel)
	cmd := exec.CommandContext(context.Background(), "bash", "--norc", "-c", line)
	cmd.Env, cmd.Dir = w.env, w.dir
	return w.watch(ctx, cmd, terminal.Options{})
}

// watch runs a command in a terminal that is closed with the test, and keeps
// what was written to it.
func (w *world) watch(ctx context.Context, cmd *exec.Cmd, o terminal.Options) *screen {
	w.t.Helper()
	running, err := terminal.Start(cmd, o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		_ = running.Close()
		file := filepath.Join(w.dir, "screen-"+strings.ReplaceAll(w.t.Name(), "/", "-"))
		if err := os.WriteFile(file, running.Raw(), 0o600); err != nil {
			w.t.Error(err)
		}
	})
	return &screen{running, w.t, ctx}
}
