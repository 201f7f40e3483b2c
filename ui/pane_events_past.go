package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// mostPast is how many events of a portal are held; what is older is for
// `hsterm events`.
const mostPast = 4000

// past is the newest page of a portal's events and the older ones that were asked
// for. Events never change, so pages are only put together.
type past struct {
	older []oauth.Event // newest first, all older than the page they were asked after
	ended bool          // there are none before them
}

// all is everything that is held, newest first.
func (p *past) all(h history) []oauth.Event {
	if len(p.older) == 0 || len(h.events) == 0 {
		return h.events
	}
	oldest := h.events[len(h.events)-1].ID
	i, _ := slices.BinarySearchFunc(p.older, oldest, func(e oauth.Event, id int64) int {
		if e.ID >= id {
			return -1
		}
		return 1
	})
	return slices.Concat(h.events, p.older[i:])
}

// extend adds a page that was asked for after what is held.
func (p *past) extend(h history, page []oauth.Event) {
	held := p.all(h)
	p.ended = len(page) < mostEvents
	if len(held) > 0 && len(page) > 0 && page[0].ID >= held[len(held)-1].ID {
		return // asked for twice
	}
	p.older = append(slices.Clone(held), page...)
}

// complete tells whether there is nothing older to read, or no more is held.
func (p *past) complete(h history) bool {
	return !h.read || h.err != nil || p.ended || len(p.all(h)) >= mostPast || len(p.older) == 0 && len(h.events) < mostEvents
}

// olderKey names the reading of older events of a portal.
func olderKey(s scene) taskKey { return taskKey{tabEvents.name(), s.portal.ID} }

// older reads the page before what is held.
func (p *eventsPane) older(s scene) tea.Cmd {
	if p.past.complete(s.history) || s.tasks.running(olderKey(s)) {
		return nil
	}
	held := p.past.all(s.history)
	portals := s.backend.Portals
	filter := oauth.EventFilter{PortalID: s.portal.ID, BeforeID: held[len(held)-1].ID, Limit: mostEvents}
	return s.tasks.start(olderKey(s), func(ctx context.Context) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, readLimit)
		defer cancel()
		return cleanEvents(portals.Events(ctx, filter))
	})
}

// cleanEvents makes events drawable that somebody else may hold too.
func cleanEvents(events []oauth.Event, err error) ([]oauth.Event, error) {
	events = slices.Clone(events)
	for i := range events {
		events[i] = cleanEvent(events[i])
	}
	return events, err
}
