package ui

import (
	"context"
	"net/url"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// ownerPast is who gets the calls that are read from the store.
const ownerPast = "API/past"

// keepLimit is how long writing a call down may take: it is bookkeeping.
const keepLimit = 2 * time.Second

// sentCalls is the calls that were sent to a portal, newest first, as the store has
// them.
type sentCalls struct {
	calls   []oauth.SentCall
	at, top int
	asked   bool // the store was asked
	read    bool // and has answered
	failure *oauth.Error
}

// first reads the calls when the portal is looked at for the first time.
func (h *sentCalls) first(s scene) tea.Cmd {
	if h.asked {
		return nil
	}
	h.asked = true
	return readPast(s, s.portal.ID, nil)
}

// readPast reads a portal's calls, after doing something to them; nil for nothing.
func readPast(s scene, portal int64, before func(context.Context) error) tea.Cmd {
	sent := s.backend.Sent
	return s.tasks.quietly(taskKey{ownerPast, portal}, func(ctx context.Context) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, readLimit)
		defer cancel()
		var err error
		if before != nil {
			err = before(ctx)
		}
		calls, failed := sent.Sent(ctx, portal)
		if err == nil {
			err = failed
		}
		return calls, err
	})
}

// took takes what was read. What cannot be read leaves what there is.
func (h *sentCalls) took(r result) {
	h.read = true
	h.failure = cleanError(r.err)
	calls, ok := r.value.([]oauth.SentCall)
	if !ok || r.err != nil && calls == nil {
		return
	}
	chosen, had := h.chosen()
	h.calls = calls
	h.at = max(0, min(h.at, len(calls)-1))
	for i, c := range calls {
		if had && c.ID == chosen.ID {
			h.at = i
		}
	}
}

// keepSent writes a call down that was sent, whatever came of it. It goes on when
// nobody waits for it any more.
func keepSent(s scene, portal int64, a *answer) tea.Cmd {
	if a.doubt != nil || a.response.Status == 0 && a.response.Sends == 0 {
		return nil // nothing was sent
	}
	sent, kept := s.backend.Sent, sentCall(portal, s.now, a)
	return readPast(s, portal, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepLimit)
		defer cancel()
		return sent.KeepSent(ctx, kept)
	})
}

// sentCall is what is kept of a call and its answer.
func sentCall(portal int64, now time.Time, a *answer) oauth.SentCall {
	c := oauth.SentCall{
		PortalID: portal, At: now.Add(-a.response.Elapsed).UTC(), Sample: a.call.sample.ID,
		Method: a.call.request.Method, Path: a.call.request.Path, Query: a.call.request.Query.Encode(), Body: a.call.request.Body,
		Status: a.response.Status, Elapsed: a.response.Elapsed, Size: len(a.response.Body), CorrelationID: a.response.CorrelationID,
	}
	if a.failure != nil {
		c.Class = a.failure.Class
	}
	return c
}

// callOf is a kept call with the sample it was made from, or with one that stands
// for it.
func callOf(sent oauth.SentCall) call {
	query, _ := url.ParseQuery(sent.Query) // as it was encoded
	c := call{request: api.Request{Method: sent.Method, Path: sent.Path, Query: query, Body: sent.Body}}
	sample, known := api.SampleByID(sent.Sample)
	if !known || sample.Method != sent.Method {
		sample = api.Sample{ID: sent.Sample, Name: Safe(sent.Method + " " + sent.Path), Method: sent.Method, Path: sent.Path, Effect: api.EffectRead}
	}
	switch {
	case sent.Method == "DELETE":
		sample.Effect = api.EffectDestructive
	case sample.Effect == api.EffectRead && c.request.Changes():
		sample.Effect = api.EffectWrite
	}
	c.sample = sample
	return c
}

func (h *sentCalls) chosen() (oauth.SentCall, bool) {
	if h.at < 0 || h.at >= len(h.calls) {
		return oauth.SentCall{}, false
	}
	return h.calls[h.at], true
}

// move chooses another call; page is how many are visible.
func (h *sentCalls) move(by motion, page int) {
	h.at = by.step(h.at, len(h.calls), page)
	h.follow(page)
}

// follow scrolls until the chosen call is visible.
func (h *sentCalls) follow(page int) {
	h.top = max(min(h.top, h.at), h.at-page+1)
	h.top = max(0, min(h.top, len(h.calls)-page))
}

// openPast shows the calls that were sent, read anew: other processes send too.
func (p *apiPane) openPast(s scene) tea.Cmd {
	p.current.mode = apiPast
	p.current.past.asked, p.current.past.at = true, 0
	return readPast(s, s.portal.ID, nil)
}

// compose shows the chosen call of the past as a request; false when it is not
// whole.
func (a *apiSession) compose() bool {
	sent, ok := a.past.chosen()
	if !ok || sent.Partial {
		return false
	}
	a.composer = composerOf(callOf(sent))
	return true
}

// partialWords is why a call of the past cannot be sent again.
const partialWords = "its query and body are not at hand: the store is locked, or the body was too long to keep"

// sendPast sends the chosen call again; one that changes something is shown first.
func (p *apiPane) sendPast(s scene) tea.Cmd {
	if !p.current.compose() {
		return say(partialWords)
	}
	if p.current.composer.sample.Effect != api.EffectRead {
		p.current.mode = apiComposing
		return nil
	}
	return p.submit(s)
}

func (p *apiPane) editPast(scene) tea.Cmd {
	if !p.current.compose() {
		return say(partialWords)
	}
	p.current.mode = apiComposing
	return nil
}

// forgetPast removes the chosen call from the store.
func (p *apiPane) forgetPast(s scene) tea.Cmd {
	sent, _ := p.current.past.chosen()
	store := s.backend.Sent
	return readPast(s, s.portal.ID, func(ctx context.Context) error { return store.ForgetSent(ctx, sent.ID) })
}
