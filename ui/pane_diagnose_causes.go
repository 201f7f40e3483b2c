package ui

import (
	"fmt"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// causes are what the records say about each cause of repeated failures.
func (s scene) causes() []oauth.CauseFinding {
	return oauth.Diagnose(oauth.Records{Portal: s.portal, Events: s.history.events, Skew: s.skew, Now: s.now})
}

// suspect is the first cause that something speaks for, the strongest suspicion
// first.
func (s scene) suspect() (oauth.CauseFinding, bool) {
	causes := s.causes()
	for _, want := range []oauth.Suspicion{oauth.SuspicionFound, oauth.SuspicionSome} {
		for _, f := range causes {
			if f.Suspicion == want {
				return f, true
			}
		}
	}
	return oauth.CauseFinding{}, false
}

// causeWord names a cause for people.
func causeWord(c oauth.Cause) string {
	switch c {
	case oauth.CauseStaleToken:
		return "an old token is used elsewhere"
	case oauth.CauseMapping:
		return "the grant is another account's"
	case oauth.CauseLostWrite:
		return "a new token was lost"
	case oauth.CauseClock:
		return "this computer's clock is off"
	case oauth.CauseStampede:
		return "too many refreshes at once"
	case oauth.CauseMisread:
		return "it is not about the token"
	}
	return strings.ReplaceAll(string(c), "_", " ")
}

// causeKey is the key that begins the remedy of a cause, if there is one.
func (s scene) causeKey(c oauth.Cause) (cardKey, bool) {
	static := s.portal.Kind != oauth.KindOAuth
	switch {
	case c == oauth.CauseMisread:
		return cardKey{s.keys.of("tab.scopes"), "compare the scopes"}, true
	case static:
		return cardKey{}, false
	case c == oauth.CauseMapping:
		return cardKey{s.keys.of("portal.connect"), "reconnect"}, true
	case c == oauth.CauseStampede:
		return cardKey{s.keys.of("tab.events"), "see who refreshed"}, true
	}
	return cardKey{s.keys.of("portal.refresh"), "refresh"}, true
}

// causeLines is the walk through the causes: the ones nothing speaks for in a
// line each, the others with evidence, remedy and key.
func (s scene) causeLines(width int) []string {
	t := s.theme
	lines := []string{t.Strong.Render(cut("causes of repeated 401s, in order", width, t.Glyphs.Ellipsis))}
	if !s.history.read {
		return lines
	}
	const number = 4
	for i, f := range s.causes() {
		glyph, ink := t.Glyphs.Check, t.Good
		switch f.Suspicion {
		case oauth.SuspicionFound:
			glyph, ink = t.Glyphs.Cancel, t.Bad
		case oauth.SuspicionSome:
			glyph, ink = t.Glyphs.Due, t.Warn
		}
		name := t.Muted
		if f.Suspicion != oauth.SuspicionNone {
			name = t.Strong
		}
		var r run
		r.gap(t.Text, 1).add(ink, glyph).gap(t.Text, 2)
		word := string(f.Suspicion)
		r.add(name, cut(fmt.Sprintf("%d  %s", i+1, causeWord(f.Cause)), width-number-len(word)-2, t.Glyphs.Ellipsis))
		if width > number+len(word)+8 {
			r.to(t.Text, width-len(word)).add(ink, word)
		}
		lines = append(lines, r.String())
		if f.Suspicion == oauth.SuspicionNone {
			continue
		}
		c := card{lines: []cardLine{{text: f.Evidence, muted: true}, {text: f.Remedy}}}
		for _, l := range c.lines {
			lines = append(lines, l.view(t, width)...)
		}
		if key, ok := s.causeKey(f.Cause); ok {
			c.keys = []cardKey{key}
			lines = append(lines, c.foot(t, width)...)
		}
	}
	return lines
}

// refusedCall is the last call, when it failed and the portal was not connected
// again since.
func (s scene) refusedCall() (oauth.Event, bool) {
	for _, e := range s.history.events {
		switch {
		case e.Kind == oauth.EventCall:
			return e, e.Outcome != oauth.OutcomeOK
		case e.Kind == oauth.EventConnected, e.Kind == oauth.EventReconnected:
			return oauth.Event{}, false
		}
	}
	return oauth.Event{}, false
}

// refusedCard is the verdict on a portal whose token is good and whose last call
// failed all the same.
func (s scene) refusedCard(e oauth.Event) card {
	what := headline(&oauth.Error{Class: e.Class, Status: e.Status})
	if what == "" {
		what = "The last call failed"
	}
	c := card{warn: true, headline: what, status: e.Status, trace: e.CorrelationID}
	c.lines = []cardLine{
		{text: e.Detail, muted: true},
		{text: "That was the last call, at " + s.clock(e.At) + ". The token itself is good as far as hsterm knows."},
	}
	if e.Class == oauth.ClassPermissionDenied {
		c.keys = append(c.keys, cardKey{s.keys.of("tab.scopes"), "see which scope is missing"})
	}
	c.keys = append(c.keys, cardKey{s.keys.of("portal.test"), "send a call again"})
	return c
}

// suspectCard is the verdict on a portal that works, though not everything on
// record is as it should be.
func (s scene) suspectCard(f oauth.CauseFinding) card {
	return card{
		warn: true, headline: "It works now, with one thing to look at",
		lines: []cardLine{{text: sentenceOf(causeWord(f.Cause)) + "? " + f.Evidence}},
	}
}
