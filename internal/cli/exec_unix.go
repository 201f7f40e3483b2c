//go:build unix

package cli

import (
	"context"
	"syscall"
)

// runInPlace becomes the command: same process id, terminal and signals, and the
// exit code is its own. It returns only when that fails.
func runInPlace(_ context.Context, path string, args, env []string) error {
	err := syscall.Exec(path, args, env)
	return cannotRun(path, err)
}
