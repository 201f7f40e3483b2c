package ui

import (
	"slices"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// want is what the app makes of a scope.
type want int

const (
	requiredScope want = iota
	optionalScope
	neededScope  // a recorded call was refused without it
	extraScope   // granted without being asked for by the app as hsterm knows it
	unknownScope // of a static token: nobody asks for it
)

func (w want) word() string {
	return [...]string{"required", "optional", "needed", "extra", ""}[w]
}

// scopeRow is one scope of the matrix.
type scopeRow struct {
	scope   string
	wanted  want
	granted bool
	probe   api.ProbeResult // State "" when it was not probed
}

// urgency sorts what needs a hand to the top.
func (r scopeRow) urgency() int {
	refused := slices.Contains([]api.ProbeState{api.ProbeMissing, api.ProbeForbidden, api.ProbeCredential}, r.probe.State)
	switch {
	case (r.wanted == requiredScope || r.wanted == neededScope) && !r.granted:
		return 0
	case r.granted && refused:
		return 1
	case r.wanted == requiredScope:
		return 2
	case r.granted || r.probe.State == api.ProbeWorks:
		return 3
	default:
		return 4
	}
}

// rows is the matrix: every scope the app asks for, every granted one, and of a
// static token every one that was probed.
func (p *scopesPane) rows(s scene) []scopeRow {
	var rows []scopeRow
	add := func(scopes []string, wanted want) {
		for _, scope := range scopes {
			if !slices.ContainsFunc(rows, func(r scopeRow) bool { return r.scope == scope }) {
				rows = append(rows, scopeRow{scope: scope, wanted: wanted, granted: slices.Contains(s.portal.Scopes, scope)})
			}
		}
	}
	add(s.app.Scopes, requiredScope)
	if s.portal.Kind == oauth.KindOAuth {
		add(s.refused(), neededScope)
	}
	add(s.app.OptionalScopes, optionalScope)
	add(s.portal.Scopes, extraScope)
	run := p.runs[s.portal.ID]
	if run == nil {
		run = &probeRun{}
	}
	if s.portal.Kind != oauth.KindOAuth {
		for scope := range run.results {
			add([]string{scope}, unknownScope)
		}
	}
	for i := range rows {
		rows[i].probe = run.results[rows[i].scope]
	}
	slices.SortFunc(rows, func(a, b scopeRow) int {
		if d := a.urgency() - b.urgency(); d != 0 {
			return d
		}
		if a.scope < b.scope {
			return -1
		}
		return 1
	})
	return rows
}

// sign is a word with the glyph that says the same.
type sign struct {
	glyph, word string
	ink         theme.Ink
}

// grantMark says whether a scope was granted.
func (r scopeRow) grantMark(t theme.Theme, inks theme.Inks) sign {
	switch {
	case r.granted:
		return sign{t.Glyphs.Check, "granted", inks.Good}
	case r.wanted == requiredScope || r.wanted == neededScope:
		return sign{t.Glyphs.Cancel, "missing", inks.Bad}
	case r.wanted == unknownScope:
		return sign{t.Glyphs.Dash, "not known", inks.Muted}
	default:
		return sign{t.Glyphs.Dash, "not granted", inks.Muted}
	}
}

// probeMark says what HubSpot said.
func (r scopeRow) probeMark(t theme.Theme, inks theme.Inks) sign {
	switch r.probe.State {
	case api.ProbeWorks:
		return sign{t.Glyphs.Check, "works", inks.Good}
	case api.ProbeMissing:
		if !r.granted && r.wanted != requiredScope {
			return sign{t.Glyphs.Dash, "missing", inks.Muted} // as one would expect
		}
		return sign{t.Glyphs.Cancel, "missing", inks.Bad}
	case api.ProbeForbidden:
		return sign{t.Glyphs.Cancel, "forbidden", inks.Warn}
	case api.ProbeCredential:
		return sign{t.Glyphs.Cancel, "credential", inks.Bad}
	case api.ProbeFailed:
		return sign{t.Glyphs.Dash, "unclear", inks.Warn}
	case api.ProbeUntested:
		return sign{t.Glyphs.Dash, "untested", inks.Muted}
	}
	return sign{ink: inks.Muted}
}

// only is the one sign there is room for: what is wrong, else the freshest news.
func (r scopeRow) only(t theme.Theme, inks theme.Inks) sign {
	told := r.probe.State != "" && r.probe.State != api.ProbeUntested
	if told && r.urgency() != 0 {
		return r.probeMark(t, inks)
	}
	return r.grantMark(t, inks)
}
