package cli

import (
	"testing"

	"github.com/creack/pty"
)

func TestSecretIsNotReadWhereItWouldShow(t *testing.T) {
	l := newLab(t)
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = master.Close(), tty.Close() })
	for _, args := range [][]string{
		{"add-token", "hooli-key"},
		append([]string{"app", "add", "main", "--client-secret-stdin"}, l.appFlags()...),
	} {
		out, log := l.file("out"), l.file("err")
		code := Main(args, tty, out, log, l.environ())
		result{code: code, stdout: l.read(out), stderr: l.read(log)}.want(t, 2, "", "standard error is not a terminal")
	}
}
