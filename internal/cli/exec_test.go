package cli

import (
	"os"
	"testing"
)

func TestExecOfWhatCannotRun(t *testing.T) {
	l := newConnected(t)
	l.run("exec", "acme").want(t, 2, "", "needs COMMAND")
	l.run("exec", "acme", "--", "hsterm-has-no-such-command").want(t, 127, "", "There is no command")
	l.run("exec", "acme", "--", l.dir+"/none").want(t, 127, "", "There is no command")
	l.run("exec", "acme", "--", l.write("data.txt", "no program")).want(t, 126, "", "cannot be run: permission denied")
	l.run("exec", "acme", "--", l.dir).want(t, 126, "", "cannot be run")
	l.run("exec", "acme", "--json", "--", "hsterm-has-no-such-command").want(t, 127, "", `"class":"usage"`)
	broken := l.write("broken", "\x00 is in no format that a kernel knows")
	if err := os.Chmod(broken, 0o700); err != nil {
		t.Fatal(err)
	}
	l.run("exec", "acme", "--", broken).want(t, 126, "", "cannot be run: ")
}
