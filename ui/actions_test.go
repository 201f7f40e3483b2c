package ui

import (
	"slices"
	"strings"
	"testing"
)

// TestActionTable: ids are unique, nothing is dead, every action says what it
// does, and within a scope a key that belongs to two actions works for one of
// them at a time.
func TestActionTable(t *testing.T) {
	ids := map[string]bool{}
	for _, a := range table() {
		switch {
		case ids[a.id]:
			t.Errorf("two actions are called %s", a.id)
		case len(a.keys) == 0 || a.run == nil:
			t.Errorf("%s has no key or does nothing", a.id)
		case a.label == "" || a.help == "" || a.scope == "":
			t.Errorf("%s does not say what it does", a.id)
		case len(a.label) > 32 || strings.HasSuffix(a.help, "."):
			t.Errorf("%s: label %q, help %q", a.id, a.label, a.help)
		case slices.Contains(a.keys, " "):
			t.Errorf("%s is bound to a blank, which is called space", a.id)
		}
		ids[a.id] = true
	}
	if n := len(Actions(nil)); n != len(table()) {
		t.Errorf("%d actions are told to the outside, not %d", n, len(table()))
	}
}

// TestRequiredKeys: every key the product promises exists.
func TestRequiredKeys(t *testing.T) {
	all := map[string]bool{}
	for _, a := range table() {
		for _, k := range a.keys {
			all[k] = true
		}
	}
	for _, k := range strings.Fields("up down j k g G enter tab shift+tab 1 2 3 4 5 r t R s c n a / ? x y o q esc ctrl+c") {
		if !all[k] {
			t.Errorf("no action has the key %s", k)
		}
	}
}

// TestOneKeyOneAction: wherever keys go, none of them has two actions of the
// same scope that both work.
func TestOneKeyOneAction(t *testing.T) {
	for _, keys := range [][]string{nil, {"enter"}, {"2", "enter"}, {"3", "enter"}, {"4", "enter"}, {"5"}, {"?"}, {"a"}, {"a", "x"}, {"a", "n"}, {"n"}, {"c"}, {"c", "enter"}, {"c", "enter", "p"}, {"x"}, {"/"}, {"space"}, {"space", "t"}, {"space", "s"}} {
		play(t, scenario, 120, 36, nil, func(s *stage) {
			s.press(keys...)
			seen := map[string]string{}
			for _, a := range s.m.reachable() {
				if !s.m.enabled(a) {
					continue
				}
				for _, k := range a.keys {
					place := string(a.scope) + " " + k
					if other, taken := seen[place]; taken {
						s.t.Errorf("after %v: %s belongs to %s and %s", keys, place, other, a.id)
					}
					seen[place] = a.id
				}
			}
		})
	}
}

// TestFooterIsTrue: the footer names at most six keys, all of which work, and
// always the way to the others.
func TestFooterIsTrue(t *testing.T) {
	for _, keys := range [][]string{nil, {"j", "j", "j"}, {"j", "j", "j", "j"}, {"enter"}, {"4", "enter"}, {"/"}} {
		play(t, scenario, 120, 36, nil, func(s *stage) {
			s.press(keys...)
			hints := s.m.hints()
			if len(hints) == 0 || len(hints) > mostHints {
				s.t.Fatalf("after %v the footer names %d keys", keys, len(hints))
			}
			for _, a := range hints {
				if !s.m.enabled(a) {
					s.t.Errorf("after %v the footer names %s, which does not work", keys, a.id)
				}
			}
			if last := hints[len(hints)-1]; len(keys) != 1 && last.id != helpID {
				s.t.Errorf("after %v the last key is %s", keys, last.id)
			}
		})
	}
}

func TestMoving(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		for _, c := range []struct{ key, alias string }{
			{"down", "acme-sandbox"},
			{"j", "globex"},
			{"k", "acme-sandbox"},
			{"up", "acme-prod"},
			{"up", "acme-prod"},
			{"G", "umbrella"},
			{"j", "umbrella"},
			{"g", "acme-prod"},
			{"end", "umbrella"},
			{"home", "acme-prod"},
			{"pgdown", "umbrella"},
			{"pgup", "acme-prod"},
		} {
			s.press(c.key)
			if p, _ := s.m.selected(); p.Alias != c.alias {
				s.t.Fatalf("%s leads to %s, not %s", c.key, p.Alias, c.alias)
			}
		}
	})
}

func TestTabs(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("4")
		if s.m.tab != tabEvents || s.m.focus != focusDetail {
			s.t.Error("a number does not lead into its tab")
		}
		s.press("esc", "enter")
		if s.m.tab != tabEvents || s.m.focus != focusDetail {
			s.t.Error("enter does not lead into the tab that was open")
		}
		s.press("tab")
		if s.m.tab != tabDiagnose {
			s.t.Error("tab does not lead to the next tab")
		}
		s.press("tab", "shift+tab")
		if s.m.tab != tabDiagnose {
			s.t.Error("tab and shift+tab do not undo each other")
		}
		s.press("esc")
		if s.m.focus != focusList {
			s.t.Error("esc does not lead back")
		}
		s.press("t")
		if s.m.tab != tabAPI || s.m.focus != focusDetail {
			s.t.Error("t does not lead to the calls")
		}
	})
	play(t, scenario, 60, 24, nil, func(s *stage) {
		s.press("4")
		s.sees("refreshed")
		s.press("esc")
		s.sees("time to live")
	})
}

func TestEventsUnfold(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.press("4", "j", "j", "enter")
		s.sees("permission_denied", "403 Forbidden", "cli 4690")
		s.press("enter")
		s.misses("403 Forbidden")
	})
}

func TestHelpSearches(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("?")
		s.typeText("clipboard")
		s.sees("copy the access token")
		s.misses("previous portal")
		s.typeText("xyz")
		s.sees("No key does that.")
		s.press("esc")
		s.misses("No key does that.")
	})
}

func TestSortByUrgency(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("S", "g")
		s.sees("by urgency")
		if p, _ := s.m.selected(); p.Alias != "initech" {
			s.t.Errorf("%s comes first", p.Alias)
		}
		s.press("j")
		if p, _ := s.m.selected(); p.Alias != "umbrella" {
			s.t.Errorf("%s comes second", p.Alias)
		}
		s.press("S")
		if p, _ := s.m.selected(); p.Alias != "umbrella" {
			s.t.Error("the choice did not stay with its portal")
		}
	})
}
