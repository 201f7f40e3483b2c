package ui

import (
	tea "charm.land/bubbletea/v2"
)

func detailActions() []action {
	return []action{
		{id: "tabs.next", keys: []string{"tab", "right", "l"}, label: "next tab", help: "next tab", scope: inDetail, hint: 90, run: turnTab(1)},
		{id: "tabs.previous", keys: []string{"shift+tab", "left", "h"}, label: "previous tab", help: "previous tab", scope: inDetail, run: turnTab(-1)},
		{
			id: "tabs.back", keys: []string{"esc"}, label: "list", help: "back to the list", scope: inDetail, hint: 95,
			run: func(m *Model) tea.Cmd {
				m.focus = focusList
				m.zoomed = false
				return nil
			},
		},
		{id: "tabs.zoom", keys: []string{"z"}, label: "zoom", help: "give the tab the whole screen, or half of it again", scope: inDetail, run: func(m *Model) tea.Cmd {
			m.zoomed = !m.zoomed
			return nil
		}},
		{id: "tabs.up", keys: []string{"up", "k"}, label: "up", help: "a line up", scope: inDetail, run: movePane(lineUp)},
		{id: "tabs.down", keys: []string{"down", "j"}, label: "down", help: "a line down", scope: inDetail, run: movePane(lineDown)},
		{id: "tabs.page-up", keys: []string{"pgup", "ctrl+b"}, label: "page up", help: "a page up", scope: inDetail, run: movePane(pageUp)},
		{id: "tabs.page-down", keys: []string{"pgdown", "ctrl+f"}, label: "page down", help: "a page down", scope: inDetail, run: movePane(pageDown)},
		{id: "tabs.top", keys: []string{"g", "home"}, label: "top", help: "to the top", scope: inDetail, run: movePane(toTop)},
		{id: "tabs.bottom", keys: []string{"G", "end"}, label: "bottom", help: "to the bottom", scope: inDetail, run: movePane(toBottom)},
	}
}

func movePane(by motion) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		p, f := m.pane()
		if p == nil {
			return nil
		}
		return p.move(m.scene(), f, by)
	}
}

func turnTab(by int) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		for range tabCount {
			m.tab = (m.tab + tab(by) + tabCount) % tabCount
			if m.panes.at(m.tab) != nil {
				break
			}
		}
		return m.show()
	}
}

func anyActions() []action {
	return []action{
		{id: "apps", keys: []string{"a"}, label: "apps", help: "the OAuth apps that portals are connected with", scope: inAny, hint: 85, enabled: noDialog, run: func(m *Model) tea.Cmd { return m.openApps() }},
		{
			id: "last-error", keys: []string{"E"}, label: "whole error", help: "show the last failure in full", scope: inAny, hint: 1,
			hinted: func(m *Model) bool { return m.toasts.bad },
			enabled: func(m *Model) (bool, string) {
				return m.toasts.last != nil && m.dialog == nil, "nothing has failed"
			},
			run: func(m *Model) tea.Cmd { return m.openLastError() },
		},
		{
			id: messagesID, keys: []string{"M"}, label: "messages", help: "everything that was said since the screen opened", scope: inAny,
			enabled: func(m *Model) (bool, string) {
				return len(m.toasts.said) > 0 && m.dialog == nil, "nothing has been said yet"
			},
			run: func(m *Model) tea.Cmd { return m.openMessages() },
		},
		{id: paletteID, keys: []string{":", "ctrl+p"}, label: "commands", help: "type what to do, or a portal to go to", scope: inAny, hint: 97, enabled: noDialog, run: func(m *Model) tea.Cmd { return m.openPalette() }},
		{id: helpID, keys: []string{"?"}, label: "help", help: "all keys, searchable", scope: inAny, hint: 100, enabled: noDialog, run: func(m *Model) tea.Cmd { return m.openHelp() }},
		{id: "quit", keys: []string{"q"}, label: "quit", help: "leave hsterm; tokens stay stored", scope: inAny, hint: 99, enabled: noDialog, run: func(m *Model) tea.Cmd { return m.quit() }},
		{id: "suspend", keys: []string{"ctrl+z"}, label: "suspend", help: "back to the shell, fg returns", scope: inAny, run: func(*Model) tea.Cmd { return tea.Suspend }},
		{id: "quit.now", keys: []string{"ctrl+c"}, label: "quit", help: "leave hsterm, from anywhere", scope: inAny, run: func(m *Model) tea.Cmd { return m.quit() }},
	}
}

func noDialog(m *Model) (bool, string) { return m.dialog == nil, "" }
