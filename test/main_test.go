// Package test drives the built binary from outside: scripts of commands, a real
// terminal, a real browser, many processes at once, and servers by somebody else.
package test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// marker is inside every secret of these tests, so that a leak can be found.
const marker = "hstermtestsecret"

// binaryVariable carries the path of the binary from TestMain to the tests.
const binaryVariable = "HSTERM_TEST_BINARY"

func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"xdg-open": xdgOpen})
}

// suite builds the program once before the tests and removes it after them.
type suite struct{ m *testing.M }

func (s suite) Run() int {
	dir, err := os.MkdirTemp("", "hsterm-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // one test runs it as another user
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	path := filepath.Join(dir, "hsterm")
	build := exec.Command("go", "build", "-o", path, "..")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "the program does not build:", err)
		return 1
	}
	if err := os.Setenv(binaryVariable, path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return s.m.Run()
}

func binary() string { return os.Getenv(binaryVariable) }
