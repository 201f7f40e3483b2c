package ui

import (
	"fmt"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/theme"
)

const (
	methodWidth = 6  // DELETE
	nameWidth   = 27 // of most samples
	footRows    = 3  // a blank row, the chosen call, what it needs
	leastForRow = 8  // rows below which the foot is left out
	shortNote   = 10 // cells a note needs for a word or two
	longNote    = 25 // and for most scopes
)

// catalogueRows is how many rows of the catalogue are visible in a frame.
func catalogueRows(f frame) int { return max(1, f.height-1-catalogueFoot(f)) }

func catalogueFoot(f frame) int {
	if f.height < leastForRow {
		return 0
	}
	return footRows
}

// view paints the search line, the samples, and the chosen one in full. It works
// on a copy: what scrolls for the sake of a frame is not kept.
func (c catalogue) view(s scene, f frame) picture {
	var p picture
	line, at := c.head(s, f.width)
	p.lines = append(p.lines, line)
	if c.editing {
		p.cursor = &point{at, 0}
	}
	page := catalogueRows(f)
	c.follow(page)
	for i := c.top; i < min(c.top+page, len(c.rows)); i++ {
		if i == c.at && f.focused && !c.editing {
			p.cursor = &point{0, len(p.lines)}
		}
		p.lines = append(p.lines, c.row(s, f, i))
	}
	if len(c.rows) == 0 {
		p.lines = append(p.lines, "", s.theme.Muted.Render(cut("  No call matches. "+s.keys.of("api.clear")+" clears the search.", f.width, s.theme.Glyphs.Ellipsis)))
	}
	if catalogueFoot(f) > 0 {
		p.lines = append(box(p.lines, f.width, 1+page), c.foot(s, f.width)...)
	}
	return p
}

// head is the search line, or how many calls there are, and the column where the
// search's cursor belongs.
func (c *catalogue) head(s scene, width int) (string, int) {
	t := s.theme
	closed, listed := 0, 0
	for _, r := range c.rows {
		if r.sample < 0 {
			continue
		}
		listed++
		if len(lacking(c.samples[r.sample], s.portal)) > 0 {
			closed++
		}
	}
	total := count(listed, "call")
	if closed > 0 {
		total += fmt.Sprintf(", %d without scope", closed)
	}
	var r run
	at := 0
	switch {
	case c.editing || c.input.Value() != "":
		input := c.input
		paintInput(&input, t, max(1, width-4-textWidth(total)))
		r.add(t.Key, "/").gap(t.Text, 1)
		at = r.cells
		if cursor := input.Cursor(); cursor != nil {
			at += cursor.X
		}
		text := input.View()
		r.painted(text, textWidth(text))
	default:
		r.add(t.Muted, "Choose a call to send")
	}
	if room := width - textWidth(total); room > r.cells+1 {
		r.to(t.Text, room).add(t.Muted, total)
	}
	return r.String(), at
}

// row paints one row: a heading, or a call with the scopes it needs.
func (c *catalogue) row(s scene, f frame, i int) string {
	row, t := c.rows[i], s.theme
	if row.sample < 0 {
		return t.Strong.Render(cut(row.area, f.width, t.Glyphs.Ellipsis))
	}
	sample := c.samples[row.sample]
	inks, marker := t.Inks, " "
	if i == c.at {
		marker = t.Glyphs.Marker
		if f.focused {
			inks = t.Picked
		}
	}
	name := inks.Text
	if len(lacking(sample, s.portal)) > 0 {
		name = inks.Muted
	}
	var r run
	r.add(inks.Accent, marker).gap(inks.Text, 1)
	r.add(inks.Muted, left(sample.Method, methodWidth, "")).gap(inks.Text, 2)
	room := max(0, f.width-r.cells)
	r.add(name, left(sample.Name, min(nameWidth, room), t.Glyphs.Ellipsis))
	if room -= nameWidth + 2; room >= shortNote {
		note, ink := sampleNote(sample, s, inks, room)
		r.gap(inks.Text, 2).add(ink, cut(note, room, t.Glyphs.Ellipsis))
	}
	r.to(inks.Text, f.width)
	return r.String()
}

// sampleNote is the end of a call's row: the scopes it needs, or why it is not
// sent just like that, in a word or two where there is little room.
func sampleNote(sample api.Sample, s scene, inks theme.Inks, room int) (string, theme.Ink) {
	dash := s.theme.Glyphs.Dash + " "
	missing := lacking(sample, s.portal)
	switch {
	case len(missing) > 0 && room < longNote:
		return dash + "no scope", inks.Muted
	case len(missing) > 0:
		return dash + needs(sample, missing), inks.Muted
	case asksFirst(sample.Effect, s.portal):
		return "asks first", inks.Warn
	case room < longNote:
		return "", inks.Muted
	}
	return sample.Scopes.String(), inks.Muted
}

// foot shows the chosen call in full: what a row may have had no room for.
func (c *catalogue) foot(s scene, width int) []string {
	sample, ok := c.chosen()
	if !ok {
		return nil
	}
	t := s.theme
	var call run
	call.gap(t.Text, 2).add(t.Strong, sample.Method).gap(t.Text, 2)
	call.add(t.Text, cut(sample.Target(nil), width-call.cells, t.Glyphs.Ellipsis))
	words, ink := effectWords(sample, s)+", needs "+sample.Scopes.String(), t.Muted
	if missing := lacking(sample, s.portal); len(missing) > 0 {
		words, ink = needs(sample, missing)+": HubSpot will refuse it", t.Warn
	}
	return []string{"", call.String(), "  " + ink.Render(cut(words, width-2, t.Glyphs.Ellipsis))}
}

// effectWords says what a call does.
func effectWords(sample api.Sample, s scene) string {
	switch sample.Effect {
	case api.EffectWrite:
		return "writes to " + s.portal.Alias
	case api.EffectDestructive:
		return "removes something of " + s.portal.Alias
	default:
		return "reads only"
	}
}
