package ui

// welcoming tells whether there is nothing to list, so that the screen shows
// what to do first instead.
func (m *Model) welcoming() bool {
	return m.loaded && m.broken == nil && len(m.list.portals) == 0
}

func welcomeActions() []action { return nil }

// viewWelcome is the empty state: one sentence and the doors.
func (m *Model) viewWelcome(l layout) picture {
	t := m.theme
	return picture{lines: []string{"", "  " + t.Strong.Render("No portals yet.")}}
}
