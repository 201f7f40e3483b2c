package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// begin sends the chosen sample, or shows it first where there is something to
// fill in, to read again, or to think about.
func (p *apiPane) begin(s scene) tea.Cmd {
	sample, ok := p.catalogue.chosen()
	if !ok || p.current == nil {
		return nil
	}
	p.current.composer = newComposer(sample, p.current.known)
	plain := len(sample.Params) == 0 && sample.Effect == api.EffectRead && len(lacking(sample, s.portal)) == 0
	if !plain {
		p.current.mode = apiComposing
		return nil
	}
	return p.submit(s)
}

// edit shows the request of the chosen sample, or the one that was answered.
func (p *apiPane) edit() {
	switch {
	case p.current == nil:
	case p.current.mode == apiAnswer:
		p.current.composer.focus(false)
		p.current.mode = apiComposing
	default:
		if sample, ok := p.catalogue.chosen(); ok {
			p.current.composer = newComposer(sample, p.current.known)
			p.current.mode = apiComposing
		}
	}
}

// submit sends what was composed, unless it cannot be sent or asks first.
func (p *apiPane) submit(s scene) tea.Cmd {
	request, ok := p.current.composer.request()
	if !ok {
		return nil
	}
	if s.locked && p.current.composer.sample.Effect != api.EffectRead {
		return complain(protected(s.portal, s.keys))
	}
	if p.current.mode == apiConfirming {
		request.Again = p.current.composer.doubted
	} else if why := p.current.question(s); why != "" {
		p.current.composer.ask(why)
		p.current.mode = apiConfirming
		return nil
	}
	return p.send(s, call{p.current.composer.sample, request})
}

// question is why a request has to be confirmed, "" when it has not. Whether the
// same was sent before, here or by another process, the store tells when it is
// sent.
func (a *apiSession) question(s scene) string {
	switch {
	case !asksFirst(a.composer.sample.Effect, s.portal):
		return ""
	case a.composer.sample.Effect == api.EffectWrite && !s.locked:
		return "" // the alias was typed when it was unlocked
	case a.composer.sample.Effect == api.EffectDestructive:
		return "This removes something, and hsterm cannot bring it back."
	default:
		return s.portal.Alias + " is protected."
	}
}

// confirm sends what was asked about once the alias is typed.
func (p *apiPane) confirm(s scene) tea.Cmd {
	if !p.current.composer.confirmed(s.portal.Alias) {
		return nil
	}
	return p.submit(s)
}

// again sends the request that was answered once more. One that changes something
// is shown first, unless HubSpot refused it: then nothing was done.
func (p *apiPane) again(s scene) tea.Cmd {
	a := p.current.answer
	if a == nil {
		return nil
	}
	p.current.composer = composerOf(a.call)
	refused := a.response.Status >= 400 && a.response.Status < 500
	if a.call.sample.Effect != api.EffectRead && !refused {
		p.current.mode = apiComposing
		return nil
	}
	return p.submit(s)
}

// doubt asks about a write that was held back, because the outcome of the same
// one before is unknown.
func (a *apiSession) doubt(c call, d *oauth.Doubt, now time.Time) {
	a.composer = composerOf(c)
	why := "The outcome of the same write " + ago(d.At, now) + " is unknown"
	if !d.Answered {
		why = "The same write was sent " + ago(d.At, now) + ", and nobody has told how it ended"
	}
	a.composer.ask(why + ": sending it again may do it twice.")
	a.composer.doubted = true
	a.mode = apiConfirming
}

// send starts the call. Cutting the answer into lines is part of the work, so
// that Update never does it.
func (p *apiPane) send(s scene, c call) tea.Cmd {
	calls, id, portal := s.backend.Calls, s.portal.ID, s.portal
	key := taskKey{tabAPI.name(), id}
	if s.tasks.running(key) {
		return nil
	}
	p.current.sent = c
	return s.tasks.start(key, func(ctx context.Context) (any, error) {
		response, err := calls.Send(ctx, id, c.request)
		a := newAnswer(c, response, err)
		a.portal = portal
		return a, nil
	})
}
