package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

const ownerHistory = "history"

// mostEvents is how many events of a portal are read.
const mostEvents = 200

// history is what happened to the selected portal, newest first. It is read once
// for all tabs, again when the store has changed.
type history struct {
	portal   int64
	revision int64 // of the store that it was asked for
	events   []oauth.Event
	read     bool
	err      *oauth.Error
}

// recall reads the history of the selected portal unless that is what is held.
func (m *Model) recall() tea.Cmd {
	p, ok := m.selected()
	if !ok || m.history.portal == p.ID && m.history.revision == m.revision {
		return nil
	}
	if m.history.portal != p.ID {
		m.history = history{portal: p.ID}
	}
	m.history.revision = m.revision
	portals, id := m.opts.Backend.Portals, p.ID
	return m.tasks.quietly(taskKey{owner: ownerHistory}, func(ctx context.Context) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, readLimit)
		defer cancel()
		return cleanEvents(portals.Events(ctx, oauth.EventFilter{PortalID: id, Limit: mostEvents}))
	})
}

func (m *Model) recalled(r result) {
	m.history.read = true
	m.history.err = cleanError(r.err)
	if events, ok := r.value.([]oauth.Event); ok && r.err == nil {
		m.history.events = events
	}
}

// connectedAt is when the portal was last connected again, zero when that is not
// among what was read.
func (h history) connectedAt() time.Time {
	for _, e := range h.events {
		if e.Outcome == oauth.OutcomeOK && (e.Kind == oauth.EventReconnected || e.Kind == oauth.EventConnected) {
			return e.At
		}
	}
	return time.Time{}
}

// hours counts the refreshes of each of the last n hours, oldest first.
func (h history) hours(n int, now time.Time) (good, bad []int) {
	good, bad = make([]int, n), make([]int, n)
	for _, e := range h.events {
		ago := int(now.Sub(e.At) / time.Hour)
		if e.Kind != oauth.EventRefreshed && e.Kind != oauth.EventReconnect || ago < 0 || ago >= n {
			continue
		}
		if e.Outcome == oauth.OutcomeOK {
			good[n-1-ago]++
		} else {
			bad[n-1-ago]++
		}
	}
	return good, bad
}
