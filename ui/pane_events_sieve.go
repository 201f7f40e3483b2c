package ui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"

	"github.com/hsterm/hsterm/oauth"
)

// eventSieve says which events are shown: those of a kind, those that failed,
// those with some words, or all.
type eventSieve struct {
	input   textinput.Model
	editing bool
	failed  bool
	kind    oauth.EventKind // "" for all
}

func newEventSieve() eventSieve {
	input := newInput()
	input.Placeholder = "any word: 403, contacts, cli, a class, a correlation id"
	return eventSieve{input: input}
}

// active tells whether anything is kept back.
func (v *eventSieve) active() bool {
	return v.failed || v.kind != "" || strings.TrimSpace(v.input.Value()) != ""
}

func (v *eventSieve) edit() {
	v.editing = true
	v.input.Focus()
	v.input.CursorEnd()
}

// keep ends the typing, with the words or without.
func (v *eventSieve) keep(words bool) {
	v.editing = false
	v.input.Blur()
	if !words {
		v.input.Reset()
	}
}

func (v *eventSieve) clear() {
	v.keep(false)
	v.failed, v.kind = false, ""
}

// turn goes on to the next kind that occurs among events, and after the last to
// all of them.
func (v *eventSieve) turn(events []oauth.Event) {
	var kinds []oauth.EventKind
	for _, e := range events {
		if !slices.Contains(kinds, e.Kind) {
			kinds = append(kinds, e.Kind)
		}
	}
	slices.Sort(kinds)
	kinds = append(kinds, "")
	v.kind = kinds[(slices.Index(kinds, v.kind)+1)%len(kinds)]
}

func (v *eventSieve) sift(events []oauth.Event) []oauth.Event {
	if !v.active() {
		return events
	}
	words := strings.Fields(strings.ToLower(v.input.Value()))
	var kept []oauth.Event
	for _, e := range events {
		if v.failed && e.Outcome == oauth.OutcomeOK || v.kind != "" && e.Kind != v.kind || !mentions(e, words) {
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// mentions tells whether all words occur somewhere in an event.
func mentions(e oauth.Event, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := strings.ToLower(strings.Join([]string{
		eventWord(e.Kind), e.Outcome, string(e.Class), e.Detail, e.Actor, e.CorrelationID, fmt.Sprint(e.Status),
	}, " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// words are what the sieve lets through, for people.
func (v *eventSieve) words() string {
	var parts []string
	if v.failed {
		parts = append(parts, "failed only")
	}
	if v.kind != "" {
		parts = append(parts, eventWord(v.kind))
	}
	return join(parts...)
}
