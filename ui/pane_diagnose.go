package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// diagnosePane says what a portal's state is, by what evidence, and what helps.
type diagnosePane struct{ top int }

func newDiagnosePane() *diagnosePane { return &diagnosePane{} }

func (p *diagnosePane) show(scene) tea.Cmd                   { return nil }
func (p *diagnosePane) update(scene, result) tea.Cmd         { return nil }
func (p *diagnosePane) typing() bool                         { return false }
func (p *diagnosePane) typed(scene, tea.KeyPressMsg) tea.Cmd { return nil }
func (p *diagnosePane) pasted(scene, string) tea.Cmd         { return nil }

func (p *diagnosePane) move(s scene, f frame, by motion) tea.Cmd {
	p.top = scrolled(p.top, len(p.lines(s, f.width)), f.height, by)
	return nil
}

func (p *diagnosePane) view(s scene, f frame) picture {
	return window(s.theme, p.lines(s, f.width), f, p.top)
}

// mostEvidence is how many failures are shown.
const mostEvidence = 6

func (p *diagnosePane) lines(s scene, width int) []string {
	t := s.theme
	lines := s.verdict(width)
	lines = append(append(lines, ""), s.causeLines(width)...)
	lines = append(lines, "", t.Strong.Render("evidence"))
	lines = append(lines, s.counters(width)...)
	var failed []oauth.Event
	for _, e := range s.history.events {
		if e.Outcome != oauth.OutcomeOK && len(failed) < mostEvidence {
			failed = append(failed, e)
		}
	}
	if len(failed) > 0 {
		lines = append(lines, "", t.Strong.Render("last failures"))
	}
	col := s.eventColumns(failed, width)
	for _, e := range failed {
		lines = append(lines, s.eventLine(e, col, false))
	}
	return lines
}

// trouble is the failure that stands between the portal and its next call, nil
// when there is none.
func (s scene) trouble() *oauth.Error {
	p := s.portal
	switch stateOf(p, s.now) {
	case stateReconnect:
		return &oauth.Error{Class: oauth.ClassReconnectPending, Message: sentenceOf(p.StatusReason)}
	case stateMisconfigured:
		return &oauth.Error{Class: oauth.ClassAppMisconfigured, Message: sentenceOf(p.StatusReason)}
	}
	return s.failure
}

// counters are the numbers that tell the causes of repeated failures apart.
func (s scene) counters(width int) []string {
	p, t := s.portal, s.theme
	var facts []fact
	if p.FailCount > 0 {
		facts = append(facts, fact{"failures", plural(p.FailCount, "refresh", "refreshes") + " in a row", t.Bad, string(p.LastFailure)})
	}
	if p.NextAttemptAt.After(s.now) {
		facts = append(facts, fact{"held back", "until " + s.clock(p.NextAttemptAt), t.Warn, ""})
	}
	if !p.Health.LastFailureAt.IsZero() {
		facts = append(facts, fact{"last failure", s.clock(p.Health.LastFailureAt), t.Text, ago(p.Health.LastFailureAt, s.now)})
	}
	if p.Lease.Held(s.now) {
		facts = append(facts, fact{"refreshing", "now", t.Accent, "by " + p.Lease.Owner})
	}
	facts = append(facts, s.health()...)
	lines := make([]string, len(facts))
	for i, f := range facts {
		lines[i] = f.line(t, width)
	}
	return lines
}

// sentenceOf begins a stored reason like a sentence.
func sentenceOf(reason string) string {
	if reason == "" || reason[0] < 'a' || reason[0] > 'z' {
		return reason
	}
	return string(reason[0]-'a'+'A') + reason[1:]
}
