package sandbox

import (
	"testing"

	"go.uber.org/goleak"
)

// No test may leave a goroutine behind: what goes on after its test would go on in
// the program too.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
