package test

import (
	"testing"

	"github.com/hsterm/hsterm/test/terminal"
)

// Where a person sits at a terminal, secrets are asked for and not echoed.
func TestSecretsAreAskedForWithoutEcho(t *testing.T) {
	const secret, passphrase = marker + "-typed", marker + "-phrase"
	w := newWorld(t)
	w.set("HSTERM_KEYRING=passphrase", "HSTERM_KEY=", "HSTERM_CLIENT_SECRET=")
	s := w.screen(terminal.Options{Cols: 100}, "app", "add", "main", "--client-id", "id", "--scope", "oauth")
	for _, ask := range []struct{ prompt, answer string }{
		{"New passphrase", passphrase}, {"again", passphrase}, {"secret", secret},
	} {
		s.see(ask.prompt)
		s.press(ask.answer, "enter")
	}
	s.ends(0)
	if got := s.Screen(); got.Contains(secret) || got.Contains(passphrase) {
		t.Errorf("what was typed is on the screen:\n%s", got.Text())
	}

	// Without a terminal nobody can be asked.
	if r := w.run("", "app", "add", "other", "--client-id", "id", "--scope", "oauth"); r.code != 9 || r.stdout != "" {
		t.Errorf("exit %d: %s", r.code, r.stderr)
	}
}
