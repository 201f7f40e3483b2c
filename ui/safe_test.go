package ui

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
)

func TestSafe(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"acme", "acme"},
		{"Ünïcode 日本 ✓", "Ünïcode 日本 ✓"},
		{"\x1b[2J", `\x1b[2J`},
		{"a\x00b\x07c\x7fd", `a\x00b\x07c\x7fd`},
		{"one\ntwo\ttab\r", `one\x0atwo\x09tab\x0d`},
		{"\u009b31m", `\x9b31m`},
		{"\x9b31m", `\x9b31m`},
		{"\u202egnp.exe", `\u202egnp.exe`},
		{"\u2066a\u2069", `\u2066a\u2069`},
		{"a\u200bb\u200dc\ufeffd", `a\u200bb\u200dc\ufeffd`},
		{"a\U000e0041", `a\U000e0041`},
		{"\ue000\U000f0000", `\ue000\U000f0000`},
		{"a\u00a0b\u3000c", "a b c"},
		{"\u2028\u2029", `\u2028\u2029`},
		{"\u3164\u2800\ufe0f", `\u3164\u2800\ufe0f`},
		{"\xff\xc0\xaf", `\xff\xc0\xaf`},
		{"e" + strings.Repeat("\u0301", 40), "e" + strings.Repeat("\u0301", mostMarks)},
	} {
		if got := Safe(c.in); got != c.want {
			t.Errorf("Safe(%q) = %q, not %q", c.in, got, c.want)
		}
	}
	if got, want := SafeText("a\r\nb\tc\x1b]0;x\x07"), "a\nb    c"+`\x1b]0;x\x07`; got != want {
		t.Errorf("SafeText gave %q, not %q", got, want)
	}
}

func FuzzSafe(f *testing.F) {
	for _, seed := range []string{"acme", "\x1b]52;c;aGk=\x07", "\u202e\u200d\x9b", "日本é́́́́́́", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out := Safe(in)
		for _, r := range out {
			if !unicode.IsPrint(r) || invisible(r) || r == unicode.ReplacementChar && !strings.ContainsRune(in, r) {
				t.Errorf("Safe(%q) holds U+%04X", in, r)
			}
		}
		if ansi.Strip(out) != out {
			t.Errorf("Safe(%q) holds an escape sequence", in)
		}
		if again := Safe(out); again != out {
			t.Errorf("Safe(Safe(%q)) is %q", in, again)
		}
	})
}

// TestHostileStore: whatever a store or a server says, no byte of it reaches the
// terminal as anything but a visible character.
func TestHostileStore(t *testing.T) {
	const evil = "\x1b]0;owned\x07\x1b[2J\u202e\u009b31m\u200b\n\r\t"
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.fake.change(func() {
			for i := range s.fake.portals {
				p := &s.fake.portals[i]
				for _, f := range []*string{&p.Alias, &p.AppName, &p.ClientID, &p.HubDomain, &p.User, &p.TokenHint, &p.AccountType, &p.UIDomain, &p.Region, &p.TokenType, &p.StatusReason, &p.Lease.Owner} {
					*f += evil
				}
				p.Scopes = []string{evil, "scope" + evil}
			}
			for i := range s.fake.apps {
				a := &s.fake.apps[i]
				a.Name, a.ClientID, a.AuthorizeURL, a.APIURL = a.Name+evil, a.ClientID+evil, a.AuthorizeURL+evil, a.APIURL+evil
				a.RedirectURIs, a.Scopes, a.OptionalScopes = []string{evil}, []string{evil}, []string{evil}
			}
			for i := range s.fake.events {
				e := &s.fake.events[i]
				e.Detail, e.Actor, e.CorrelationID, e.Kind = evil, evil, evil, oauth.EventKind("x"+evil)
			}
		})
		s.fake.consent = nil
		s.pass(2 * pollPace)
		for _, keys := range [][]string{
			{}, {"enter"}, {"2"}, {"3"}, {"4", "enter"}, {"5"}, {"esc", "x"}, {"esc", "c"}, {"enter"}, {"esc", "esc", "a"}, {"t"}, {"x"}, {"esc", "esc", "n"}, {"esc", "o"}, {"G", "k", "k", "enter", "5"},
		} {
			s.press(keys...)
			view := s.m.View()
			for _, bad := range []string{"\x1b]0;owned", "\x1b[2J", "\u202e", "\u009b", "\u200b"} {
				if strings.Contains(view.Content, bad) || strings.Contains(view.WindowTitle, bad) {
					s.t.Fatalf("after %v the screen holds %q", keys, bad)
				}
			}
		}
	})
}
