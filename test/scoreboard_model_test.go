//go:build scoreboard

package test

import (
	"fmt"
	"testing"

	"github.com/hsterm/hsterm/test/model"
)

// Processes acquire, send, rotate, save, crash and stand still on one store in any
// order, while the clock jumps, the disk fills up and the user reconnects, removes
// and edits. After each step the store is what it has to be.
func TestRow08Model(t *testing.T) {
	runs, from := trials(300, 10_000), seed(t)
	var all model.Counts
	t.Run("lives", func(t *testing.T) { model.Check(t, &all, runs, from) })
	t.Log(all)
	kept := 0
	if !t.Failed() {
		kept = all.Runs
	}
	publish(t, score{
		Row: 8, Seed: from,
		Figure: "lives of a portal played on the real store, with every promise kept",
		Count:  fmt.Sprintf("%d of %d, %d steps", kept, runs, all.Steps),
	})
}
