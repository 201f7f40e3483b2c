package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestKeymapIsTidied(t *testing.T) {
	got, err := Keymap{"portal.refresh": {"alt+ctrl+r", "R", "R"}, "list.refresh-due": {"f5"}, "portal.keep-fresh": nil}.Tidy()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"ctrl+alt+r", "R"}; !slices.Equal(got["portal.refresh"], want) {
		t.Errorf("%q, not %q", got["portal.refresh"], want)
	}
}

// What is wrong with a binding is said in words that name the id or the key.
func TestKeymapMistakes(t *testing.T) {
	for _, c := range []struct {
		id, key, want string
	}{
		{"portal.refesh", "r", `no action "portal.refesh"`},
		{"portal.refresh", "rr", `"rr" is not the name of a key`},
		{"portal.refresh", "crtl+r", `"crtl" is not held`},
		{"portal.refresh", "", `is not the name of a key`},
		{"portal.refresh", "\x1b", `is not the name of a key`},
		{"portal.refresh", "shift+r", "write what it types"},
		{"portal.refresh", "ctrl+R", "capital letter"},
		{"portal.refresh", "ctrl+i", "Most terminals send tab"},
		{"portal.refresh", " ", `called "space"`},
		{"portal.refresh", "n", `"n" is also the key of portal.new (new portal)`},
		{"portal.refresh", "q", `"q" is also the key of quit`},
		{"portal.refresh", "j", `"j" is also the key of list.down`},
		{"tabs.next", "1", `"1" is also the key of tab.overview`},
		{"filter.keep", "x", "takes text"},
	} {
		_, err := Keymap{c.id: {c.key}}.Tidy()
		var wrong *KeymapError
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Message, c.want) {
			t.Errorf("%s = %q: %v, not %q", c.id, c.key, err, c.want)
			continue
		}
		if wrong.ID != c.id || wrong.Hint == "" {
			t.Errorf("%s = %q: blames %q, hint %q", c.id, c.key, wrong.ID, wrong.Hint)
		}
	}
	if _, err := (Keymap{"quit.now": nil}).Tidy(); err == nil {
		t.Error("the way out can be taken away")
	}
}

// What hides a key on purpose, a tab's over that of all, stays possible, and so do
// two that change places.
func TestKeymapAllows(t *testing.T) {
	for _, k := range []Keymap{
		{"scopes.probe": {"r"}},
		{"portal.refresh": {"n"}, "portal.new": {"r"}},
		{"portal.refresh": {"+"}, "portal.connect": {"ctrl++"}, "portal.open": {"ß"}},
		{"apps.connect": {"enter"}},
	} {
		if _, err := k.Tidy(); err != nil {
			t.Errorf("%v: %v", k, err)
		}
	}
}

// TestTheTableIsTidy: the keys hsterm comes with follow the rules for others.
func TestTheTableIsTidy(t *testing.T) {
	for _, a := range table() {
		for _, key := range a.keys {
			if got, trouble := parseKey(key); trouble != "" || got != key {
				t.Errorf("%s: %q would be %q %s", a.id, key, got, trouble)
			}
		}
	}
}

func TestReboundKeys(t *testing.T) {
	rebind := func(o *Options) {
		o.Now = noon
		o.Keys = Keymap{"portal.refresh": {"f5"}, "portal.connect": {"ctrl+r"}, "portal.test": nil, "tab.api": {"f2"}, "list.filter": nil}
	}
	play(t, scenario, 120, 36, rebind, func(s *stage) {
		s.sees("f5 refresh", "f2 API")
		s.misses("r refresh", "/ filter", "   2 API", "t test endpoint")
		s.press("r", "2")
		if s.fake.called("Refresh") > 0 || s.m.tab != tabOverview {
			s.t.Error("the old key still works")
		}
		s.press("?")
		s.typeText("refresh")
		s.sees("f5")
		s.press("esc", ":")
		s.typeText("test endpoint")
		s.press("enter")
		if s.m.tab != tabAPI {
			s.t.Error("the palette does not find what has no key")
		}
		s.press("1", "esc", "j", "j", "j", "j")
		s.sees("ctrl+r  reconnect")
		s.misses("c  reconnect ")
	})
}
