package test

import (
	"net/http"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// let NAME FILE EXPR sets a variable to what a jq expression finds in JSON. It is
// for what a file must not hold, such as a secret.
func letCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: let NAME FILE EXPR")
	}
	value, err := evaluate(ts.ReadFile(args[1]), args[2])
	ts.Check(err)
	ts.Setenv(args[0], value)
}

// struck waits until every fault of the sandbox has struck: then the request that
// one delays is on its way.
func struckCommand(ts *testscript.TestScript, _ bool, _ []string) {
	s := castOf(ts).sandbox
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		text, err := s.send(http.MethodGet, "faults", "")
		ts.Check(err)
		left, err := evaluate(text, ".faults")
		ts.Check(err)
		if left == "0" {
			return
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			ts.Fatalf("after %s %s faults have not struck", patience, left)
		}
	}
}
