package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// press routes a key: to what is being typed into, or through the action table.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	m.toasts.seen()
	key := k.String()
	// While a line is being typed, only keys that write nothing are commands.
	typing := m.list.filter.editing || m.dialog != nil && m.dialog.typing() || m.paneTyping()
	if !typing || k.Text == "" {
		if cmd, done := m.act(key); done {
			return cmd
		}
	}
	switch {
	case m.dialog != nil:
		return m.dialog.typed(m, k)
	case m.paneTyping():
		p, _ := m.pane()
		return p.typed(m.scene(), k)
	case m.list.filter.editing:
		return m.filterTyped(k)
	}
	return nil
}

// act runs the innermost action that has the key and works now. Where none
// works, the reason of the innermost is said.
func (m *Model) act(key string) (tea.Cmd, bool) {
	var reason string
	found := false
	for _, a := range m.reachable() {
		if !slices.Contains(a.keys, key) {
			continue
		}
		if m.enabled(a) {
			return a.run(m), true
		}
		if _, why := a.enabled(m); !found {
			reason, found = why, true
		}
	}
	if reason == "" {
		return nil, found
	}
	return m.toast(toastMsg{text: reason}), true
}

// paneTyping tells whether the open tab takes keys as text.
func (m *Model) paneTyping() bool {
	p, _ := m.pane()
	return m.dialog == nil && m.focus == focusDetail && p != nil && p.typing()
}

// paste gives pasted text to whatever takes text now.
func (m *Model) paste(text string) tea.Cmd {
	switch {
	case m.dialog != nil:
		return m.dialog.pasted(m, text)
	case m.paneTyping():
		p, _ := m.pane()
		return p.pasted(m.scene(), text)
	case m.list.filter.editing:
		pasteInto(&m.list.filter.input, text)
		m.applyFilter()
	}
	return nil
}
