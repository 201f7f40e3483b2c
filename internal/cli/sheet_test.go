package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"one  two  three", 8, "one  two|three"},
		{"one  two  three", 80, "one  two  three"},
		{"crm.objects.contacts.read  tickets", 10, "crm.objects.contacts.read|tickets"},
		{"e-commerce  x", 4, "e-commerce|x"},
		{"a b ", 80, "a b"},
		{"", 5, ""},
		{"a b", -1, "a|b"},
	} {
		if got := wrap(c.text, c.width); !slices.Equal(got, strings.Split(c.want, "|")) {
			t.Errorf("%q at %d: %q", c.text, c.width, got)
		}
	}
}

func TestShowFitsTheTerminal(t *testing.T) {
	l := newConnected(t)
	s := l.open("show", "acme")
	s.ends(0)
	text := string(s.tty.Raw())
	for line := range strings.Lines(text) {
		if strings.Contains(line, "crm.objects") && ansi.StringWidth(strings.TrimSpace(line)) > 100 {
			t.Errorf("%q is wider than the terminal", line)
		}
	}
	for _, scope := range l.server.Info().Scopes {
		if !strings.Contains(text, scope) {
			t.Errorf("%s is cut or missing in %s", scope, text)
		}
	}
	l.run("show", "acme").want(t, 0, "\n              crm.objects.contacts.read\n", "")
	l.run("show", "acme").want(t, 0, "acme.com  production  na1", "")
	l.run("show", "acme").want(t, 0, "calls         0\n", "")
}
