package ui

import tea "charm.land/bubbletea/v2"

// eventsActions are the keys of the Events tab.
func eventsActions() []action {
	on := func(do func(p *eventsPane, s scene)) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			do(m.panes.events, m.scene())
			return nil
		}
	}
	some := func(m *Model) (bool, string) { return len(m.history.events) > 0, "nothing has happened yet" }
	return []action{
		{id: "events.unfold", keys: []string{"enter", "space"}, label: "details", help: "unfold the event, or fold it again", scope: inEvents, hint: 3, enabled: some, run: on((*eventsPane).unfold)},
		{id: "events.failed", keys: []string{"f"}, label: "failed only", help: "show only what failed, or all again", scope: inEvents, hint: 4, enabled: some, run: on(func(p *eventsPane, _ scene) {
			p.sieve.failed = !p.sieve.failed
		})},
		{id: "events.kind", keys: []string{"v"}, label: "kind", help: "show only events of one kind, the next with each press", scope: inEvents, hint: 5, enabled: some, run: on(func(p *eventsPane, s scene) {
			p.sieve.turn(p.past.all(s.history))
		})},
		{id: "events.search", keys: []string{"/"}, label: "search", help: "show only events with these words", scope: inEvents, hint: 6, enabled: some, run: on(func(p *eventsPane, _ scene) {
			p.sieve.edit()
		})},
		{id: "events.follow", keys: []string{"F"}, label: "follow", help: "stay on the newest event as they come, or not", scope: inEvents, hint: 7, enabled: some, run: on((*eventsPane).follow)},
		{id: "events.clear", keys: []string{"esc"}, label: "show all", help: "clear the filter of the events", scope: inEvents, hint: 2, enabled: func(m *Model) (bool, string) {
			return m.panes.events.sieve.active(), ""
		}, run: on(func(p *eventsPane, _ scene) { p.sieve.clear() })},
		{id: "events.search.keep", keys: []string{"enter"}, label: "keep", help: "keep the words as the filter", scope: inSieve, hint: 10, run: on(func(p *eventsPane, _ scene) { p.sieve.keep(true) })},
		{id: "events.search.up", keys: []string{"up"}, label: "up", help: "a newer event", scope: inSieve, run: movePane(lineUp)},
		{id: "events.search.down", keys: []string{"down"}, label: "down", help: "an older event", scope: inSieve, run: movePane(lineDown)},
		{id: "events.search.clear", keys: []string{"esc", "ctrl+c"}, label: "clear", help: "forget the words", scope: inSieve, hint: 20, run: on(func(p *eventsPane, _ scene) { p.sieve.keep(false) })},
	}
}
