package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// scopesPane is the Scopes tab: what the app asks for, what was granted, and
// what HubSpot says when each is tried.
type scopesPane struct {
	runs    map[int64]*probeRun
	samples []api.Sample
	chosen  string // scope the marker is on
	top     int
}

// probeRun is one portal's probes.
type probeRun struct {
	results map[string]api.ProbeResult
	ended   time.Time    // zero while under way or when stopped
	failure *oauth.Error // why it ended early, nil when it did not
}

func newScopesPane() *scopesPane {
	return &scopesPane{runs: map[int64]*probeRun{}, samples: api.Samples()}
}

func (p *scopesPane) show(scene) tea.Cmd                   { return nil }
func (p *scopesPane) typing() bool                         { return false }
func (p *scopesPane) typed(scene, tea.KeyPressMsg) tea.Cmd { return nil }
func (p *scopesPane) pasted(scene, string) tea.Cmd         { return nil }

// probeKey names the probes of a portal.
func probeKey(s scene) taskKey { return taskKey{tabScopes.name(), s.portal.ID} }

// probe tests every scope; what was known before is forgotten.
func (p *scopesPane) probe(s scene) tea.Cmd {
	calls, id := s.backend.Calls, s.portal.ID
	p.runs[id] = &probeRun{results: map[string]api.ProbeResult{}}
	return s.tasks.stream(probeKey(s), func(ctx context.Context, report func(any)) error {
		return calls.ProbeScopes(ctx, id, func(r api.ProbeResult) {
			r.Scope = Safe(r.Scope)
			r.Failure = cleanFailure(r.Failure)
			report(r)
		})
	})
}

func cleanFailure(e *oauth.Error) *oauth.Error {
	if e == nil {
		return nil // not a nil pointer in an error
	}
	return cleanError(e)
}

// update takes a verdict, or the end of the probes.
func (p *scopesPane) update(s scene, r result) tea.Cmd {
	run := p.runs[r.key.portal]
	if run == nil {
		return nil
	}
	if verdict, ok := r.value.(api.ProbeResult); ok {
		run.results[verdict.Scope] = verdict
	}
	if !r.last {
		return nil
	}
	run.ended, run.failure = s.now, cleanError(r.err)
	if r.err != nil {
		return complain(r.err)
	}
	return nil
}

func (p *scopesPane) move(s scene, f frame, by motion) tea.Cmd {
	rows := p.rows(s)
	if len(rows) == 0 {
		return nil
	}
	at := by.step(p.at(rows), len(rows), scopeRows(f))
	p.chosen = rows[at].scope
	p.top = followed(p.top, at, len(rows), scopeRows(f))
	return nil
}

// at is the row of the chosen scope, the first when it is not there.
func (p *scopesPane) at(rows []scopeRow) int {
	for i, r := range rows {
		if r.scope == p.chosen {
			return i
		}
	}
	return 0
}

// followed is the first visible row when row at has to be one of page.
func followed(top, at, total, page int) int {
	top = max(min(top, at), at-page+1)
	return max(0, min(top, total-page))
}

// missing is the scopes a reconnect should add to what the app requires: those
// that calls were refused without, and the chosen one when it was not granted.
func (p *scopesPane) missing(s scene) []string {
	rows := p.rows(s)
	if len(rows) == 0 || s.portal.Kind != oauth.KindOAuth {
		return nil
	}
	add := slices.DeleteFunc(s.refused(), func(scope string) bool { return slices.Contains(s.app.Scopes, scope) })
	if row := rows[p.at(rows)]; !row.granted && row.wanted == optionalScope {
		add = append(add, row.scope)
	}
	return add
}

// scopesActions are the keys of the Scopes tab.
func scopesActions() []action {
	return []action{
		{
			id: "scopes.probe", keys: []string{"s"}, label: "probe all", help: "try every scope with one cheap read", scope: inScopes, hint: 5,
			enabled: func(m *Model) (bool, string) {
				return !m.tasks.running(probeKey(m.scene())), "the probes are under way; " + m.keys.of("cancel") + " stops them"
			},
			run: func(m *Model) tea.Cmd { return m.panes.scopes.probe(m.scene()) },
		},
		{
			id: "scopes.reconnect", keys: []string{"c"}, label: "reconnect", help: "reconnect with the scopes that are missing, and the chosen one", scope: inScopes, hint: 8,
			enabled: canReconnect,
			run: func(m *Model) tea.Cmd {
				s := m.scene()
				return m.connect(connectMsg{portal: s.portal.ID, scopes: m.panes.scopes.missing(s)})
			},
		},
	}
}
