package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Update routes a message and makes sure that the clock ticks as often as what
// is now on the screen needs. It does no I/O.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.look()
	cmd := m.route(msg)
	m.list.follow(listRows(m.layout()))
	m.tally = m.list.tally(m.now)
	return m, tea.Batch(cmd, m.clock.arm(m.pace(), m.opts.Now()))
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	if cmd, ok := m.heard(msg); ok {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.MouseClickMsg:
		return m.clicked(msg)
	case tea.MouseWheelMsg:
		return m.wheeled(msg)
	case tea.PasteMsg:
		return m.paste(msg.Content)
	case tickMsg:
		if m.clock.ticked(msg) {
			return m.ticked()
		}
	case pollMsg:
		return tea.Batch(m.check(), m.watchBackground())
	case slowMsg:
		if m.tasks.lag(msg) {
			return m.spinner.start()
		}
	case spinMsg:
		return m.spinner.turn(msg, m.tasks.anySlow())
	case taskMsg:
		return m.deliver(msg)
	case toastMsg:
		return m.toast(msg)
	case toastOverMsg:
		m.toasts.over(msg)
	case connectMsg:
		return m.connect(msg)
	}
	return nil
}

// ticked follows the clock.
func (m *Model) ticked() tea.Cmd {
	m.list.ticked(m.now)
	if m.dialog != nil {
		return m.dialog.ticked(m)
	}
	return nil
}

// abandoned is a result that has to be let go of when nobody wants it any more.
type abandoned interface{ abandon() tea.Cmd }

// deliver brings what came of work to its owner, unless nobody wants it any
// more.
func (m *Model) deliver(msg taskMsg) tea.Cmd {
	if !m.tasks.current(msg) {
		if a, ok := msg.value.(abandoned); ok {
			return a.abandon()
		}
		return nil
	}
	return tea.Batch(m.own(msg.result), msg.next)
}

func (m *Model) own(r result) tea.Cmd {
	switch r.key.owner {
	case ownerLoad:
		return m.took(r)
	case ownerRevision:
		return m.checked(r)
	case ownerRefresh:
		return m.refreshed(r)
	case ownerRestore:
		return m.restored(r)
	case ownerBatch:
		return m.batched(r)
	case ownerHistory:
		m.recalled(r)
		return nil
	case ownerEffect:
		return m.effected(r)
	case ownerSandbox:
		return m.explored(r)
	}
	if strings.HasPrefix(r.key.owner, ownerDialog) {
		if m.dialog != nil {
			return m.dialog.update(m, r)
		}
		return nil
	}
	if t, ok := ownerTab(r.key.owner); ok {
		if p := m.panes.at(t); p != nil {
			return p.update(m.scene(), r)
		}
	}
	return nil
}
