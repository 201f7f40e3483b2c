package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// markActions choose several portals, for the keys that can do for all of them
// what they do for one.
func markActions() []action {
	marked := func(m *Model) (bool, string) { return len(m.list.marked) > 0, "" }
	return []action{
		{id: "list.mark", keys: []string{"space"}, label: "mark", help: "mark the portal, or not, and go on: r t s K act on all that are marked", scope: inList, hint: 60, enabled: hasPortal, run: (*Model).mark},
		{id: "list.mark-all", keys: []string{"*", "ctrl+a"}, label: "mark all", help: "mark all portals that are shown, or none of them", scope: inList, enabled: hasPortal, run: (*Model).markAll},
		{
			id: "list.unmark", keys: []string{"esc"}, label: "unmark", help: "take all marks away", scope: inList, hint: 16,
			enabled: func(m *Model) (bool, string) { return len(m.list.marked) > 0 && !m.list.filter.active(), "" },
			run: func(m *Model) tea.Cmd {
				clear(m.list.marked)
				return nil
			},
		},
		{
			id: "list.results", keys: []string{"V"}, label: "each result", help: "what came of the last thing done to several portals, one row each", scope: inPortal, hint: 2,
			hinted:  func(m *Model) bool { return m.toasts.bad && m.batch.count(batchFailed) > 0 || m.batch.open > 0 },
			enabled: func(m *Model) (bool, string) { return len(m.batch.rows) > 0, "nothing was done to several portals yet" },
			run:     (*Model).openResults,
		},
		{id: "marked.test", keys: []string{"t"}, label: "test all", help: "send the same read to all marked portals", scope: inList, hint: 20, enabled: marked, run: (*Model).openReads},
		{id: "marked.probe", keys: []string{"s"}, label: "probe all", help: "probe the scopes of all marked portals", scope: inList, hint: 65, enabled: marked, run: (*Model).probeMarked},
		{id: "marked.keep-fresh", keys: []string{"K"}, label: "keep all fresh", help: "keep all marked portals fresh, or none of them when all are", scope: inList, enabled: marked, run: (*Model).keepMarked},
	}
}

// mark marks the chosen portal, or takes its mark away, and goes on to the next.
func (m *Model) mark() tea.Cmd {
	p, _ := m.selected()
	if m.list.marked[p.ID] {
		delete(m.list.marked, p.ID)
	} else {
		m.list.marked[p.ID] = true
	}
	return step(lineDown)(m)
}

// markAll marks all that are shown; where they all are, none.
func (m *Model) markAll() tea.Cmd {
	l, all := &m.list, true
	for _, i := range l.shown {
		all = all && l.marked[l.portals[i].ID]
	}
	for _, i := range l.shown {
		if all {
			delete(l.marked, l.portals[i].ID)
		} else {
			l.marked[l.portals[i].ID] = true
		}
	}
	return nil
}

// unmarkGone forgets the marks of portals that are no longer stored.
func (l *list) unmarkGone() {
	if len(l.marked) == 0 {
		return
	}
	still := map[int64]bool{}
	for _, p := range l.portals {
		if l.marked[p.ID] {
			still[p.ID] = true
		}
	}
	l.marked = still
}

// aimed are the marked portals, whether the filter shows them or not, by alias;
// none while the keys go to a tab, which is about one portal.
func (m *Model) aimed() []oauth.Portal {
	if m.focus != focusList {
		return nil
	}
	var marked []oauth.Portal
	for _, p := range m.list.portals {
		if m.list.marked[p.ID] {
			marked = append(marked, p)
		}
	}
	return marked
}

// many tells whether the keys act on marked portals.
func (m *Model) many() bool { return m.focus == focusList && len(m.list.marked) > 0 }

// probeMarked probes the scopes of all marked portals.
func (m *Model) probeMarked() tea.Cmd {
	portals, calls := m.aimed(), m.opts.Backend.Calls
	cmd := m.startBatch(newBatch(deedProbe, portals), portals, func(ctx context.Context, p oauth.Portal) (batchOutcome, error) {
		said := map[api.ProbeState]int{}
		err := calls.ProbeScopes(ctx, p.ID, func(r api.ProbeResult) { said[r.State]++ })
		return batchOutcome{words: probed(said)}, err
	})
	return tea.Batch(cmd, m.openResults())
}

// probed is what probes said, in words: "works 6  missing 1".
func probed(said map[api.ProbeState]int) string {
	words := ""
	for _, s := range []api.ProbeState{api.ProbeWorks, api.ProbeMissing, api.ProbeForbidden, api.ProbeCredential, api.ProbeFailed, api.ProbeUntested} {
		if n := said[s]; n > 0 {
			words = join(words, fmt.Sprintf("%s %d", s, n))
		}
	}
	return words
}

// keepMarked keeps all marked portals fresh; where all are kept, none.
func (m *Model) keepMarked() tea.Cmd {
	var portals []oauth.Portal
	on := false
	for _, p := range m.aimed() {
		if p.Expires() {
			portals = append(portals, p)
			on = on || !p.KeepFresh
		}
	}
	if len(portals) == 0 {
		return m.toast(toastMsg{text: "a static token does not expire"})
	}
	words := "keep fresh off"
	if on {
		words = "keep fresh on"
	}
	store := m.opts.Backend.Portals
	return m.startBatch(newBatch(deedKeep, portals), portals, func(ctx context.Context, p oauth.Portal) (batchOutcome, error) {
		return batchOutcome{words: words}, store.SetKeepFresh(ctx, p.ID, on)
	})
}
