package oauth

import (
	"testing"

	"go.uber.org/goleak"
)

// No test may leave a goroutine behind: a refresh or a callback server that
// outlives its caller would do so in the program too.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
