//go:build scoreboard

package test

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"testing"
)

// The scoreboard counts what hsterm promises. A row is a test named TestRow and
// its number; it runs a quick set, or with HSTERM_SCOREBOARD=full the whole one:
//
//	go test -tags scoreboard -count=1 -v -timeout 2h -run '^TestRow' ./test

// trials is how often a row tries something.
func trials(quick, full int) int {
	if os.Getenv("HSTERM_SCOREBOARD") == "full" {
		return full
	}
	return quick
}

// seed is what the random choices of a row are made from, the same in every run
// unless HSTERM_SCOREBOARD_SEED is another.
func seed(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("HSTERM_SCOREBOARD_SEED")
	if text == "" {
		return 1
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("HSTERM_SCOREBOARD_SEED is no number: %v", err)
	}
	return n
}

// score is one line of the scoreboard.
type score struct {
	Row    int    `json:"row"`
	Figure string `json:"figure"` // what is counted
	Count  string `json:"count"`  // what came of it
	Seed   uint64 `json:"seed"`   // 0 where nothing is random
	Test   string `json:"test"`
	Full   bool   `json:"full"`
	Failed bool   `json:"failed"`
}

// publish prints a line of the scoreboard for test/scoreboard to collect. Call
// it last, also when the row has failed: the count is news then.
func publish(t *testing.T, s score) {
	t.Helper()
	s.Test, s.Full, s.Failed = t.Name(), trials(0, 1) == 1, t.Failed()
	line, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nSCORE %s\n", line)
}
