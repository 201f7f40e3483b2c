package cli

import (
	"reflect"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// What the second signal does before the process ends, as far as a test can
// outlive it.
func TestTerminalIsSetAsItWas(t *testing.T) {
	control, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer control.Close()
	defer tty.Close()
	fd := int(tty.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		t.Fatal(err)
	}
	restore := terminalState(tty)
	if _, err := term.MakeRaw(fd); err != nil {
		t.Fatal(err)
	}
	restore()
	if after, err := term.GetState(fd); err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("the terminal is not set as before, %v", err)
	}
	terminalState(newHome(t).file("none"))() // no terminal: nothing happens
}

func TestLeavingHappensOnce(t *testing.T) {
	p := newProgram(nil, nil, nil, nil, time.Now)
	left := 0
	p.afterClose(func() { left++ })
	p.leave()
	p.close()
	if left != 1 {
		t.Errorf("it was left %d times", left)
	}
}
