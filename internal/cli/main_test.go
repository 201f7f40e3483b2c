package cli

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// asProgram makes the test binary hsterm itself, for tests that need a process
// of its own: a terminal, a signal.
const asProgram = "HSTERM_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ()))
	}
	goleak.VerifyTestMain(m)
}
