//go:build unix

package cli

import (
	"context"
	"syscall"

	"github.com/hsterm/hsterm/oauth"
)

// runInPlace becomes the command: same process id, terminal and signals, and the
// exit code is its own. It returns only when that fails.
func runInPlace(_ context.Context, path string, args, env []string) error {
	err := syscall.Exec(path, args, env)
	return &oauth.Error{
		Class: oauth.ClassUsage, Err: err,
		Message: "The command " + path + " cannot be run: " + err.Error() + ".",
		Hint:    "Check that it is a program you may execute.",
	}
}
