package ui

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/api"
)

// The filter follows the typing, says what is wrong with it beside the last result
// that worked, and goes away with esc.
func TestAPIFiltersWithJQ(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		play(t, scenario, size[0], size[1], frozen, func(s *stage) {
			s.answers(200, "application/json", string(contactList(30)), nil)
			s.find("list contacts")
			s.press("enter", "|")
			s.typeText(".results[].properties.email")
			s.sees("30 results", `"person0@acme.com",`)
			s.misses(`"results"`)
			s.typeText(" | .[")
			s.sees("The jq expression does not work", `"person0@acme.com"`)
			s.press("backspace", "backspace")
			s.typeText("ascii_upcase")
			s.sees(`"PERSON0@ACME.COM"`)
			s.misses("does not work")
			s.press("enter", "/")
			s.typeText("PERSON29")
			s.sees("1 of 1")
			s.press("esc", "y")
			if len(s.clipboard) != 1 || s.clipboard[0][:20] != `["PERSON0@ACME.COM",` {
				s.t.Errorf("clipboard %.60q", s.clipboard)
			}
			s.press("esc")
			s.sees(`"results"`)
			s.press("|")
			s.typeText(".results[3].id")
			s.sees("1 result", `▌ "`)
			s.press("ctrl+u")
			s.sees(`"results"`)
			s.press("esc", "esc")
			s.sees("List contacts")
		})
	}
}

// A filter that does not end is ended, and keys go on meanwhile.
func TestAPIFilterEnds(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(200, "text/html", "<html>", nil)
		s.press("t", "enter", "|")
		s.typeText(".")
		s.sees("not a JSON document")
		s.press("esc")
		s.misses("not a JSON document")
	})
	a := newAnswer(call{}, api.Response{Body: []byte(`{"a":[]}`)}, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := runSieve(ctx, a, `last(repeat(1))`); err == nil {
		t.Error("it went on for ever")
	}
}

func TestAPIShowsTheBodyAsItCame(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(200, "application/json", oneContact, nil)
		s.find("list contacts")
		s.press("enter", "v")
		s.sees(`▌ {"results":[{"id":"51","properties":{"email"`)
		s.press("w")
		s.sees("Content-Type: application/json")
		s.press("v")
		s.sees(`{"results":[{`)
		s.press("v")
		s.sees(`"email": "sales@acme.com"`)
	})
}

func TestAPICopiesACommand(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(200, "application/json", oneContact, nil)
		s.find("list contacts")
		s.press("enter", "A")
		if want := "hsterm api 'acme-prod' GET '/crm/objects/2026-09/contacts?limit=10'"; len(s.clipboard) != 1 || s.clipboard[0] != want {
			s.t.Errorf("got %q, want %q", s.clipboard, want)
		}
	})
	got := command("acme", api.Request{Method: "POST", Path: "/x", Body: []byte(`{"a":"it's"}`)})
	if want := `hsterm api 'acme' POST '/x' -d '{"a":"it'\''s"}'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
