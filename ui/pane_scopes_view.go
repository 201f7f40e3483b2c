package ui

import (
	"fmt"
	"strings"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// Columns of the matrix, in cells.
const (
	askedWidth  = 8  // required
	markWidth   = 13 // glyph and "not granted"
	scopeFoot   = 4  // rows about the chosen scope
	tallFoot    = 8  // the same where texts may wrap
	tallScopes  = 22 // rows from which they may
	wideScopes  = 76 // cells the whole matrix needs
	leastScopes = 10 // rows below which the foot is left out
)

// scopeRows is how many scopes are visible.
func scopeRows(f frame) int {
	rows := f.height - 2
	return max(1, rows-footHeight(f))
}

// footHeight is the rows at the end that tell about the chosen scope.
func footHeight(f frame) int {
	switch {
	case f.height < leastScopes:
		return 0
	case f.height < tallScopes:
		return scopeFoot
	default:
		return tallFoot
	}
}

func (p *scopesPane) view(s scene, f frame) picture {
	rows := p.rows(s)
	lines := []string{p.head(s, rows, f.width)}
	if len(rows) == 0 {
		words := "hsterm does not know which scopes a static token has; HubSpot does not tell. " + s.keys.of("scopes.probe") + " tries every call of the catalogue that only reads."
		if s.portal.Kind == oauth.KindOAuth {
			words = "Nothing was asked for and nothing was granted."
		}
		return picture{lines: append(append(lines, ""), paragraph(s.theme.Muted, words, f.width)...)}
	}
	page, at := scopeRows(f), p.at(rows)
	top := followed(p.top, at, len(rows), page)
	lines = append(lines, scopeHeads(s, f.width))
	var pic picture
	for i := top; i < min(top+page, len(rows)); i++ {
		if i == at && f.focused {
			pic.cursor = &point{0, len(lines)}
		}
		lines = append(lines, p.row(s, f, rows[i], i == at))
	}
	if foot := footHeight(f); foot > 0 {
		lines = append(box(lines, f.width, 2+page), p.foot(s, rows[at], f.width, foot)...)
		if below := len(rows) - top - page; below > 0 {
			lines[2+page] = "    " + s.theme.Muted.Render(fmt.Sprintf("%s %d more", s.theme.Glyphs.More, below))
		}
	}
	pic.lines = lines
	return pic
}

// head counts the scopes, and says how the probes are getting on.
func (p *scopesPane) head(s scene, rows []scopeRow, width int) string {
	t := s.theme
	granted, missing := 0, 0
	for _, r := range rows {
		if r.granted {
			granted++
		} else if r.wanted == requiredScope || r.wanted == neededScope {
			missing++
		}
	}
	var r run
	if s.portal.Kind == oauth.KindOAuth {
		r.add(t.Text, fmt.Sprintf("%d granted", granted))
		if missing > 0 {
			r.gap(t.Text, 3).add(t.Bad, fmt.Sprintf("%d missing", missing))
		}
	} else {
		r.add(t.Text, "static token")
	}
	note, ink := p.progress(s, len(rows)), t.Muted
	if run := p.runs[s.portal.ID]; run != nil && run.failure != nil {
		note, ink = "ended early, "+count(len(run.results), "probe"), t.Warn
	}
	if room := width - r.cells - 3; room > 8 && note != "" {
		note = cut(note, room, t.Glyphs.Ellipsis)
		r.to(t.Text, width-textWidth(note)).add(ink, note)
	}
	return cutPainted(r, width)
}

// cutPainted is a run, or nothing where it is wider than there is room.
func cutPainted(r run, width int) string {
	if r.cells > width {
		return ""
	}
	return r.String()
}

// progress says how far the probes are, or when they ended.
func (p *scopesPane) progress(s scene, total int) string {
	run := p.runs[s.portal.ID]
	switch {
	case run == nil:
		return "not probed yet"
	case s.tasks.running(probeKey(s)) && s.portal.Kind != oauth.KindOAuth:
		return fmt.Sprintf("%s probing, %d done", s.spin, len(run.results))
	case s.tasks.running(probeKey(s)):
		return fmt.Sprintf("%s probing, %d of %d", s.spin, len(run.results), total)
	case run.ended.IsZero():
		return fmt.Sprintf("stopped after %s", count(len(run.results), "probe"))
	default:
		return "probed " + s.clock(run.ended)
	}
}

// nameRoom is the cells for a scope's name.
func nameRoom(width int) int {
	if width >= wideScopes {
		return width - 4 - 2 - askedWidth - 2*(2+markWidth)
	}
	return max(0, width-4-2-markWidth)
}

func scopeHeads(s scene, width int) string {
	t := s.theme
	var r run
	r.gap(t.Text, 4).add(t.Muted, left("scope", nameRoom(width), "")).gap(t.Text, 2)
	if width >= wideScopes {
		r.add(t.Muted, left("asked", askedWidth, "")).gap(t.Text, 2)
		r.add(t.Muted, left("grant", markWidth, "")).gap(t.Text, 2).add(t.Muted, "probe")
	} else {
		r.add(t.Muted, "state")
	}
	return cutPainted(r, width)
}

// row paints one scope.
func (p *scopesPane) row(s scene, f frame, row scopeRow, chosen bool) string {
	t := s.theme
	inks, marker := t.Inks, " "
	if chosen {
		marker = t.Glyphs.Marker
		if f.focused {
			inks = t.Picked
		}
	}
	name := inks.Text
	if row.urgency() == 4 {
		name = inks.Muted
	}
	state := row.only(t, inks)
	var r run
	r.add(inks.Accent, marker).gap(inks.Text, 1).add(state.ink, left(state.glyph, 1, "")).gap(inks.Text, 1)
	r.add(name, left(row.scope, nameRoom(f.width), t.Glyphs.Ellipsis)).gap(inks.Text, 2)
	if f.width >= wideScopes {
		r.add(inks.Muted, left(row.wanted.word(), askedWidth, "")).gap(inks.Text, 2)
		grant, probe := row.grantMark(t, inks), row.probeMark(t, inks)
		r.add(grant.ink, left(grant.word, markWidth, "")).gap(inks.Text, 2)
		r.add(probe.ink, left(probe.word, markWidth, ""))
	} else {
		r.add(state.ink, left(state.word, markWidth, ""))
	}
	r.to(inks.Text, f.width)
	return r.String()
}

// foot tells all about the chosen scope, in height rows.
func (p *scopesPane) foot(s scene, row scopeRow, width, height int) []string {
	t := s.theme
	first := row.scope
	switch {
	case row.wanted == requiredScope && !row.granted:
		first += "  required: " + s.keys.of("scopes.reconnect") + " reconnects"
	case width < wideScopes && row.wanted.word() != "":
		first += "  " + row.wanted.word()
	}
	first = join(first, s.usedWords(row))
	lines := []string{"", "    " + t.Strong.Render(cut(first, width-4, t.Glyphs.Ellipsis))}
	most := (height - 2) / 2
	lines = append(lines, footText(s, "opens", p.opens(row.scope), width, most)...)
	return append(lines, footText(s, "probe", p.told(s, row), width, most)...)
}

// footText is a text of at most so many lines behind its name.
func footText(s scene, name, text string, width, most int) []string {
	const names = 12
	t := s.theme
	words := wrap(text, width-names)
	if len(words) > most {
		rest := strings.Join(words[most-1:], " ")
		words = append(words[:most-1], cut(rest, width-names, t.Glyphs.Ellipsis))
	}
	var lines []string
	for i, l := range words {
		var r run
		if i == 0 {
			r.gap(t.Text, 4).add(t.Muted, name)
		}
		lines = append(lines, r.to(t.Text, names).add(t.Text, cut(strings.TrimRight(l, " "), width-names, t.Glyphs.Ellipsis)).String())
	}
	return lines
}

// opens names the sample calls that need a scope.
func (p *scopesPane) opens(scope string) string {
	var names []string
	for _, sample := range p.samples {
		for _, s := range sample.Scopes.Names() {
			if s == scope {
				names = append(names, sample.Name)
			}
		}
	}
	if len(names) == 0 {
		return "no call of the catalogue"
	}
	return strings.Join(names, ", ")
}

// told is what the probe of a scope said.
func (p *scopesPane) told(s scene, row scopeRow) string {
	probe := row.probe
	how := ""
	for _, sample := range p.samples {
		if sample.ID == probe.Sample {
			how = sample.Name
		}
	}
	if probe.Status != 0 {
		how = strings.TrimSpace(fmt.Sprintf("%s %d, %s", how, probe.Status, shortTime(probe.Elapsed)))
	}
	switch {
	case probe.State == "":
		return "not yet; " + s.keys.of("scopes.probe") + " tries it with one cheap read"
	case probe.State == api.ProbeUntested && probe.Sample == "":
		return "no call of the catalogue that only reads needs it alone"
	case probe.State == api.ProbeUntested:
		return how + ": another granted scope opens the same call"
	case probe.Failure != nil:
		return strings.TrimSpace(how + ": " + probe.Failure.Message)
	}
	return how
}
