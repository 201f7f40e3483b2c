package test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// What kills, stops or holds a process is not in the program that people get: no
// file of it is compiled, and nothing of its environment is in the binary.
func TestOrdinaryBuildHasNoFailpoints(t *testing.T) {
	const variable = "HSTERM_FAILPOINT"
	program, err := os.ReadFile(binary())
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(program, []byte(variable)) {
		t.Errorf("the binary knows %s", variable)
	}
	if !bytes.Contains(program, []byte("HSTERM_KEYRING")) {
		t.Error("the binary's own variables are not found: the search proves nothing")
	}
	for _, c := range []struct {
		tags string
		want int
	}{{"", 0}, {"failpoint", 3}} {
		cmd := exec.Command("go", "list", "-tags", c.tags, "-f", `{{join .GoFiles "\n"}}`, "../internal/cli", "../db")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, name := range strings.Fields(string(out)) {
			if strings.HasPrefix(name, "failpoint") && name != "failpoints.go" {
				got++
			}
		}
		if got != c.want {
			t.Errorf("tags %q: %d files of failpoints, want %d:\n%s", c.tags, got, c.want, out)
		}
	}
}
