package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// busyActions come before all others while work that was asked for is under way.
func busyActions() []action {
	return []action{{
		id: "cancel", keys: []string{"esc"}, label: "cancel", help: "cancel what is under way", scope: inBusy, hint: 5,
		hinted: func(m *Model) bool { return m.tasks.anySlow() },
		run:    (*Model).cancel,
	}}
}

func portalActions() []action {
	return []action{
		{id: "portal.refresh", keys: []string{"r"}, label: "refresh", help: "get a new access token now", scope: inPortal, hint: 10, enabled: canRefresh, run: func(m *Model) tea.Cmd { return m.refresh() }},
		{id: "portal.connect", keys: []string{"c"}, label: "reconnect", help: "ask for consent again, for new tokens or more scopes", scope: inPortal, hint: 30, enabled: canReconnect, run: func(m *Model) tea.Cmd { return m.reconnect(nil) }},
		{
			id: "list.refresh-due", keys: []string{"R"}, label: "refresh due", help: "refresh every portal that is due or expired", scope: inPortal, hint: 70,
			enabled: func(m *Model) (bool, string) { return m.tally.due+m.tally.expired > 0, "no portal is due" },
			run:     func(m *Model) tea.Cmd { return m.refreshAll(m.list.due(m.now)) },
		},
		{
			id: "list.filter", keys: []string{"/"}, label: "filter", help: "filter: is:due is:expired is:active is:reconnect app:x scope:y, or part of a name", scope: inPortal, hint: 50,
			enabled: hasPortals, run: func(m *Model) tea.Cmd { return m.editFilter() },
		},
		{id: "portal.new", keys: []string{"n"}, label: "new portal", help: "connect another portal", scope: inPortal, hint: 80, run: func(m *Model) tea.Cmd { return m.connectNew() }},
		{id: "portal.copy", keys: []string{"y"}, label: "copy token", help: "copy the access token, refreshed when due, to the clipboard", scope: inPortal, enabled: hasPortal, run: func(m *Model) tea.Cmd { return m.copyToken() }},
		{id: "portal.open", keys: []string{"o"}, label: "open in HubSpot", help: "open the portal in the browser", scope: inPortal, enabled: canOpen, run: func(m *Model) tea.Cmd { return m.openPortal() }},
		{id: "portal.keep-fresh", keys: []string{"K"}, label: "keep fresh", help: "keep the token fresh while the screen is open, or not", scope: inPortal, enabled: expires, run: func(m *Model) tea.Cmd { return m.toggleKeepFresh() }},
		{id: "portal.disconnect", keys: []string{"x"}, label: "disconnect", help: "remove the portal from this machine, asks first", scope: inPortal, enabled: canDisconnect, run: func(m *Model) tea.Cmd { return m.disconnect() }},
		{id: "portal.test", keys: []string{"t"}, label: "test endpoint", help: "choose a sample call, send it and see the answer", scope: inPortal, hint: 20, hinted: worksNow, enabled: hasTab(tabAPI), run: func(m *Model) tea.Cmd { return m.testEndpoint() }},
		{id: "portal.scopes", keys: []string{"s"}, label: "scopes", help: "compare the scopes; in the tab, probe them", scope: inPortal, hint: 65, enabled: hasTab(tabScopes), run: openTab(tabScopes)},
		{id: "tab.overview", keys: []string{"1"}, label: "overview", help: "Overview: what is stored, health, remedy", scope: inPortal, enabled: hasTab(tabOverview), run: openTab(tabOverview)},
		{id: "tab.api", keys: []string{"2"}, label: "API", help: "API: sample calls, requests and answers", scope: inPortal, enabled: hasTab(tabAPI), run: openTab(tabAPI)},
		{id: "tab.scopes", keys: []string{"3"}, label: "scopes", help: "Scopes: required, granted and probed", scope: inPortal, enabled: hasTab(tabScopes), run: openTab(tabScopes)},
		{id: "tab.events", keys: []string{"4"}, label: "events", help: "Events: what happened to this portal", scope: inPortal, enabled: hasTab(tabEvents), run: openTab(tabEvents)},
		{id: "tab.diagnose", keys: []string{"5"}, label: "diagnose", help: "Diagnose: why it does not work, and the remedy", scope: inPortal, enabled: hasTab(tabDiagnose), run: openTab(tabDiagnose)},
	}
}

// worksNow tells whether calls of the selected portal have a chance.
func worksNow(m *Model) bool {
	p, ok := m.selected()
	return ok && p.Status == oauth.StatusActive
}

func expires(m *Model) (bool, string) {
	p, ok := m.selected()
	switch {
	case !ok:
		return false, "no portal is selected"
	case p.Kind != oauth.KindOAuth:
		return false, "a static token does not expire"
	}
	return true, ""
}

func canRefresh(m *Model) (bool, string) {
	if m.many() {
		return slices.ContainsFunc(m.aimed(), func(p oauth.Portal) bool { return p.Kind == oauth.KindOAuth }), "a static token does not expire"
	}
	if ok, why := expires(m); !ok {
		return false, why
	}
	p, _ := m.selected()
	if p.Status == oauth.StatusReconnectRequired {
		return false, "refreshing cannot help: press " + m.keys.of("portal.connect") + " to reconnect"
	}
	return true, ""
}

func canReconnect(m *Model) (bool, string) {
	p, ok := m.selected()
	switch {
	case !ok:
		return false, "no portal is selected: " + m.keys.of("portal.new") + " connects a new one"
	case p.Kind != oauth.KindOAuth:
		return false, "a static token is replaced with: hsterm add-token"
	}
	return true, ""
}

// canDisconnect is one portal's business: marks are for what can be done again.
func canDisconnect(m *Model) (bool, string) {
	if m.many() {
		return false, "portals are disconnected one at a time: " + m.keys.of("list.unmark") + " takes the marks away"
	}
	if p, _ := m.selected(); m.locked() {
		return false, p.Alias + " is protected: " + m.keys.of("portal.unlock") + " unlocks it"
	}
	return hasPortal(m)
}

func hasTab(t tab) func(*Model) (bool, string) {
	return func(m *Model) (bool, string) {
		if ok, why := hasPortal(m); !ok {
			return false, why
		}
		return m.panes.at(t) != nil, ""
	}
}

func openTab(t tab) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { return m.intoDetail(t) }
}

// testEndpoint opens the API tab at its calls, whatever was answered there.
func (m *Model) testEndpoint() tea.Cmd {
	cmd := m.intoDetail(tabAPI)
	m.panes.api.browse()
	return cmd
}

// intoDetail opens a tab and gives it the keys.
func (m *Model) intoDetail(t tab) tea.Cmd {
	m.tab = t
	m.focus = focusDetail
	return m.show()
}

// cancel ends what somebody asked for and still waits for.
func (m *Model) cancel() tea.Cmd {
	m.batch.cancel()
	switch n := m.tasks.cancelAsked(); n {
	case 0:
		return nil
	default:
		return m.toast(toastMsg{text: "cancelled"})
	}
}
