package ui

import (
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// verdict is what the portal's state comes down to, as a card: what it is, what
// it means, and the keys that help.
func (s scene) verdict(width int) []string {
	if e := s.trouble(); e != nil {
		return failureCard(e, s.circumstance()).view(s.theme, width)
	}
	c := s.finding()
	lines := c.view(s.theme, width)
	if !c.warn && len(lines) > 0 {
		t := s.theme
		lines[0] = " " + t.Good.Render(t.Glyphs.Check) + "  " + t.Strong.Render(cut(c.headline, width-cardIndent, t.Glyphs.Ellipsis))
	}
	return lines
}

// finding is the verdict on a portal whose next call nothing stands in the way of.
func (s scene) finding() card {
	p := s.portal
	missing := p.MissingScopes(s.app.Scopes)
	refused, denied := s.refusedCall()
	switch st := stateOf(p, s.now); {
	case denied && st == stateStatic:
		return s.refusedCard(refused)
	case st == stateStatic:
		return card{
			headline: "A static token, which does not expire",
			lines:    []cardLine{{text: "It cannot be refreshed. If HubSpot refuses it, it was rotated or removed there: replace it with hsterm add-token."}},
		}
	case s.failing():
		return s.failingCard()
	case st == stateDue || st == stateExpired:
		return card{
			warn:     true,
			headline: "The token is due for a refresh",
			lines:    []cardLine{{text: "Nothing is wrong: the next call that needs it refreshes it by itself."}},
			keys:     []cardKey{{s.keys.of("portal.refresh"), "refresh now"}},
		}
	case len(missing) > 0:
		return card{
			warn:     true,
			headline: "It works, but the app asks for more than was granted",
			lines: []cardLine{
				{text: "Missing", names: missing},
				{text: "Either the app was edited since the consent, or less was granted then. Calls that need one are refused with 403. Refreshing cannot help, reconnecting asks again."},
			},
			keys: []cardKey{{s.keys.of("portal.connect"), "reconnect"}, {s.keys.of("tab.scopes"), "compare the scopes"}},
		}
	}
	if denied {
		return s.refusedCard(refused)
	}
	if f, ok := s.suspect(); ok {
		return s.suspectCard(f)
	}
	return card{headline: "Nothing is wrong", lines: []cardLine{{text: s.soundWords()}}}
}

// failing tells whether the last refresh failed and no token has come since.
func (s scene) failing() bool {
	p := s.portal
	last := p.Health.LastFailureAt
	return p.FailCount > 0 || last.After(p.Health.LastRefreshAt) && last.After(p.TokenAt)
}

// failingCard is the verdict on a portal that lives on a token it cannot renew.
func (s scene) failingCard() card {
	p := s.portal
	text := "The last refresh failed"
	if p.FailCount > 1 {
		text = plural(p.FailCount, "refresh", "refreshes") + " in a row failed, the last one"
	}
	if at := p.Health.LastFailureAt; !at.IsZero() {
		text += " at " + s.clock(at)
	}
	if what := headline(&oauth.Error{Class: p.LastFailure}); what != "" {
		text += ": " + midSentence(what)
	}
	c := card{warn: true, headline: "Refreshing does not work at the moment", lines: []cardLine{{text: strings.TrimSuffix(text, ".") + "."}}}
	if p.TTL(s.now) > 0 {
		c.lines = append(c.lines, cardLine{text: "The token it has is good until " + s.clock(p.ExpiresAt) + "."})
	} else {
		c.headline = "The token has expired, and refreshing it does not work"
	}
	if p.NextAttemptAt.After(s.now) {
		c.lines = append(c.lines, cardLine{text: "The next try is at " + s.clock(p.NextAttemptAt) + " or with the first call after it."})
	}
	c.keys = []cardKey{{s.keys.of("portal.refresh"), "try the refresh again"}}
	return c
}

// soundWords say by what a good token is known to be good.
func (s scene) soundWords() string {
	switch h := s.portal.Health; {
	case h.LastFailureAt.After(h.LastRefreshAt):
		return "The token is good: the portal was connected again after its last failure, and has not had to be refreshed since."
	case h.LastRefreshAt.IsZero():
		return "The token is good. It has not had to be refreshed yet."
	default:
		return "The token is good and the last refresh worked."
	}
}
