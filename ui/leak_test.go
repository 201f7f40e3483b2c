package ui

import (
	"testing"

	"go.uber.org/goleak"
)

// No test may leave a goroutine behind: what goes on after its test would go on in
// the program too. A tick of Bubble Tea's cannot be called back, and ends with its
// time; only the benchmarks run whole programs that leave some.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("charm.land/bubbletea/v2.Tick.func1"))
}
