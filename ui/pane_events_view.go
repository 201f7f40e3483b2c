package ui

import (
	"fmt"

	"github.com/hsterm/hsterm/oauth"
)

// leastEvents is the rows below which the line about the events is left out.
const leastEvents = 6

func (p *eventsPane) view(s scene, f frame) picture {
	t := s.theme
	switch {
	case s.history.err != nil:
		return picture{lines: failureCard(s.history.err, s.circumstance()).view(t, f.width)}
	case !s.history.read:
		return picture{}
	case len(s.history.events) == 0:
		return picture{lines: []string{t.Muted.Render("Nothing has happened yet.")}}
	}
	var head picture
	if f.height >= leastEvents || p.sieve.editing || p.sieve.active() {
		head = p.head(s, f.width)
	}
	body := p.body(s, frame{f.width, max(1, f.height-len(head.lines)), f.focused})
	pic := picture{lines: append(head.lines, body.lines...), cursor: moved(body.cursor, 0, len(head.lines))}
	if head.cursor != nil {
		pic.cursor = head.cursor
	}
	return pic
}

// head says what is shown of how much, and whether the newest is followed.
func (p *eventsPane) head(s scene, width int) picture {
	t := s.theme
	all := p.past.all(s.history)
	note := count(len(all), "event")
	if !p.past.complete(s.history) {
		note = "last " + note
	}
	if p.sieve.active() {
		note = fmt.Sprintf("%d of %s", len(p.events(s)), note)
	}
	ink := t.Muted
	switch {
	case s.tasks.slow(olderKey(s)):
		note = s.spin + " reading older events"
	case p.chosen == 0:
		note += "  " + t.Glyphs.Less + " following"
	}
	note = cut(note, width, t.Glyphs.Ellipsis)
	var r run
	var cursor *point
	room := width - textWidth(note) - 2
	if words := p.sieve.words(); words != "" && room > 0 {
		r.add(t.Warn, cut(words, room, t.Glyphs.Ellipsis)).gap(t.Text, 2)
	}
	if (p.sieve.editing || p.sieve.input.Value() != "") && room-r.cells > 6 {
		r.add(t.Key, "/").gap(t.Text, 1)
		input := p.sieve.input
		paintInput(&input, t, room-r.cells)
		if c := input.Cursor(); c != nil && p.sieve.editing {
			cursor = &point{min(r.cells+c.X, width-1), 0}
		}
		text := input.View()
		r.painted(text, textWidth(text))
	}
	if r.cells == 0 && room > 20 {
		r.add(t.Muted, "all kinds")
	}
	r.to(t.Text, width-textWidth(note)).add(ink, note)
	return picture{lines: []string{r.String()}, cursor: cursor}
}

// body is the events, scrolled to the chosen one.
func (p *eventsPane) body(s scene, f frame) picture {
	events := p.events(s)
	if len(events) == 0 {
		words := "No event matches. " + s.keys.of("events.clear") + " clears the filter."
		if !p.past.complete(s.history) {
			words += " " + s.keys.of("tabs.bottom") + " looks at older ones."
		}
		return picture{lines: paragraph(s.theme.Muted, words, f.width)}
	}
	at := p.at(events)
	// No more is painted than can be seen: the chosen line, and a screen each way.
	from, to := max(0, at-f.height), min(len(events), at+f.height+1)
	col := s.eventColumns(events[from:to], f.width)
	var lines []string
	first, last := 0, 0 // lines of the chosen event
	for i := from; i < to; i++ {
		e := events[i]
		if i == at {
			first = len(lines)
		}
		lines = append(lines, s.eventLine(e, col, i == at && f.focused))
		if e.ID == p.open {
			lines = append(lines, s.eventDetail(e, f.width)...)
		}
		if i == at {
			last = len(lines) - 1
		}
	}
	// top is counted in events from the newest, so that it survives what is painted.
	want := p.top - from
	top := max(0, min(max(min(want, first), last-f.height+1), len(lines)-f.height, first))
	p.top = top + from
	pic := picture{lines: lines[top:min(len(lines), top+f.height)]}
	if f.focused {
		pic.cursor = &point{0, first - top}
	}
	return pic
}

// eventColumns are the widths of a list of events: as narrow as what is in it.
type eventColumns struct{ when, what, took, width int }

func (s scene) eventColumns(events []oauth.Event, width int) eventColumns {
	c := eventColumns{width: width}
	for _, e := range events {
		c.when = max(c.when, len(s.clock(e.At)))
		c.what = max(c.what, textWidth(eventWord(e.Kind)))
		if e.Duration > 0 {
			c.took = max(c.took, len(shortTime(e.Duration)))
		}
	}
	c.what = min(c.what, 18)
	return c
}

// eventLine is one event on one line: when, how it ended, what, how long it took.
func (s scene) eventLine(e oauth.Event, c eventColumns, picked bool) string {
	inks, g := s.theme.Inks, s.theme.Glyphs
	if picked {
		inks = s.theme.Picked
	}
	var r run
	glyph, ink := g.Check, inks.Good
	if e.Outcome != oauth.OutcomeOK {
		glyph, ink = g.Cancel, inks.Bad
	}
	r.add(inks.Muted, left(s.clock(e.At), c.when, g.Ellipsis)).gap(inks.Text, 2)
	r.add(ink, glyph).gap(inks.Text, 1)
	r.add(inks.Text, left(eventWord(e.Kind), c.what, g.Ellipsis)).gap(inks.Text, 2)
	took := ""
	if e.Duration > 0 {
		took = shortTime(e.Duration)
	}
	r.add(inks.Muted, left(e.Detail, c.width-r.cells-c.took-1, g.Ellipsis)).gap(inks.Text, 1)
	r.add(inks.Muted, right(took, c.took, g.Ellipsis))
	return r.to(inks.Text, c.width).String()
}
