package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// eventsPane is what happened to a portal, newest first; enter unfolds one. The
// choice follows the event, not the line, so that news above do not move it,
// unless the newest is followed.
type eventsPane struct {
	portal int64
	past   past
	sieve  eventSieve
	chosen int64 // ID of an event, 0 to follow the newest
	open   int64 // ID of the unfolded event, 0 for none
	top    int
}

func newEventsPane() *eventsPane { return &eventsPane{sieve: newEventSieve()} }

func (p *eventsPane) typing() bool { return p.sieve.editing }

func (p *eventsPane) typed(_ scene, k tea.KeyPressMsg) tea.Cmd {
	typeInto(&p.sieve.input, k)
	return nil
}

func (p *eventsPane) pasted(_ scene, text string) tea.Cmd {
	pasteInto(&p.sieve.input, text)
	return nil
}

func (p *eventsPane) show(s scene) tea.Cmd {
	if s.portal.ID != p.portal {
		sieve := p.sieve // what one looks for is looked for in the next portal too
		*p = eventsPane{portal: s.portal.ID, sieve: sieve}
	}
	return nil
}

// update takes an older page.
func (p *eventsPane) update(s scene, r result) tea.Cmd {
	page, ok := r.value.([]oauth.Event)
	if r.err != nil {
		return complain(r.err)
	}
	if ok && r.key.portal == p.portal {
		p.past.extend(s.history, page)
	}
	return nil
}

// events are those that pass the filter, newest first.
func (p *eventsPane) events(s scene) []oauth.Event { return p.sieve.sift(p.past.all(s.history)) }

// at is the line of the chosen event.
func (p *eventsPane) at(events []oauth.Event) int {
	for i, e := range events {
		if e.ID == p.chosen {
			return i
		}
	}
	return 0
}

// move chooses another event. Going down from the last one reads what was before
// it; going up to the first does not follow: that is a key of its own.
func (p *eventsPane) move(s scene, f frame, by motion) tea.Cmd {
	events := p.events(s)
	n, before := len(events), p.at(events)
	at := by.step(before, n, max(1, f.height-1))
	if n > 0 {
		p.chosen = events[at].ID
	}
	down := by == lineDown || by == pageDown || by == toBottom
	if down && at >= n-1 && (by == toBottom || at == before || n == 0) {
		return p.older(s)
	}
	return nil
}

// follow keeps the choice on the newest event, or lets go of it.
func (p *eventsPane) follow(s scene) {
	events := p.events(s)
	switch {
	case p.chosen != 0:
		p.chosen, p.open = 0, 0
	case len(events) > 0:
		p.chosen = events[0].ID
	}
}

// unfold shows all of the chosen event, or folds it again.
func (p *eventsPane) unfold(s scene) {
	events := p.events(s)
	if len(events) == 0 {
		return
	}
	id := events[p.at(events)].ID
	p.chosen = id
	if p.open == id {
		id = 0
	}
	p.open = id
}
