package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// diagnosePane says what a portal's state is, by what evidence, and what helps.
type diagnosePane struct {
	version eventsVersion
	events  []oauth.Event
	top     int
}

func newDiagnosePane() *diagnosePane { return &diagnosePane{} }

func (p *diagnosePane) typing() bool                         { return false }
func (p *diagnosePane) typed(scene, tea.KeyPressMsg) tea.Cmd { return nil }
func (p *diagnosePane) pasted(scene, string) tea.Cmd         { return nil }

func (p *diagnosePane) show(s scene) tea.Cmd {
	want := eventsVersion{s.portal.ID, s.revision}
	if s.portal.ID == 0 || want == p.version {
		return nil
	}
	if want.portal != p.version.portal {
		*p = diagnosePane{}
	}
	p.version = want
	return s.readEvents(tabDiagnose.name())
}

func (p *diagnosePane) update(_ scene, r result) tea.Cmd {
	if events, ok := r.value.([]oauth.Event); ok && r.key.portal == p.version.portal {
		p.events = events
	}
	return nil
}

func (p *diagnosePane) move(s scene, f frame, by motion) tea.Cmd {
	p.top = scrolled(p.top, len(p.lines(s, f.width)), f.height, by)
	return nil
}

func (p *diagnosePane) view(s scene, f frame) picture {
	return window(s.theme, p.lines(s, f.width), f, p.top)
}

func (p *diagnosePane) lines(s scene, width int) []string {
	t := s.theme
	v := s.verdict()
	lines := wrapped(t.Strong, v.headline, width)
	lines = append(lines, wrapped(t.Text, v.meaning, width)...)
	lines = append(lines, "", t.Muted.Render("remedy"))
	lines = append(lines, wrapped(t.Text, v.remedy, width)...)
	lines = append(lines, "", t.Muted.Render("evidence"))
	shown := 0
	for _, e := range p.events {
		if e.Outcome == oauth.OutcomeOK || shown == 5 {
			continue
		}
		shown++
		lines = append(lines, s.eventLine(e, frame{width: width}, false))
	}
	if shown == 0 {
		lines = append(lines, t.Muted.Render("No failure is on record."))
	}
	return lines
}

// verdict is what a portal's state comes down to.
type verdict struct{ headline, meaning, remedy string }

func (s scene) verdict() verdict {
	p := s.portal
	switch stateOf(p, s.now) {
	case stateReconnect:
		return verdict{"HubSpot no longer accepts this grant", because("It has to be given again", p.StatusReason), "Press c to reconnect. Alias, settings and events stay."}
	case stateMisconfigured:
		return verdict{"The app's settings are refused", because("Every portal of this app is affected", p.StatusReason), "Press a and check the app's client id, secret and redirect URI."}
	case stateExpired, stateDue:
		if s.failure != nil {
			return verdict{s.failure.Message, "The token could not be refreshed.", orElse(s.failure.Hint, "Press r to try again.")}
		}
		return verdict{"The access token needs a refresh", "It is refreshed by the next call that uses it. Nothing is wrong.", "Press r to refresh now."}
	case stateStatic:
		return verdict{"A static token", "It does not expire and cannot be refreshed. If HubSpot refuses it, it was rotated or removed there.", "Nothing to do. Replace it with: hsterm add-token"}
	}
	if missing := p.MissingScopes(s.app.Scopes); len(missing) > 0 {
		return verdict{"Working, but scopes are missing", count(len(missing), "required scope") + " of the app was not granted; calls that need one are refused with 403.", "Press c to reconnect, or 3 to see which."}
	}
	return verdict{"Nothing is wrong", "The token is valid and was refreshed without a failure.", "Nothing to do."}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
