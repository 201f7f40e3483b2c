package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// eventful is the scenario with n calls of the first portal, the newest with the
// highest id.
func eventful(n int) func(func() time.Time) *fakeBackend {
	return func(now func() time.Time) *fakeBackend {
		f := scenario(now)
		f.events = nil
		for i := range n {
			e := oauth.Event{
				ID: int64(n - i), PortalID: 1, Alias: "acme-prod", Kind: oauth.EventCall, Outcome: oauth.OutcomeOK,
				At: now().Add(-time.Duration(i) * time.Minute), Detail: fmt.Sprintf("GET /call/%d", n-i), Status: 200, Actor: "cli 1",
			}
			f.events = append(f.events, e)
		}
		return f
	}
}

func TestEventsAreFilteredByKindOutcomeAndWords(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.press("4")
		s.sees("49 events", "following", "version 213")
		s.press("f")
		s.sees("failed only", "1 of 49 events", "14:23:07")
		s.misses("version 213")
		s.press("f", "v")
		s.sees("2 of 49 events", "GET /crm/objects")
		s.misses("version 213")
		s.press("v")
		s.sees("47 of 49 events")
		s.press("v", "/")
		s.typeText("f403") // a letter that is a command elsewhere is text here
		s.sees("No event matches", "/ f403")
		s.press("backspace", "backspace", "backspace", "backspace")
		s.typeText("403 DEALS")
		s.sees("1 of 49 events")
		s.press("enter", "j")
		s.sees("/ 403 DEALS", "1 of 49 events")
		s.press("esc")
		s.sees("49 events", "version 213")
		if s.m.focus != focusDetail {
			s.t.Error("the first esc left the tab with the filter")
		}
		s.press("esc")
		if s.m.focus != focusList {
			s.t.Error("the second esc did not go back to the list")
		}
	})
}

func TestAnEventShowsAllItsFields(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.press("4", "j", "j", "enter")
		s.sees("failed", "permission_denied", "403 Forbidden", "96 ms", "22 November 2026 14:23:07", "cli 4690", "event        998", "019cd9fe")
		s.press("enter")
		s.misses("403 Forbidden")
	})
}

func TestOlderEventsAreReadAtTheEnd(t *testing.T) {
	play(t, eventful(450), 120, 36, frozen, func(s *stage) {
		s.press("4")
		s.sees("last 200 events")
		reads := s.fake.called("Events")
		s.press("G")
		s.sees("last 400 events", "GET /call/251")
		s.press("G")
		s.sees("450 events", "GET /call/51")
		s.press("G", "G")
		s.sees("GET /call/1\n")
		if got := s.fake.called("Events") - reads; got != 2 {
			s.t.Errorf("%d reads for two pages", got)
		}
		s.fake.change(func() {
			newest := s.fake.events[0]
			newest.ID, newest.Detail = 451, "GET /call/451"
			s.fake.events = append([]oauth.Event{newest}, s.fake.events...)
		})
		s.send(pollMsg{})
		s.sees("451 events", "GET /call/1\n")
		for i, e := range s.m.panes.events.events(s.m.scene()) {
			if e.ID != int64(451-i) {
				s.t.Fatalf("event %d is number %d", e.ID, i)
			}
		}
	})
}

func TestFollowingStaysOnTheNewestEvent(t *testing.T) {
	play(t, eventful(60), 120, 36, frozen, func(s *stage) {
		next := func(id int64) {
			s.fake.change(func() {
				e := s.fake.events[0]
				e.ID, e.Detail = id, fmt.Sprintf("GET /call/%d", id)
				s.fake.events = append([]oauth.Event{e}, s.fake.events...)
			})
			s.send(pollMsg{})
		}
		chosen := func() int64 {
			p := s.m.panes.events
			events := p.events(s.m.scene())
			return events[p.at(events)].ID
		}
		s.press("4")
		next(61)
		if chosen() != 61 {
			s.t.Errorf("follows, and is on %d", chosen())
		}
		s.press("j")
		s.misses("following")
		next(62)
		if chosen() != 60 {
			s.t.Errorf("does not follow, and is on %d", chosen())
		}
		s.press("F")
		s.sees("following")
		if chosen() != 62 {
			s.t.Errorf("follows again, and is on %d", chosen())
		}
	})
}

// A failure to read what is older is said, and what is there stays.
func TestOlderEventsThatCannotBeRead(t *testing.T) {
	play(t, eventful(450), 80, 24, frozen, func(s *stage) {
		s.press("4")
		p := s.m.panes.events
		cmd := p.update(s.m.scene(), result{key: olderKey(s.m.scene()), err: &oauth.Error{Class: oauth.ClassStore, Message: "the store is locked"}})
		s.run(cmd)
		s.settle()
		s.sees("the store is locked")
		if n := len(p.events(s.m.scene())); n != 200 {
			s.t.Errorf("%d events are left", n)
		}
	})
}

func TestEventsFitEverywhere(t *testing.T) {
	for _, size := range [][2]int{{20, 4}, {40, 10}, {72, 24}, {110, 12}, {200, 60}} {
		play(t, eventful(120), size[0], size[1], frozen, func(s *stage) {
			s.press("4", "j", "enter", "f", "f", "/")
			s.typeText(strings.Repeat("call ", 30))
			s.send(tea.PasteMsg{Content: "\x1b[31mred\nline"})
			s.press("enter", "G", "g")
		})
	}
}
