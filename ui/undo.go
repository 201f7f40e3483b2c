package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// undo is a portal that was removed and can be brought back.
type undo struct {
	id    int64
	alias string
}

func undoActions() []action {
	return []action{{
		id: "portal.undo", keys: []string{"u"}, label: "undo disconnect", help: "bring back the portal that was disconnected last, until hsterm is left", scope: inAny, hint: 18,
		enabled: func(m *Model) (bool, string) {
			return len(m.undos) > 0 && m.dialog == nil, "nothing was disconnected that could be brought back"
		},
		run: (*Model).undo,
	}}
}

// undo brings back the portal that was removed last.
func (m *Model) undo() tea.Cmd {
	last := m.undos[len(m.undos)-1]
	portals := m.opts.Backend.Portals
	if m.tasks.running(taskKey{ownerRestore, last.id}) {
		return nil
	}
	return m.tasks.start(taskKey{ownerRestore, last.id}, func(ctx context.Context) (any, error) {
		p, err := portals.Restore(ctx, last.id)
		return cleanPortal(p), err
	})
}

// restored shows the portal that is back, and says so when it is called
// something else now.
func (m *Model) restored(r result) tea.Cmd {
	if r.err != nil {
		return tea.Batch(m.complain(r.err), m.load())
	}
	p, _ := r.value.(oauth.Portal)
	text := p.Alias + " is back"
	for i, u := range m.undos {
		if u.id != p.ID {
			continue
		}
		if u.alias != p.Alias {
			text = u.alias + " is back as " + p.Alias
		}
		m.undos = append(m.undos[:i:i], m.undos[i+1:]...)
		break
	}
	m.list.put(p, m.now)
	m.list.pick(p.ID)
	return tea.Batch(m.show(), m.toast(toastMsg{text: text, done: true}), m.load())
}
