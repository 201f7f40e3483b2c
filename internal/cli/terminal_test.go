package cli

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// session is hsterm in a terminal.
type session struct {
	t   *testing.T
	tty *terminal.Terminal
	cmd *exec.Cmd
	ctx context.Context
}

// open runs a command in a terminal.
func (h *home) open(args ...string) *session {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	h.t.Cleanup(cancel)
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(h.environ(), asProgram+"=1", "TERM=xterm-256color")
	tty, err := terminal.Start(cmd, terminal.Options{Cols: 100, Rows: 30})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = tty.Close() })
	return &session{h.t, tty, cmd, ctx}
}

func (s *session) expect(text string) {
	s.t.Helper()
	if _, err := s.tty.WaitText(s.ctx, text); err != nil {
		s.t.Fatalf("%v\n%s", err, s.tty.Screen().Text())
	}
}

func (s *session) answer(text string) {
	s.t.Helper()
	if err := s.tty.Send(text + "\r"); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) press(keys ...string) {
	s.t.Helper()
	if err := s.tty.Press(keys...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) ends(code int) {
	s.t.Helper()
	got, err := s.tty.Wait(s.ctx)
	if err != nil || got != code {
		s.t.Fatalf("it ended with %d (%v), want %d\n%s", got, err, code, s.tty.Screen().Text())
	}
}

func TestSecretIsAskedWithoutEcho(t *testing.T) {
	l := newLab(t)
	s := l.open(append([]string{"app", "add", "main"}, l.appFlags()...)...)
	s.expect("Client secret (not shown):")
	s.answer(l.server.Info().ClientSecret)
	s.ends(0)
	if strings.Contains(string(s.tty.Raw()), "hstermtestsecret") {
		t.Error("the secret is on the screen")
	}
	l.run("app", "check", "main").want(t, 0, "right", "Not proven")
}

func TestPassphraseIsChosenAndAsked(t *testing.T) {
	l := newLab(t)
	l.vars["HSTERM_KEYRING"], l.vars["HSTERM_KEY"] = "passphrase", ""
	l.vars["HSTERM_CLIENT_SECRET"] = l.server.Info().ClientSecret
	s := l.open(append([]string{"app", "add", "main"}, l.appFlags()...)...)
	s.expect("New passphrase (not shown):")
	s.answer("a good one")
	s.expect("The same again:")
	s.answer("another one")
	s.expect("The two differ.")
	s.answer("a good one")
	s.answer("a good one")
	s.ends(0)
	delete(l.vars, "HSTERM_CLIENT_SECRET")
	s = l.open("app", "show", "main")
	s.expect("Passphrase (not shown):")
	s.answer("a good one")
	s.ends(0)
	l.run("app", "show", "main").want(t, 9, "", "HSTERM_PASSPHRASE")
	l.vars["HSTERM_PASSPHRASE"] = "a good one"
	l.run("app", "show", "main").want(t, 0, "main", "")
}

func TestDisconnectIsTyped(t *testing.T) {
	l := newConnected(t)
	s := l.open("disconnect", "acme")
	s.expect("Type acme to remove it:")
	s.answer("no")
	s.ends(1)
	s = l.open("disconnect", "acme")
	s.expect("Type acme to remove it:")
	s.answer("acme")
	s.ends(0)
	l.run("list", "--json").want(t, 0, "[]", "")
}

func TestColourOnlyOnTerminals(t *testing.T) {
	l := newConnected(t)
	const escape = "\x1b["
	if r := l.run("list"); strings.Contains(r.stdout, escape) {
		t.Errorf("colour in a file: %q", r.stdout)
	}
	s := l.open("list")
	s.ends(0)
	if !strings.Contains(string(s.tty.Raw()), escape) {
		t.Error("no colour on a terminal")
	}
	l.vars["NO_COLOR"] = "yes"
	s = l.open("list")
	s.ends(0)
	if strings.Contains(string(s.tty.Raw()), escape) {
		t.Errorf("colour although NO_COLOR is set: %q", s.tty.Raw())
	}
}

func TestInterruptCancelsAConsent(t *testing.T) {
	l := newLab(t)
	l.addApp()
	s := l.open("connect")
	s.expect("Press ctrl-c to cancel.")
	if err := s.tty.Send("\x03"); err != nil {
		t.Fatal(err)
	}
	s.ends(130)
	l.run("list", "--json").want(t, 0, "[]", "")
}

func TestInterruptAtAQuestionRestoresTheTerminal(t *testing.T) {
	l := newLab(t)
	s := l.open(append([]string{"app", "add", "main"}, l.appFlags()...)...)
	s.expect("Client secret (not shown):")
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.ends(130)
	l.run("app", "list", "--json").want(t, 0, "[]", "")
}
