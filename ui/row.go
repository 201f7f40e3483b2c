package ui

import (
	"fmt"
	"strconv"
	"time"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// columns are the places of a row, in cells; a width of 0 leaves a column out.
type columns struct {
	width, alias, hub, app, ttl int
}

// Fixed parts of a row.
const (
	lead  = 5 // space, marker, space, glyph, space
	trail = 1
	gap   = 2
	timed = 7 // "24:51", "12h 04m"
)

// What the time to live needs, in cells: for a bar worth looking at and "no expiry
// · 41 d old", for a short bar and "expired 3 min ago", and for the digits alone.
const (
	roomyTTL = 20
	shortTTL = 17
	leastTTL = timed
)

// columnsFor shares a row's width. Names are what one looks for, so the app goes
// first, then the bar gets shorter, then the hub id goes; a name is cut only when
// nothing else is left to take from.
func columnsFor(width int, w widths) columns {
	c := columns{width: width, alias: max(w.alias, 10)}
	hub, app := max(6, min(w.hub, 12)), max(4, min(w.app, 11))
	room := width - lead - trail - gap - c.alias
	if room-hub-gap >= shortTTL {
		c.hub = hub
		room -= hub + gap
	}
	if c.hub > 0 && room-app-gap >= roomyTTL {
		c.app = app
		room -= app + gap
	}
	if room < leastTTL {
		c.alias = max(6, c.alias+room-leastTTL)
		room = width - lead - trail - gap - c.alias
	}
	c.ttl = max(0, room)
	return c
}

// wide is the width at which a row has all it can use.
func (w widths) wide() int {
	const ttl = 28
	return lead + max(w.alias, 10) + gap + max(6, min(w.hub, 12)) + gap + max(4, min(w.app, 11)) + gap + ttl + trail
}

// rowKey names the part of a row that does not change with the clock.
type rowKey struct {
	id     int64
	cols   columns
	picked bool
	lit    bool // the list has the focus
	state  state
}

// rowLook is what a row is drawn with besides its portal.
type rowLook struct {
	theme  theme.Theme
	now    time.Time
	cols   columns
	picked bool
	marked bool
	lit    bool
	spin   string // instead of the glyph, "" for none
	coarse bool   // the terminal is not looked at
}

// row paints one portal in exactly cols.width cells.
func (l *list) row(p oauth.Portal, look rowLook) string {
	s := stateOf(p, look.now)
	inks := look.theme.Inks
	if look.picked {
		inks = look.theme.Picked
	}
	var r run
	if look.marked {
		r.add(inks.Accent, look.theme.Glyphs.Check)
	} else {
		r.gap(inks.Text, 1)
	}
	switch {
	case look.picked && look.lit:
		r.add(inks.Accent, look.theme.Glyphs.Marker)
	case look.picked:
		r.add(inks.Muted, look.theme.Glyphs.Marker)
	default:
		r.gap(inks.Text, 1)
	}
	r.gap(inks.Text, 1)
	if look.spin != "" {
		r.add(inks.Accent, look.spin)
	} else {
		r.add(s.ink(inks), s.glyph(look.theme.Glyphs))
	}
	key := rowKey{id: p.ID, cols: look.cols, picked: look.picked, lit: look.lit, state: s}
	fixed, ok := l.cache[key]
	if !ok {
		fixed = fixedPart(p, s, inks, look)
		l.cache[key] = fixed
	}
	r.painted(fixed, look.cols.width-look.cols.ttl-trail-lead+1)
	countdown(&r, p, s, inks, look)
	return r.to(inks.Text, look.cols.width).String()
}

// prodMark marks a protected portal.
const prodMark = "PROD"

// prodWidth is what the mark takes of a name's column, with the gap before it.
func prodWidth(p oauth.Portal) int {
	if !p.Protected {
		return 0
	}
	return 1 + len(prodMark)
}

// fixedPart is a row's names: from after the glyph to before the time to live.
func fixedPart(p oauth.Portal, s state, inks theme.Inks, look rowLook) string {
	g, c := look.theme.Glyphs, look.cols
	name := inks.Text
	if look.picked {
		name = inks.Strong
	}
	var r run
	r.gap(inks.Text, 1)
	if p.Protected {
		r.add(name, cut(p.Alias, c.alias-prodWidth(p), g.Ellipsis)).gap(inks.Text, 1).add(inks.Warn, prodMark).to(inks.Text, 1+c.alias)
	} else {
		r.add(name, left(p.Alias, c.alias, g.Ellipsis))
	}
	r.gap(inks.Text, gap)
	if c.hub > 0 {
		r.add(inks.Muted, right(hubText(p.HubID), c.hub, g.Ellipsis)).gap(inks.Text, gap)
	}
	if c.app > 0 {
		r.add(inks.Muted, left(appCell(p), c.app, g.Ellipsis)).gap(inks.Text, gap)
	}
	return r.String()
}

// countdown is the time to live: a bar and mm:ss, or words where nothing counts.
func countdown(r *run, p oauth.Portal, s state, inks theme.Inks, look rowLook) {
	g, width := look.theme.Glyphs, look.cols.ttl
	if words := ttlWords(p, s, look.now, g); words != "" {
		ink := inks.Muted
		if s != stateStatic {
			ink = s.ink(inks)
		}
		if textWidth(words) > width {
			words = s.brief(width)
		}
		words = cut(words, width, g.Ellipsis)
		r.add(ink, words).gap(inks.Text, width-textWidth(words))
		return
	}
	ink, text := inks.Muted, inks.Text
	if s == stateDue {
		ink, text = inks.Warn, inks.Warn
	}
	rest := clockTime(p.TTL(look.now))
	if look.coarse {
		rest = "~" + coarse(p.TTL(look.now))
	}
	if cells := width - timed - 1; cells >= 4 {
		bar(r, inks, ink, g, p, look.now, cells)
		r.gap(inks.Text, 1)
		width = timed
	}
	r.add(text, right(rest, width, g.Ellipsis))
}

// heads paints the names of the columns, and at the right end what a list that is
// longer than the screen has above and below, in the fullest of the forms that fits.
func heads(t theme.Theme, c columns, marked int, o order, places ...string) string {
	var r run
	name, ink := "portal", t.Muted
	if marked > 0 {
		name, ink = fmt.Sprintf("%d marked", marked), t.Accent
	}
	r.gap(t.Text, lead).add(ink, left(name, c.alias, t.Glyphs.Ellipsis)).gap(t.Text, gap)
	if c.hub > 0 {
		r.add(t.Muted, right("hub id", c.hub, t.Glyphs.Ellipsis)).gap(t.Text, gap)
	}
	if c.app > 0 {
		r.add(t.Muted, left("app", c.app, t.Glyphs.Ellipsis)).gap(t.Text, gap)
	}
	title := "time to live"
	if o != byAlias {
		title = o.word()
	}
	place := ""
	for _, title = range []string{title, "ttl"} {
		for _, p := range places {
			if place == "" && len(title)+gap+textWidth(p) <= c.ttl {
				place = p
			}
		}
		if place != "" || len(places) == 0 && len(title) <= c.ttl {
			break
		}
	}
	r.add(t.Muted, left(title, c.ttl-textWidth(place), t.Glyphs.Ellipsis)).add(t.Muted, place)
	return r.to(t.Text, c.width).String()
}

func hubText(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}
