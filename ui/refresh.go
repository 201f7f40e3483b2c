package ui

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// refresh gets a new access token for the selected portal, or for all that are
// marked.
func (m *Model) refresh() tea.Cmd {
	if marked := m.aimed(); len(marked) > 0 {
		return m.refreshAll(slices.DeleteFunc(marked, func(p oauth.Portal) bool { return p.Kind != oauth.KindOAuth }))
	}
	portal, ok := m.selected()
	if !ok {
		return nil
	}
	return m.refreshOne(portal, nil)
}

// refreshAll refreshes portals; slow ones do not hold the others up. One alone
// is no batch: it has a toast of its own.
func (m *Model) refreshAll(portals []oauth.Portal) tea.Cmd {
	m.batch = batch{}
	if len(portals) > 1 {
		m.batch = newBatch(deedRefresh, portals)
	}
	turn := make(chan struct{}, atOnce)
	var cmds []tea.Cmd
	for _, p := range portals {
		cmds = append(cmds, m.refreshOne(p, turn))
	}
	return tea.Batch(cmds...)
}

func (m *Model) refreshOne(p oauth.Portal, turn chan struct{}) tea.Cmd {
	tokens, id := m.opts.Backend.Tokens, p.ID
	return m.tasks.start(taskKey{ownerRefresh, id}, func(ctx context.Context) (any, error) {
		leave, err := queue(ctx, turn)
		if err != nil {
			return nil, err
		}
		defer leave()
		portal, err := tokens.Refresh(ctx, id)
		return cleanPortal(portal), err
	})
}

// refreshed shows the new countdown at once, or keeps the failure where the
// remedy is shown.
func (m *Model) refreshed(r result) tea.Cmd {
	portal, _ := r.value.(oauth.Portal)
	// Counted first: a portal that was removed meanwhile ends its batch too.
	batched := m.batch.settle(deedRefresh, r.key.portal, refreshOutcome(portal), r.err)
	old, known := m.list.byID(r.key.portal)
	if !known {
		if batched {
			return m.batchSaid()
		}
		return nil
	}
	if r.err != nil {
		e := cleanError(r.err)
		if e.Portal == "" {
			e.Portal = old.Alias
		}
		m.failures[old.ID] = e
		if batched {
			return tea.Batch(m.batchSaid(), m.load())
		}
		return tea.Batch(m.complain(e), m.load())
	}
	delete(m.failures, old.ID)
	if portal.ID == old.ID {
		m.list.put(portal, m.now)
	}
	if batched {
		return tea.Batch(m.batchSaid(), m.load())
	}
	return tea.Batch(m.refreshSaid(portal), m.load())
}

// refreshOutcome is a refresh as a row of a batch's result.
func refreshOutcome(p oauth.Portal) batchOutcome {
	return batchOutcome{took: time.Duration(p.Health.LastRefreshMS) * time.Millisecond, words: "a new token"}
}

// refreshSaid is the toast for one refresh that worked.
func (m *Model) refreshSaid(p oauth.Portal) tea.Cmd {
	text := "refreshed " + p.Alias
	if took := time.Duration(p.Health.LastRefreshMS) * time.Millisecond; took > 0 {
		text += " in " + shortTime(took)
	}
	return m.toast(toastMsg{text: text, done: true})
}

// shortTime is how long something took: "92 ms", "1.4 s".
func shortTime(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
