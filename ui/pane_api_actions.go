package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// apiActions are the keys of the API tab.
func apiActions() []action {
	return slices.Concat(apiCallActions(), apiPastActions(), apiRepeatActions())
}

// apiCallActions are those of the calls and their answers.
func apiCallActions() []action {
	return []action{
		{id: "api.send", keys: []string{"enter"}, label: "send", help: "send the chosen call; one that has to be filled in is shown first", scope: inAPI, hint: 5, enabled: apiCanSend, run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.begin(s) })},
		{id: "api.fold", keys: []string{"enter", "space"}, label: "fold", help: "fold or unfold the array or object", scope: inAPI, hint: 6, enabled: apiHasBody, run: onViewer(func(v *viewer) { v.toggle() })},
		{id: "api.again", keys: []string{againKey}, label: "send again", help: "send the answered call again; one that changes something is shown first", scope: inAPI, hint: 4, enabled: apiCanSendAgain, run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.again(s) })},
		{id: "api.edit", keys: []string{"e"}, label: "edit", help: "edit path, query and body, then send", scope: inAPI, hint: 9, enabled: apiCanEdit, run: onAPI(func(p *apiPane, _ scene) tea.Cmd {
			p.edit()
			return nil
		})},
		{id: "api.find", keys: []string{"/"}, label: "find", help: "search the calls, or the answer", scope: inAPI, hint: 5, enabled: apiCanEdit, run: onAPI(func(p *apiPane, _ scene) tea.Cmd {
			p.find()
			return nil
		})},
		{id: "api.next", keys: []string{"n"}, label: "next hit", help: "next place that matches", scope: inAPI, hint: 3, hinted: apiHasHits, enabled: apiIn(apiAnswer), run: onViewer(func(v *viewer) { v.next(1) })},
		{id: "api.previous", keys: []string{"N"}, label: "previous hit", help: "previous place that matches", scope: inAPI, enabled: apiIn(apiAnswer), run: onViewer(func(v *viewer) { v.next(-1) })},
		{id: "api.fold-all", keys: []string{"f"}, label: "fold all", help: "fold everything inside the list, or unfold all", scope: inAPI, enabled: apiHasBody, run: onViewer(func(v *viewer) { v.foldAll() })},
		{id: "api.left", keys: []string{"<", "shift+left"}, label: "shift left", help: "see what is cut off on the left", scope: inAPI, enabled: apiIn(apiAnswer), run: onViewer(func(v *viewer) { v.sideways(-sideStep) })},
		{id: "api.right", keys: []string{">", "shift+right"}, label: "shift right", help: "see what is cut off on the right", scope: inAPI, enabled: apiIn(apiAnswer), run: onViewer(func(v *viewer) { v.sideways(sideStep) })},
		{id: "api.headers", keys: []string{"w"}, label: "headers", help: "the answer's headers, or its body again", scope: inAPI, hint: 7, enabled: apiIn(apiAnswer), run: onViewer(func(v *viewer) { v.toggleHeaders() })},
		{id: "api.raw", keys: []string{"v"}, label: "raw", help: "the body as it came, or as it is understood", scope: inAPI, enabled: apiIn(apiAnswer), run: onViewer((*viewer).toggleRaw)},
		{id: "api.filter", keys: []string{"|"}, label: "jq", help: "filter the answer with a jq expression, while it is typed", scope: inAPI, hint: 7, enabled: apiIn(apiAnswer), run: onViewer((*viewer).openSieve)},
		{id: "api.copy", keys: []string{"y"}, label: "copy answer", help: "copy the answer's body to the clipboard", scope: inAPI, hint: 8, enabled: apiCanCopy, run: onAPI(func(p *apiPane, _ scene) tea.Cmd { return p.copyBody() })},
		{id: "api.curl", keys: []string{"C"}, label: "copy as curl", help: "copy the call as curl; the token is $HUBSPOT_ACCESS_TOKEN", scope: inAPI, hint: 11, enabled: apiHasCall, run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.copyCurl(s) })},
		{id: "api.command", keys: []string{"A"}, label: "copy as hsterm api", help: "copy the call as a command: hsterm api PORTAL METHOD PATH", scope: inAPI, enabled: apiHasCall, run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.copyCommand(s) })},
		{id: "api.past", keys: []string{"H"}, label: "history", help: "the calls sent to this portal, to look them up and send them again", scope: inAPI, hint: 12, enabled: apiHasPast, run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.openPast(s) })},
		{id: "api.reconnect", keys: []string{"c"}, label: "reconnect with the scope", help: "reconnect with what the refused call needs", scope: inAPI, hint: 2, enabled: apiLacksScope, run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.reconnect(s) })},
		{id: "api.back", keys: []string{"esc"}, label: "calls", help: "back to the calls; first ends a search", scope: inAPI, hint: 14, enabled: apiCanGoBack, run: onAPI(func(p *apiPane, _ scene) tea.Cmd {
			p.back()
			return nil
		})},
		{id: "api.clear", keys: []string{"esc"}, label: "all calls", help: "show all calls again", scope: inAPI, hint: 14, enabled: apiCanClear, run: onAPI(func(p *apiPane, _ scene) tea.Cmd {
			p.catalogue.clear()
			return nil
		})},
	}
}

// apiLineActions are its keys while a line is being typed.
func apiLineActions() []action {
	return []action{
		{id: "api.line.send", keys: []string{"enter"}, label: "send", help: "send the call", scope: inAPILine, hint: 10, enabled: func(m *Model) (bool, string) {
			if ok, _ := apiIn(apiAnswer)(m); ok {
				return false, ""
			}
			return apiFree(m)
		}, run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.accept(s) })},
		{id: "api.line.keep", keys: []string{"enter"}, label: "keep", help: "keep the search, which n and N go through, or the filter", scope: inAPILine, hint: 10, enabled: apiIn(apiAnswer), run: onAPI(func(p *apiPane, s scene) tea.Cmd { return p.accept(s) })},
		{id: "api.line.next", keys: []string{"tab", "shift+tab"}, label: "path or body", help: "from the path to the body and back", scope: inAPILine, hint: 20, enabled: func(m *Model) (bool, string) {
			a := m.panes.api.current
			return a != nil && a.mode == apiComposing && a.composer.hasBody(), ""
		}, run: onAPI(func(p *apiPane, _ scene) tea.Cmd {
			p.current.composer.focus(!p.current.composer.onBody)
			return nil
		})},
		{id: "api.line.up", keys: []string{"up"}, label: "up", help: "previous call, or hit", scope: inAPILine, run: onAPI(func(p *apiPane, _ scene) tea.Cmd { return p.nudge(lineUp) })},
		{id: "api.line.down", keys: []string{"down"}, label: "down", help: "next call, or hit", scope: inAPILine, run: onAPI(func(p *apiPane, _ scene) tea.Cmd { return p.nudge(lineDown) })},
		{id: "api.line.cancel", keys: []string{"esc", "ctrl+c"}, label: "back", help: "stop what is under way, or back without sending", scope: inAPILine, hint: 30, run: func(m *Model) tea.Cmd {
			if m.tasks.asked() {
				return m.cancel()
			}
			m.panes.api.leave()
			return nil
		}},
	}
}

// againKey repeats, as it does in vi.
const againKey = "."

// sideStep is how far < and > shift an answer, in cells.
const sideStep = 16

func onAPI(do func(*apiPane, scene) tea.Cmd) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		if m.panes.api.current == nil {
			return nil
		}
		return do(m.panes.api, m.scene())
	}
}

func onViewer(do func(*viewer)) func(*Model) tea.Cmd {
	return onAPI(func(p *apiPane, _ scene) tea.Cmd {
		do(&p.current.viewer)
		return nil
	})
}

// apiIn enables an action in one mode of the tab.
func apiIn(mode apiMode) func(*Model) (bool, string) {
	return func(m *Model) (bool, string) {
		a := m.panes.api.current
		return a != nil && a.mode == mode, ""
	}
}

// apiCanSend tells whether the chosen call can be sent.
func apiCanSend(m *Model) (bool, string) {
	if ok, _ := apiIn(apiCatalogue)(m); !ok {
		return false, ""
	}
	return apiFree(m)
}

// apiCanSendAgain tells whether there is an answer whose call can be sent again.
func apiCanSendAgain(m *Model) (bool, string) {
	if ok, _ := apiIn(apiAnswer)(m); !ok {
		return false, ""
	}
	return apiFree(m)
}

func apiHasHits(m *Model) bool {
	a := m.panes.api.current
	return a != nil && len(a.viewer.hits) > 1
}

// apiFree tells whether no call is under way: a write must not be sent twice by
// an impatient finger.
func apiFree(m *Model) (bool, string) {
	return !m.tasks.running(taskKey{tabAPI.name(), m.scene().portal.ID}), "a call is under way; " + m.keys.of("cancel") + " cancels it"
}

func apiHasCall(m *Model) (bool, string) { return m.panes.api.current != nil, "no portal is selected" }

func apiHasBody(m *Model) (bool, string) {
	a := m.panes.api.current
	return a != nil && a.mode == apiAnswer && a.viewer.rows() > 0, ""
}

func apiCanCopy(m *Model) (bool, string) {
	ok, _ := apiHasBody(m)
	return ok, ""
}

// apiCanEdit tells whether a call or its answer is on the screen.
func apiCanEdit(m *Model) (bool, string) {
	a := m.panes.api.current
	return a != nil && a.mode != apiPast && a.mode != apiRepeat, ""
}

func apiLacksScope(m *Model) (bool, string) {
	a := m.panes.api.current
	return a != nil && a.mode == apiAnswer && len(a.toAdd(m.scene())) > 0, ""
}

func apiCanGoBack(m *Model) (bool, string) {
	answered, _ := apiIn(apiAnswer)(m)
	past, _ := apiIn(apiPast)(m)
	repeated, _ := apiIn(apiRepeat)(m)
	return answered || past || repeated, ""
}

func apiCanClear(m *Model) (bool, string) {
	ok, _ := apiIn(apiCatalogue)(m)
	return ok && m.panes.api.catalogue.input.Value() != "", ""
}
