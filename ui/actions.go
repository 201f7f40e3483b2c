package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/theme"
)

// scope is where an action's keys work. The innermost scope wins.
type scope string

const (
	inAny      scope = "anywhere"
	inBusy     scope = "while something is under way"
	inPortal   scope = "portal" // list and tabs, about the selected portal
	inList     scope = "list"
	inFilter   scope = "filter"
	inDetail   scope = "tabs"
	inOverview scope = "overview tab"
	inAPI      scope = "API tab"
	inAPILine  scope = "API tab, typing"
	inScopes   scope = "scopes tab"
	inEvents   scope = "events tab"
	inSieve    scope = "events tab, typing"
	inDiagnose scope = "diagnose tab"
	inWelcome  scope = "no portals yet"
	inConsent  scope = "connect"
	inApps     scope = "apps"
	inAppForm  scope = "new app"
	inChoose   scope = "choose an app"
	inRemove   scope = "disconnect"
	inHelp     scope = "help"
	inPalette  scope = "palette"
	inMessages scope = "messages"
	inError    scope = "last error"
	inReads    scope = "send to all marked"
	inUnlock   scope = "unlock"
	inResults  scope = "results"
)

// action is one thing a key does: a row of the table that feeds dispatch,
// footer, help, `hsterm keys` and the README.
type action struct {
	id    string   // stable, "portal.refresh"
	keys  []string // as Bubble Tea names them; the first is the one shown
	label string   // a word or two, for the footer
	help  string   // what it does, without a full stop
	scope scope
	hint  int // place in the footer, smaller is earlier; 0 for never

	// hinted tells whether the footer names it now, though it works anyway; nil
	// is always.
	hinted func(*Model) bool

	// enabled tells whether it works now, and why not in words for the toast.
	// nil is always.
	enabled func(*Model) (bool, string)
	run     func(*Model) tea.Cmd
}

// helpID is the action that leads to all others.
const helpID = "help"

// table is every action there is, in the order help shows them.
func table() []action {
	return slices.Concat(
		listActions(), markActions(), undoActions(), lockActions(), portalActions(), detailActions(), apiActions(), apiLineActions(), scopesActions(), eventsActions(),
		filterActions(), welcomeActions(), dialogActions(), busyActions(), anyActions(),
	)
}

// Action is what the outside may know of an action.
type Action struct {
	ID    string   // stable, for `hsterm keys` and for rebinding
	Keys  []string // as Bubble Tea names them, such as "shift+tab"
	Label string
	Help  string
	Scope string
}

// Actions returns the action table with the keys of a map, which may be nil, for
// `hsterm keys` and the README.
func Actions(k Keymap) []Action {
	var out []Action
	for _, a := range k.table() {
		out = append(out, Action{ID: a.id, Keys: a.keys, Label: a.label, Help: a.help, Scope: string(a.scope)})
	}
	return out
}

// KeyName is a key as people write it: "↑" for "up".
func KeyName(key string) string { return keyName(key, theme.New(theme.Options{}).Glyphs) }

func keyName(key string, g theme.Glyphs) string {
	switch key {
	case "up":
		return g.Up
	case "down":
		return g.Down
	case "left":
		return g.Left
	case "right":
		return g.Right
	case "enter":
		return g.Enter
	}
	return key
}

// scopes are where keys go now, innermost first.
func (m *Model) scopes() []scope {
	if m.dialog == nil && m.tasks.asked() {
		return append([]scope{inBusy}, m.placeScopes()...)
	}
	return m.placeScopes()
}

func (m *Model) placeScopes() []scope {
	switch {
	case m.dialog != nil:
		return []scope{m.dialog.scope(), inAny}
	case m.unreadable():
		return []scope{inAny}
	case m.welcoming():
		return []scope{inWelcome, inAny}
	case m.list.filter.editing:
		return []scope{inFilter}
	case m.paneTyping():
		if m.tab == tabEvents {
			return []scope{inSieve}
		}
		return []scope{inAPILine}
	case m.focus == focusDetail:
		return []scope{tabScope(m.tab), inDetail, inPortal, inAny}
	default:
		return []scope{inList, inPortal, inAny}
	}
}

func tabScope(t tab) scope {
	return [tabCount]scope{inOverview, inAPI, inScopes, inEvents, inDiagnose}[t]
}

// reachable are the actions of the current scopes, innermost first.
func (m *Model) reachable() []*action {
	var out []*action
	for _, s := range m.scopes() {
		for i := range m.actions {
			if m.actions[i].scope == s {
				out = append(out, &m.actions[i])
			}
		}
	}
	return out
}

func (m *Model) enabled(a *action) bool {
	if a.enabled == nil {
		return true
	}
	ok, _ := a.enabled(m)
	return ok
}

func sortHints(hints []*action) {
	slices.SortStableFunc(hints, func(a, b *action) int { return a.hint - b.hint })
}
