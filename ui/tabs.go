package ui

import "strings"

// tab is one of the panes of the selected portal.
type tab int

const (
	tabOverview tab = iota
	tabAPI
	tabScopes
	tabEvents
	tabDiagnose
	tabCount
)

// name is the tab's title, and the owner of its work.
func (t tab) name() string {
	return [tabCount]string{"Overview", "API", "Scopes", "Events", "Diagnose"}[t]
}

// actionID is the action that opens the tab.
func (t tab) actionID() string { return "tab." + strings.ToLower(t.name()) }

// panes are the insides of the tabs.
type panes struct {
	overview *overviewPane
	api      *apiPane
	scopes   *scopesPane
	events   *eventsPane
	diagnose *diagnosePane
}

func newPanes() panes {
	return panes{
		overview: newOverviewPane(),
		api:      newAPIPane(),
		scopes:   newScopesPane(),
		events:   newEventsPane(),
		diagnose: newDiagnosePane(),
	}
}

// at returns the pane of a tab, nil when there is none.
func (p panes) at(t tab) pane {
	switch t {
	case tabOverview:
		return p.overview
	case tabAPI:
		return p.api
	case tabScopes:
		return p.scopes
	case tabEvents:
		return p.events
	case tabDiagnose:
		return p.diagnose
	}
	return nil
}

// ownerTab is the tab that work under a name belongs to: its own, or its name with
// a part of it behind a slash.
func ownerTab(name string) (tab, bool) {
	for t := range tabCount {
		if own, _, _ := strings.Cut(name, "/"); t.name() == own {
			return t, true
		}
	}
	return 0, false
}
