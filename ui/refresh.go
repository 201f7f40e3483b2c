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

// batch is a "refresh all that are due" under way, with the portals it still
// waits for; empty while there is none.
type batch struct {
	waiting       map[int64]bool
	total, failed int
	limit         *oauth.Error // why the app of some is paused, nil when none is
	limited       int          // of those that failed
}

// newBatch waits for all of due. One portal alone is no batch: it has a toast of
// its own.
func newBatch(due []oauth.Portal) batch {
	if len(due) < 2 {
		return batch{}
	}
	b := batch{waiting: map[int64]bool{}, total: len(due)}
	for _, p := range due {
		b.waiting[p.ID] = true
	}
	return b
}

// count takes in what came of a portal; false when the batch was not waiting for
// it.
func (b *batch) count(id int64, failure error) bool {
	if !b.waiting[id] {
		return false
	}
	delete(b.waiting, id)
	if failure != nil {
		b.failed++
	}
	if e := cleanError(failure); failure != nil && e.Class == oauth.ClassRateLimited {
		b.limit, b.limited = e, b.limited+1
	}
	return true
}

// progress is the batch while it is under way, "" while there is none.
func (b *batch) progress(bullet string) string {
	if len(b.waiting) == 0 {
		return ""
	}
	text := fmt.Sprintf("refreshing %d/%d", b.total-len(b.waiting), b.total)
	if b.failed > 0 {
		text += fmt.Sprintf(" %s %d failed", bullet, b.failed)
	}
	return text
}

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
	m.batch = newBatch(due)
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
	// Counted first: a portal that was removed meanwhile ends its batch too.
	batched := m.batch.count(r.key.portal, r.err)
	old, known := m.list.byID(r.key.portal)
	if !known {
		if batched {
			return m.batchSaid(r.err)
		}
		return nil
	}
	portal, _ := r.value.(oauth.Portal)
	if r.err != nil {
		e := cleanError(r.err)
		if e.Portal == "" {
			e.Portal = old.Alias
		}
		m.failures[old.ID] = e
		if batched {
			return tea.Batch(m.batchSaid(e), m.load())
		}
		return tea.Batch(m.complain(e), m.load())
	}
	delete(m.failures, old.ID)
	if portal.ID == old.ID {
		m.list.put(portal, m.now)
	}
	if batched {
		return tea.Batch(m.batchSaid(nil), m.load())
	}
	return tea.Batch(m.refreshSaid(portal), m.load())
}

// batchSaid is the toast for the batch, once nothing of it is under way. failure
// is what came of the portal counted last, nil when it was refreshed.
func (m *Model) batchSaid(failure error) tea.Cmd {
	b := m.batch
	if len(b.waiting) > 0 {
		return nil
	}
	m.batch = batch{}
	done := fmt.Sprintf("refreshed %d of %d", b.total-b.failed, b.total)
	switch {
	case b.failed > 0 && b.failed == b.limited: // nothing is wrong but the number of calls
		return m.complain(&oauth.Error{
			Class: b.limit.Class, Message: fmt.Sprintf("%s, %d wait: %s", done, b.failed, b.limit.Message),
			Hint: b.limit.Hint, RetryAt: b.limit.RetryAt,
		})
	case b.failed > 0:
		return m.complain(&oauth.Error{Class: failureClass(failure), Message: fmt.Sprintf("%s, %d failed", done, b.failed), Hint: "The Overview of each portal that failed says why."})
	}
	return m.toast(toastMsg{text: done, done: true})
}

// refreshSaid is the toast for one refresh that worked.
func (m *Model) refreshSaid(p oauth.Portal) tea.Cmd {
	text := "refreshed " + p.Alias
	if took := time.Duration(p.Health.LastRefreshMS) * time.Millisecond; took > 0 {
		text += " in " + shortTime(took)
	}
	return m.toast(toastMsg{text: text, done: true})
}

func failureClass(err error) oauth.Class {
	if err == nil {
		return oauth.ClassOther
	}
	return cleanError(err).Class
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
