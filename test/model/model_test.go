package model

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A few of the lives that row 8 of the scoreboard plays by the thousand.
func TestLivesOfAPortal(t *testing.T) {
	var all Counts
	Check(t, &all, 50, 1)
	t.Log(all)
}
