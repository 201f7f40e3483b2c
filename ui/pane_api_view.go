package ui

import (
	"fmt"
	"slices"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// splitWidth is what the tab needs to show catalogue and answer side by side.
const (
	splitWidth     = 104
	catalogueWidth = 46
)

// split divides a wide frame between the catalogue and what was sent; a narrow
// one is all for either.
func split(f frame) (list, rest frame) {
	if f.width < splitWidth {
		return f, f
	}
	list, rest = f, f
	list.width = catalogueWidth
	rest.width = f.width - catalogueWidth - 3
	return list, rest
}

func (p *apiPane) view(s scene, f frame) picture {
	c := p.current
	if c == nil || f.width <= 0 || f.height <= 0 {
		return picture{}
	}
	list, rest := split(f)
	waiting := s.tasks.slow(taskKey{tabAPI.name(), s.portal.ID})
	if list.width == f.width {
		if c.mode == apiCatalogue && !waiting {
			return p.catalogue.view(s, f)
		}
		return c.view(s, f, waiting)
	}
	list.focused = f.focused && c.mode == apiCatalogue
	rest.focused = f.focused && c.mode != apiCatalogue
	return beside(s.theme, p.catalogue.view(s, list), c.side(s, rest, waiting), list.width, rest.width, f.height)
}

// side is what stands beside the catalogue: also while the keys are with that.
func (a *apiSession) side(s scene, f frame, waiting bool) picture {
	if a.mode == apiCatalogue && a.answer == nil && !waiting {
		return picture{lines: []string{s.theme.Muted.Render(cut("The answer will be here.", f.width, s.theme.Glyphs.Ellipsis))}}
	}
	return a.view(s, f, waiting)
}

// beside joins two pictures with a hairline between them.
func beside(t theme.Theme, a, b picture, wide, rest, height int) picture {
	var p picture
	one, two := box(a.lines, wide, height), box(b.lines, rest, height)
	for i := range height {
		p.lines = append(p.lines, one[i]+" "+t.Faint.Render(t.Glyphs.Divider)+" "+two[i])
	}
	p.cursor = a.cursor
	if b.cursor != nil {
		p.cursor = &point{b.cursor.x + wide + 3, b.cursor.y}
	}
	return p
}

// view draws what is not the catalogue.
func (a *apiSession) view(s scene, f frame, waiting bool) picture {
	switch {
	case a.mode == apiRepeat:
		return a.repeat.view(s, f, a.answer.call, s.tasks.running(taskKey{tabAPI.name(), s.portal.ID}))
	case waiting:
		return a.waiting(s, f)
	case a.mode == apiComposing || a.mode == apiConfirming:
		return a.composer.view(s, f, a.mode)
	case a.mode == apiPast:
		return a.past.view(s, f)
	case a.answer != nil:
		return a.answered(s, f)
	}
	return picture{}
}

// waiting names the call that is under way.
func (a *apiSession) waiting(s scene, f frame) picture {
	t := s.theme
	var r run
	r.add(t.Accent, s.spin).gap(t.Text, 1).add(t.Muted, "waiting for HubSpot").gap(t.Text, 3)
	r.add(t.Key, "esc").add(t.Muted, " cancel")
	return picture{lines: []string{a.sent.line(t, f.width), "", r.String()}}
}

// line is the request in one line.
func (c call) line(t theme.Theme, width int) string {
	var r run
	target := c.request.Path
	if len(c.request.Query) > 0 {
		target += "?" + c.request.Query.Encode()
	}
	r.add(t.Strong, c.request.Method).gap(t.Text, 2)
	r.add(t.Text, cut(Safe(target), width-r.cells, t.Glyphs.Ellipsis))
	return r.String()
}

// answered draws an answer: the call, how it went, the failure if it is one, and
// the body with its place at the end.
func (a *apiSession) answered(s scene, f frame) picture {
	lines := a.top(s, f)
	body := f
	body.height = max(0, f.height-len(lines)-1)
	p := picture{lines: lines}
	if body.height > 0 && a.viewer.rows() > 0 {
		row := a.viewer
		row.follow(body.height)
		if f.focused && !a.viewer.writing() {
			p.cursor = &point{0, len(lines) + row.row() - row.top}
		}
		p.lines = append(p.lines, row.view(s.theme, body)...)
	}
	p.lines = box(p.lines, f.width, f.height)
	foot, at := a.foot(s, f.width)
	p.lines[f.height-1] = foot
	if e := a.viewer.sieve.problem; e != "" && f.height > 1 {
		p.lines[f.height-2] = s.theme.Bad.Render(cut(e, f.width, s.theme.Glyphs.Ellipsis))
	}
	if a.viewer.writing() && f.focused {
		p.cursor = &point{at, f.height - 1}
	}
	return p
}

// top is everything above the body. A card takes at most what leaves a few rows
// for the body.
func (a *apiSession) top(s scene, f frame) []string {
	lines := []string{a.answer.call.line(s.theme, f.width)}
	if a.answer.response.Status != 0 {
		lines = append(lines, a.answer.summary(s.theme, f.width))
	}
	if since := a.answer.overtaken(s); since != "" {
		lines = append(lines, s.theme.Warn.Render(cut("from before the "+since, f.width, s.theme.Glyphs.Ellipsis)))
	}
	if a.answer.failure != nil {
		lines = append(lines, "")
		lines = append(lines, a.card(s).view(s.theme, f.width)...)
	} else if trace := a.answer.response.CorrelationID; trace != "" && f.height > 12 {
		lines = append(lines, s.theme.Muted.Render(cut("correlation "+Safe(trace), f.width, s.theme.Glyphs.Ellipsis)))
	}
	lines = append(lines, "")
	return lines[:min(len(lines), max(1, f.height-1))]
}

// card is the answer's failure in words. Of an old one the remedy is to ask again.
func (a *apiSession) card(s scene) card {
	c := failureCard(a.answer.failure, circumstance{
		portal: s.portal, app: s.app, now: s.now, zone: s.zone, keys: s.keys, again: "api.reconnect",
		method: a.answer.call.request.Method, path: Safe(a.answer.call.request.Path), named: true, overtaken: a.answer.overtaken(s) != "",
	})
	if a.answer.overtaken(s) != "" {
		c.keys = append([]cardKey{{s.keys.of("api.again"), "send it again"}}, c.keys...)
	}
	return c
}

// overtaken names what has happened to the portal's tokens since that may have
// changed the answer, "" for nothing. A refresh changes what is said of a token,
// not what a grant allows.
func (a *answer) overtaken(s scene) string {
	switch {
	case s.portal.Version <= a.portal.Version:
		return ""
	case !s.history.connectedAt().Before(a.at), !slices.Equal(s.portal.Scopes, a.portal.Scopes):
		return "reconnect"
	case a.failure == nil:
		return ""
	}
	switch a.failure.Class {
	case oauth.ClassExpired, oauth.ClassInvalid, oauth.ClassRevoked, oauth.ClassReconnectPending:
		return "refresh"
	}
	return ""
}

// bodyRows is how many lines of the body are visible, for scrolling by a page.
func (p *apiPane) bodyRows(f frame) int {
	if p.current == nil || p.current.answer == nil {
		return 0
	}
	_, rest := split(f)
	return rest.height - 5
}

// foot is the search, or the place of the chosen line, and the column of the
// search's cursor.
func (a *apiSession) foot(s scene, width int) (string, int) {
	t, v := s.theme, &a.viewer
	right := v.found()
	if right == "" && v.rows() > 0 {
		right = fmt.Sprintf("%d of %d", v.row()+1, v.rows())
	}
	room := max(0, width-textWidth(right)-2)
	var r run
	at := 0
	switch {
	case v.sieve.editing || v.sieve.active() && !v.editing && v.term == "":
		if n := v.sieve.count(); n != "" {
			right = n
			room = max(0, width-textWidth(right)-2)
		}
		at = r.prompt(t, "jq", v.sieve.input, room)
	case v.editing || v.term != "":
		at = r.prompt(t, "/", v.input, room)
	case v.headers:
		r.add(t.Muted, cut("headers", room, t.Glyphs.Ellipsis))
	case a.answer.response.Status == 0: // there was no answer to have a body
	case v.rows() == 0:
		r.add(t.Muted, cut("no body", room, t.Glyphs.Ellipsis))
	default:
		r.add(t.Muted, cut(Safe(v.doc.path(v.at)), room, t.Glyphs.Ellipsis))
	}
	if r.cells+textWidth(right) < width {
		r.to(t.Text, width-textWidth(right)).add(t.Muted, right)
	}
	return r.String(), at
}
