package ui

import tea "charm.land/bubbletea/v2"

// connectMsg asks for a consent. Panes send it where more scopes would help.
type connectMsg struct {
	portal int64    // to renew, 0 for a new one
	scopes []string // to add to what the app requires
}

func (m *Model) connect(connectMsg) tea.Cmd { return nil }
