package ui

import (
	"strconv"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// pastHead and pastFoot are the rows around the list of calls.
const (
	pastHead = 2
	pastFoot = 4 // a blank row and three of the chosen call
)

// pastRows is how many calls are visible in a frame.
func pastRows(f frame) int {
	rows := f.height - pastHead
	if f.height >= pastHead+2*pastFoot {
		rows -= pastFoot
	}
	return max(1, rows)
}

// view lists the calls, the newest above, and shows the chosen one in full.
func (h sentCalls) view(s scene, f frame) picture {
	t := s.theme
	var head run
	head.add(t.Strong, cut("Calls sent", f.width, t.Glyphs.Ellipsis))
	if total := count(len(h.calls), "call"); f.width > head.cells+textWidth(total)+2 {
		head.to(t.Text, f.width-textWidth(total)).add(t.Muted, total)
	}
	p := picture{lines: []string{head.String(), ""}}
	switch {
	case h.failure != nil && len(h.calls) == 0:
		p.lines = append(p.lines, failureCard(h.failure, s.circumstance()).view(t, f.width)...)
		return p
	case !h.read:
		return p
	case len(h.calls) == 0:
		p.lines = append(p.lines, wrapped(t.Muted, "None yet. What you send to "+s.portal.Alias+" is kept here.", f.width)...)
		return p
	}
	page := pastRows(f)
	h.follow(page)
	when := 0
	for _, c := range h.calls[h.top:min(h.top+page, len(h.calls))] {
		when = max(when, len(s.clock(c.At)))
	}
	for i := h.top; i < min(h.top+page, len(h.calls)); i++ {
		if i == h.at && f.focused {
			p.cursor = &point{0, len(p.lines)}
		}
		p.lines = append(p.lines, h.row(s, f, i, when))
	}
	if pastRows(f) < f.height-pastHead {
		p.lines = append(box(p.lines, f.width, pastHead+page), h.foot(s, f.width)...)
	}
	return p
}

// row is one call on one line: when, how it ended, what, how long it took.
func (h *sentCalls) row(s scene, f frame, i, when int) string {
	c, g := h.calls[i], s.theme.Glyphs
	inks, marker := s.theme.Inks, " "
	if i == h.at {
		marker = g.Marker
		if f.focused {
			inks = s.theme.Picked
		}
	}
	const took = 7
	glyph, ink := sentGlyph(c, g, inks)
	var r run
	r.add(inks.Accent, marker).gap(inks.Text, 1)
	r.add(inks.Muted, left(s.clock(c.At), min(when, max(0, f.width-r.cells)), g.Ellipsis)).gap(inks.Text, 2)
	r.add(ink, glyph+" "+left(sentStatus(c, g), 3, "")).gap(inks.Text, 2)
	r.add(inks.Muted, left(c.Method, methodWidth, "")).gap(inks.Text, 2)
	if room := f.width - r.cells - took - 1; room > 0 {
		r.add(inks.Text, left(callOf(c).sample.Name, room, g.Ellipsis)).gap(inks.Text, 1)
		r.add(inks.Muted, right(shortTime(c.Elapsed), took, g.Ellipsis))
	}
	return cutRun(&r, inks, f.width, g.Ellipsis)
}

// foot is the chosen call with all that is known of it.
func (h *sentCalls) foot(s scene, width int) []string {
	c, ok := h.chosen()
	if !ok {
		return nil
	}
	t := s.theme
	var line run
	line.gap(t.Text, 2).add(t.Strong, c.Method).gap(t.Text, 2)
	line.add(t.Text, cut(sentTarget(c), width-line.cells, t.Glyphs.Ellipsis))
	facts := []string{size(c.Size), shortTime(c.Elapsed)}
	if c.Class != "" {
		facts = append([]string{Safe(string(c.Class))}, facts...)
	}
	if c.CorrelationID != "" {
		facts = append(facts, "correlation "+Safe(c.CorrelationID))
	}
	body := Safe(firstLine(string(clip(c.Body, 4*width))))
	if c.Partial {
		body = partialWords
	}
	return []string{
		"", line.String(),
		"  " + t.Muted.Render(cut(body, width-2, t.Glyphs.Ellipsis)),
		"  " + t.Muted.Render(cut(join(facts...), width-2, t.Glyphs.Ellipsis)),
	}
}

func sentTarget(c oauth.SentCall) string {
	target := c.Path
	if c.Query != "" {
		target += "?" + c.Query
	}
	return Safe(target)
}

// sentStatus is the status in three cells.
func sentStatus(c oauth.SentCall, g theme.Glyphs) string {
	if c.Status == 0 {
		return g.Dash
	}
	return strconv.Itoa(c.Status)
}

func sentGlyph(c oauth.SentCall, g theme.Glyphs, inks theme.Inks) (string, theme.Ink) {
	switch {
	case c.Class == "":
		return g.Check, inks.Good
	case passing(c.Class):
		return g.Due, inks.Warn
	default:
		return g.Cancel, inks.Bad
	}
}

// cutRun is a run as one line of exactly that width.
func cutRun(r *run, inks theme.Inks, width int, ellipsis string) string {
	if r.cells > width {
		return cut(r.String(), width, ellipsis)
	}
	return r.to(inks.Text, width).String()
}

func apiPastActions() []action {
	in := apiIn(apiPast)
	some := func(m *Model) (bool, string) {
		if ok, _ := in(m); !ok {
			return false, ""
		}
		return len(m.panes.api.current.past.calls) > 0, "no call was sent yet"
	}
	send := func(m *Model) (bool, string) {
		if ok, why := some(m); !ok {
			return false, why
		}
		return apiFree(m)
	}
	return []action{
		{id: "api.past.send", keys: []string{"enter", againKey}, label: "send again", help: "send the call of the history again; one that changes something is shown first", scope: inAPI, hint: 4, enabled: send, run: onAPI((*apiPane).sendPast)},
		{id: "api.past.edit", keys: []string{"e"}, label: "edit", help: "edit the call of the history, then send it", scope: inAPI, hint: 5, enabled: some, run: onAPI((*apiPane).editPast)},
		{id: "api.past.forget", keys: []string{"d", "delete"}, label: "remove", help: "remove the call from the history", scope: inAPI, hint: 6, enabled: some, run: onAPI((*apiPane).forgetPast)},
	}
}

// apiHasPast tells whether the history can be opened: it is not open.
func apiHasPast(m *Model) (bool, string) {
	a := m.panes.api.current
	return a != nil && a.mode != apiPast, ""
}
