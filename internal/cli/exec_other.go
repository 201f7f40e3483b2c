//go:build !unix

package cli

import (
	"context"
	"errors"
	"os"
	"os/exec"
)

// runInPlace runs the command and hands on its exit code, where a process cannot
// become another program.
func runInPlace(_ context.Context, path string, args, env []string) error {
	cmd := exec.Command(path, args[1:]...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = env, os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ended):
		return &childExit{code: ended.ExitCode()}
	}
	return cannotRun(path, err)
}
