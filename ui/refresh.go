package ui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// widest is how many refreshes of a batch are on the wire at once.
const atOnce = 8

// batch is a "refresh all that are due" under way.
type batch struct{ total, done, failed int }

// refresh gets a new access token for the selected portal.
func (m *Model) refresh() tea.Cmd {
	portal, ok := m.selected()
	if !ok {
		return nil
	}
	return m.refreshOne(portal, nil)
}

// refreshDue does so for every portal that is due; slow ones do not hold the
// others up.
func (m *Model) refreshDue() tea.Cmd {
	due := m.list.due(m.now)
	m.batch = batch{total: len(due)}
	turn := make(chan struct{}, atOnce)
	var cmds []tea.Cmd
	for _, p := range due {
		cmds = append(cmds, m.refreshOne(p, turn))
	}
	return tea.Batch(cmds...)
}

func (m *Model) refreshOne(p oauth.Portal, turn chan struct{}) tea.Cmd {
	tokens, id := m.opts.Backend.Tokens, p.ID
	return m.tasks.start(taskKey{ownerRefresh, id}, func(ctx context.Context) (any, error) {
		if turn != nil {
			select {
			case turn <- struct{}{}:
				defer func() { <-turn }()
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		portal, err := tokens.Refresh(ctx, id)
		return cleanPortal(portal), err
	})
}

// refreshed shows the new countdown at once, or keeps the failure where the
// remedy is shown.
func (m *Model) refreshed(r result) tea.Cmd {
	old, known := m.list.byID(r.key.portal)
	if !known {
		return nil
	}
	portal, _ := r.value.(oauth.Portal)
	if r.err != nil {
		e := cleanError(r.err)
		if e.Portal == "" {
			e.Portal = old.Alias
		}
		m.failures[old.ID] = e
		return tea.Batch(m.refreshSaid(old, e), m.load())
	}
	delete(m.failures, old.ID)
	if portal.ID == old.ID {
		m.list.put(portal, m.now)
	}
	return tea.Batch(m.refreshSaid(portal, nil), m.load())
}

// refreshSaid is the toast for one refresh, or for the batch it was the last of.
func (m *Model) refreshSaid(p oauth.Portal, failure *oauth.Error) tea.Cmd {
	if m.batch.total > 1 {
		m.batch.done++
		if failure != nil {
			m.batch.failed++
		}
		b := m.batch
		if b.done < b.total {
			return nil
		}
		m.batch = batch{}
		if b.failed > 0 {
			return m.complain(&oauth.Error{Class: failureClass(failure), Message: fmt.Sprintf("refreshed %d of %d, %d failed", b.done-b.failed, b.total, b.failed), Hint: "The Overview of each portal that failed says why."})
		}
		return m.toast(toastMsg{text: fmt.Sprintf("refreshed %d of %d", b.done, b.total), done: true})
	}
	m.batch = batch{}
	if failure != nil {
		return m.complain(failure)
	}
	text := "refreshed " + p.Alias
	if took := time.Duration(p.Health.LastRefreshMS) * time.Millisecond; took > 0 {
		text += " in " + shortTime(took)
	}
	return m.toast(toastMsg{text: text, done: true})
}

func failureClass(e *oauth.Error) oauth.Class {
	if e == nil {
		return oauth.ClassOther
	}
	return e.Class
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
