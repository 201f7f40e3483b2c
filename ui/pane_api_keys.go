package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// mostCopied is what a terminal's clipboard sequence is trusted with, in bytes:
// many cut off or drop longer ones.
const mostCopied = 96 << 10

// find opens the search line of what is shown.
func (p *apiPane) find() {
	if p.current.mode == apiAnswer {
		p.current.viewer.find(true)
		return
	}
	p.catalogue.search(true)
}

// accept is enter in a line: the call that was searched for or edited is sent,
// the alias compared, the search of an answer kept.
func (p *apiPane) accept(s scene) tea.Cmd {
	switch p.current.mode {
	case apiCatalogue:
		p.catalogue.search(false)
		return p.begin(s)
	case apiAnswer:
		p.current.viewer.find(false)
		p.current.viewer.sieve.edit(false)
	case apiComposing:
		return p.submit(s)
	case apiConfirming:
		return p.confirm(s)
	case apiRepeat:
		return p.repeat(s)
	}
	return nil
}

// leave is esc in a line.
func (p *apiPane) leave() {
	switch c := p.current; {
	case c == nil:
	case c.mode == apiCatalogue:
		p.catalogue.clear()
	case c.mode == apiAnswer:
		c.viewer.clear()
	case c.mode == apiRepeat:
		c.mode = apiAnswer
	case c.mode == apiConfirming:
		c.mode = apiComposing
		c.composer.problem = ""
	default:
		c.mode = apiCatalogue
		if c.answer != nil && c.answer.call.sample.ID == c.composer.sample.ID {
			c.mode = apiAnswer
		}
	}
}

// back ends the search of an answer, then leaves the answer or the history.
func (p *apiPane) back() {
	if p.current.mode == apiRepeat {
		p.current.mode = apiAnswer
		return
	}
	if p.current.mode == apiPast || !p.current.viewer.clear() {
		p.current.mode = apiCatalogue
	}
}

// nudge moves on while a search is being typed.
func (p *apiPane) nudge(by motion) tea.Cmd {
	switch {
	case p.current.mode == apiCatalogue:
		p.catalogue.move(by, len(p.catalogue.rows))
	case p.current.mode == apiAnswer && by == lineUp:
		p.current.viewer.next(-1)
	case p.current.mode == apiAnswer:
		p.current.viewer.next(1)
	case p.current.mode == apiComposing:
		p.current.composer.focus(by == lineDown)
	}
	return nil
}

// shown is the call on the screen: the one answered, the one of the past, or the
// chosen sample.
func (p *apiPane) shown() (api.Request, bool) {
	if p.current.mode == apiPast {
		sent, ok := p.current.past.chosen()
		return callOf(sent).request, ok && !sent.Partial
	}
	if (p.current.mode == apiAnswer || p.current.mode == apiRepeat) && p.current.answer != nil {
		return p.current.answer.call.request, true
	}
	sample, ok := p.catalogue.chosen()
	if !ok {
		return api.Request{}, false
	}
	return sample.Request(), true
}

func (p *apiPane) copyCurl(s scene) tea.Cmd {
	r, ok := p.shown()
	if !ok {
		return nil
	}
	return tea.Batch(tea.SetClipboard(curl(s.app.APIURL, r)), succeed("copied as curl; the token is $HUBSPOT_ACCESS_TOKEN"))
}

func (p *apiPane) copyBody() tea.Cmd {
	body := p.current.answer.response.Body
	if v := &p.current.viewer; v.sieve.doc != nil {
		body = v.sieve.doc.body
	}
	if len(body) > mostCopied {
		return say("the answer is too long for the clipboard: " + size(len(body)))
	}
	return tea.Batch(tea.SetClipboard(string(body)), succeed("answer copied"))
}

// toAdd is the scopes a new consent should ask for so that the refused call
// works, nil when scopes are not what it lacks.
func (a *apiSession) toAdd(s scene) []string {
	if a.answer == nil || a.answer.failure == nil || a.answer.failure.Class != oauth.ClassPermissionDenied || s.portal.Kind != oauth.KindOAuth {
		return nil
	}
	if e := a.answer.failure; a.answer.overtaken(s) != "" && grants(e, s.portal.MissingScopes(e.Scopes)) {
		return nil
	}
	return scopesToAdd(a.answer.failure, circumstance{portal: s.portal, app: s.app})
}

// reconnect asks for consent with them.
func (p *apiPane) reconnect(s scene) tea.Cmd {
	m := connectMsg{portal: s.portal.ID, scopes: p.current.toAdd(s)}
	return func() tea.Msg { return m }
}
