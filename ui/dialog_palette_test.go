package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestPaletteDoesWhatWasFound(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press(":")
		s.sees("refresh", "get a new access token now", "matches")
		s.typeText("sort")
		s.press("enter")
		if s.m.dialog != nil || s.m.list.order != byUrgency {
			s.t.Errorf("the list is sorted %s", s.m.list.order.word())
		}
		s.press("ctrl+p", "esc")
		if s.m.dialog != nil {
			s.t.Error("esc does not close it")
		}
	})
}

func TestPaletteGoesToAPortal(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("/")
		s.typeText("acme")
		s.press("enter", ":")
		s.typeText("globex")
		s.press("enter")
		if p, _ := s.m.selected(); p.Alias != "globex" || s.m.focus != focusList {
			s.t.Errorf("it went to %s", p.Alias)
		}
		if s.m.list.filter.active() {
			s.t.Error("a filter that hides the portal is still there")
		}
	})
}

func TestPaletteSaysWhatDoesNotWork(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("j", "j", "j") // a static token
		s.press(":")
		s.misses("not now")
		s.typeText("refresh")
		s.sees("not now: ")
		for i, o := range s.m.dialog.(*paletteDialog).found {
			if o.why != "" {
				for range i {
					s.press("down")
				}
				break
			}
		}
		s.press("enter")
		if s.m.dialog != nil || s.m.toasts.text == "" || s.fake.called("Refresh") > 0 {
			s.t.Errorf("it was tried: %q", s.m.toasts.text)
		}
	})
}

func TestPaletteFindsNothing(t *testing.T) {
	play(t, scenario, 80, 24, nil, func(s *stage) {
		s.press(":")
		s.typeText("zzzz")
		s.sees("Nothing here does that")
		s.press("enter", "down", "up")
		if s.m.dialog == nil {
			s.t.Error("enter on nothing closes it")
		}
	})
}

// Every size holds the palette, and every row of it.
func TestPaletteFits(t *testing.T) {
	for _, size := range [][2]int{{20, 4}, {40, 10}, {60, 16}, {80, 24}, {200, 60}} {
		play(t, scenario, size[0], size[1], nil, func(s *stage) {
			s.press(":")
			for range 60 {
				s.press("down")
			}
			s.typeText("e")
			s.press("pgdown", "pgup", "end")
		})
	}
}

// The best comes first, whatever the order it is offered in.
func TestPaletteRanks(t *testing.T) {
	offers := []offer{newOffer("reach", "scatters r-e-c"), newOffer("open", "a record"), newOffer("a rec", "x"), newOffer("rec", "x")}
	got := matching(offers, "rec")
	want := []string{"rec x", "a rec x", "open a record", "reach scatters r-e-c"}
	for i, o := range got {
		if o.about != want[i] {
			t.Errorf("%d is %q, not %q", i, o.about, want[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d found", len(got))
	}
	many := make([]offer, 10_000)
	for i := range many {
		many[i] = newOffer(fmt.Sprintf("portal-%d", i), "")
	}
	if n := len(matching(many, "p")); n != mostFound {
		t.Errorf("%d of many are kept", n)
	}
	if n := len(matching([]offer{{about: "x y", name: 1, why: "no"}}, "")); n != 0 {
		t.Error("what does not work is offered to who has not asked")
	}
}

// A portal that went while the palette was open leads nowhere.
func TestPalettePortalGone(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press(":")
		s.typeText("globex")
		s.m.list.set([]oauth.Portal{{ID: 1, Alias: "left", Kind: oauth.KindOAuth, ExpiresAt: s.m.now.Add(time.Hour)}}, s.m.now)
		s.press("enter")
		if p, _ := s.m.selected(); p.Alias != "left" {
			s.t.Errorf("it went to %s", p.Alias)
		}
	})
}
