package ui

import (
	tea "charm.land/bubbletea/v2"
)

func listActions() []action {
	return []action{
		{id: "list.up", keys: []string{"up", "k"}, label: "up", help: "previous portal", scope: inList, run: step(lineUp)},
		{id: "list.down", keys: []string{"down", "j"}, label: "down", help: "next portal", scope: inList, run: step(lineDown)},
		{id: "list.page-up", keys: []string{"pgup", "ctrl+b"}, label: "page up", help: "a page of portals up", scope: inList, run: step(pageUp)},
		{id: "list.page-down", keys: []string{"pgdown", "ctrl+f"}, label: "page down", help: "a page of portals down", scope: inList, run: step(pageDown)},
		{id: "list.first", keys: []string{"g", "home"}, label: "first", help: "first portal", scope: inList, run: step(toTop)},
		{id: "list.last", keys: []string{"G", "end"}, label: "last", help: "last portal", scope: inList, run: step(toBottom)},
		{
			id: "list.open", keys: []string{"enter", "tab", "right", "l"}, label: "open", help: "into the tabs of the portal", scope: inList, hint: 25,
			enabled: hasPortal, run: func(m *Model) tea.Cmd { return m.intoDetail(m.tab) },
		},
		{
			id: "list.clear", keys: []string{"esc"}, label: "clear filter", help: "show all portals again", scope: inList, hint: 15,
			enabled: func(m *Model) (bool, string) { return m.list.filter.active(), "" },
			run:     func(m *Model) tea.Cmd { return m.clearFilter() },
		},
		{
			id: "list.sort", keys: []string{"S"}, label: "sort", help: "sort by name, or by what needs a hand first", scope: inList,
			run: func(m *Model) tea.Cmd {
				m.list.order = (m.list.order + 1) % orderCount
				m.list.sift(m.now)
				return m.toast(toastMsg{text: "sorted " + m.list.order.word()})
			},
		},
	}
}

func filterActions() []action {
	return []action{
		{id: "filter.keep", keys: []string{"enter", "tab"}, label: "keep", help: "keep the filter and go to the list", scope: inFilter, hint: 10, run: func(m *Model) tea.Cmd {
			m.list.filter.editing = false
			m.list.filter.input.Blur()
			return nil
		}},
		{id: "filter.clear", keys: []string{"esc", "ctrl+c"}, label: "clear", help: "clear the filter", scope: inFilter, hint: 20, run: func(m *Model) tea.Cmd { return m.clearFilter() }},
		{id: "filter.up", keys: []string{"up"}, label: "up", help: "previous portal that matches", scope: inFilter, run: step(lineUp)},
		{id: "filter.down", keys: []string{"down"}, label: "down", help: "next portal that matches", scope: inFilter, run: step(lineDown)},
	}
}

func hasPortal(m *Model) (bool, string) {
	_, ok := m.selected()
	return ok, "no portal is selected"
}

func hasPortals(m *Model) (bool, string) { return len(m.list.portals) > 0, "there are no portals yet" }

// step moves the choice in the list.
func step(by motion) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		before := m.list.chosen
		m.list.choose(by.step(m.list.at, len(m.list.shown), listRows(m.layout())))
		if m.list.chosen == before {
			return nil
		}
		return m.show()
	}
}

// editFilter opens the filter line above the list.
func (m *Model) editFilter() tea.Cmd {
	m.focus = focusList
	m.list.filter.editing = true
	m.list.filter.input.Focus()
	m.list.filter.input.CursorEnd()
	return nil
}

func (m *Model) clearFilter() tea.Cmd {
	m.list.filter.editing = false
	m.list.filter.input.Blur()
	m.list.filter.input.Reset()
	return m.applyFilter()
}

func (m *Model) filterTyped(k tea.KeyPressMsg) tea.Cmd {
	typeInto(&m.list.filter.input, k)
	return m.applyFilter()
}

// applyFilter filters the list by what the line says now.
func (m *Model) applyFilter() tea.Cmd {
	before := m.list.chosen
	m.list.filter.query = parseQuery(m.list.filter.input.Value())
	m.list.sift(m.now)
	if m.list.chosen == before {
		return nil
	}
	return m.show()
}
