package cli

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// crashDepth is how many functions of a panic are named.
const crashDepth = 12

// crashed describes a panic by its type and the functions it came through.
func crashed(value any) error {
	return &oauth.Error{
		Class:   oauth.ClassOther,
		Message: fmt.Sprintf("A defect of hsterm stopped it (%T).", value),
		Hint:    "Report this with what you did:\n" + strings.Join(running(), "\n"),
	}
}

// running names the functions on the stack, the innermost first, without their
// arguments.
func running() []string {
	var names []string
	counters := make([]uintptr, 64)
	frames := runtime.CallersFrames(counters[:runtime.Callers(2, counters)])
	for len(names) < crashDepth {
		frame, more := frames.Next()
		if strings.Contains(frame.Function, "hsterm") {
			names = append(names, fmt.Sprintf("%s:%d", frame.Function, frame.Line))
		}
		if !more {
			break
		}
	}
	return names
}
