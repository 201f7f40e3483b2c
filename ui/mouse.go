package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// wheelLines is how far one notch of the wheel moves a tab.
const wheelLines = 3

// clicked follows a click on a row, a tab or a key that the screen names. Where
// something is, is read from the picture: what is seen is what is hit.
func (m *Model) clicked(c tea.MouseClickMsg) tea.Cmd {
	if c.Button != tea.MouseLeft {
		return nil
	}
	lines, l := m.picture().lines, m.layout()
	if c.Y < 0 || c.Y >= len(lines) {
		return nil
	}
	m.toasts.seen()
	line := ansi.Strip(lines[c.Y])
	if m.dialog != nil || l.footer && c.Y == l.height-1 {
		return m.clickedKey(line, c.X)
	}
	if m.welcoming() || m.unreadable() || m.paneTyping() {
		return nil
	}
	if t, ok := m.tabAt(l, line, c); ok {
		return m.intoDetail(t)
	}
	if row, ok := m.rowAt(l, c.X, c.Y); ok {
		m.focus = focusList
		m.list.choose(row)
		return m.show()
	}
	return nil
}

// clickedKey runs the action whose key and label are under a column of a line.
func (m *Model) clickedKey(line string, x int) tea.Cmd {
	for _, a := range m.reachable() {
		named := a.hint > 0 && len(a.keys) > 0 && (m.dialog == nil || a.scope == m.dialog.scope())
		if named && m.enabled(a) && under(line, m.keyText(a.keys[0])+" "+a.label, x) {
			return a.run(m)
		}
	}
	return nil
}

// tabAt is the tab whose name is under the pointer.
func (m *Model) tabAt(l layout, line string, c tea.MouseClickMsg) (tab, bool) {
	if !m.detailVisible(l) || c.X < l.detail.x || c.Y < l.detail.y || c.Y >= l.detail.y+detailHead(l) {
		return 0, false
	}
	right := ansi.Cut(line, l.detail.x, l.width)
	for t := range tabCount {
		if under(right, t.name(), c.X-l.detail.x) {
			return t, true
		}
	}
	return 0, false
}

// rowAt is the row of the list at a cell.
func (m *Model) rowAt(l layout, x, y int) (int, bool) {
	y -= l.list.y + headRows(l)
	if !m.listVisible(l) || x >= l.list.width || y < 0 || y >= listRows(l) {
		return 0, false
	}
	row := m.list.top + y
	return row, row < len(m.list.shown)
}

// under tells whether the last text in a line covers a column.
func under(line, text string, x int) bool {
	i := strings.LastIndex(line, text)
	if i < 0 {
		return false
	}
	from := textWidth(line[:i])
	return x >= from && x < from+textWidth(text)
}

// wheeled moves what is under the pointer.
func (m *Model) wheeled(w tea.MouseWheelMsg) tea.Cmd {
	by, suffix := lineDown, ".down"
	switch w.Button {
	case tea.MouseWheelUp:
		by, suffix = lineUp, ".up"
	case tea.MouseWheelDown:
	default:
		return nil
	}
	l := m.layout()
	switch {
	case m.dialog != nil:
		return m.stepDialog(suffix)
	case m.welcoming(), m.unreadable():
		return nil
	case m.listVisible(l) && w.X < l.list.width && w.Y < l.list.y+l.list.height:
		return step(by)(m)
	case m.detailVisible(l):
		var cmds []tea.Cmd
		for range wheelLines {
			cmds = append(cmds, movePane(by)(m))
		}
		return tea.Batch(cmds...)
	}
	return nil
}

// stepDialog does what the dialog's own action for a line up or down does.
func (m *Model) stepDialog(suffix string) tea.Cmd {
	for _, a := range m.reachable() {
		if a.scope == m.dialog.scope() && strings.HasSuffix(a.id, suffix) && m.enabled(a) {
			return a.run(m)
		}
	}
	return nil
}
