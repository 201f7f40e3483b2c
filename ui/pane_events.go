package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// eventsPane is what happened to a portal, newest first; enter unfolds one. The
// choice follows the event, not the line, so that news above do not move it.
type eventsPane struct {
	portal int64
	chosen int64 // ID of an event, 0 for the newest
	open   int64 // ID of the unfolded event, 0 for none
	top    int
}

func newEventsPane() *eventsPane { return &eventsPane{} }

func (p *eventsPane) update(scene, result) tea.Cmd         { return nil }
func (p *eventsPane) typing() bool                         { return false }
func (p *eventsPane) typed(scene, tea.KeyPressMsg) tea.Cmd { return nil }
func (p *eventsPane) pasted(scene, string) tea.Cmd         { return nil }

func (p *eventsPane) show(s scene) tea.Cmd {
	if s.portal.ID != p.portal {
		*p = eventsPane{portal: s.portal.ID}
	}
	return nil
}

// at is the line of the chosen event.
func (p *eventsPane) at(s scene) int {
	for i, e := range s.history.events {
		if e.ID == p.chosen {
			return i
		}
	}
	return 0
}

func (p *eventsPane) move(s scene, f frame, by motion) tea.Cmd {
	if n := len(s.history.events); n > 0 {
		p.chosen = s.history.events[by.step(p.at(s), n, f.height)].ID
	}
	return nil
}

// unfold shows all of the chosen event, or folds it again.
func (p *eventsPane) unfold(s scene) {
	id := s.history.events[p.at(s)].ID
	p.chosen = id
	if p.open == id {
		id = 0
	}
	p.open = id
}

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
	at := p.at(s)
	col := s.eventColumns(s.history.events, f.width)
	var lines []string
	first, last := 0, 0 // lines of the chosen event
	for i, e := range s.history.events {
		if i == at {
			first = len(lines)
		}
		lines = append(lines, s.eventLine(e, col, i == at && f.focused))
		if e.ID == p.open {
			lines = append(lines, s.eventDetail(e, col)...)
		}
		if i == at {
			last = len(lines) - 1
		}
	}
	top := max(0, min(max(min(p.top, first), last-f.height+1), len(lines)-f.height, first))
	p.top = top
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

// eventDetail is everything else that is known of an event.
func (s scene) eventDetail(e oauth.Event, c eventColumns) []string {
	indent := c.when + 4
	var facts []string
	if e.Class != "" {
		facts = append(facts, "class "+string(e.Class))
	}
	if e.Status != 0 {
		facts = append(facts, fmt.Sprintf("HTTP %d", e.Status))
	}
	if e.Actor != "" {
		facts = append(facts, "by "+e.Actor)
	}
	lines := append([]string{e.Detail}, fill(facts, c.width-indent)...)
	if e.CorrelationID != "" {
		lines = append(lines, "correlation "+e.CorrelationID)
	}
	lines = append(lines, e.At.In(s.zone).Format("2 January 2006 15:04:05 MST"))
	var out []string
	for _, text := range lines {
		for _, line := range wrap(text, c.width-indent) {
			out = append(out, blank(indent)+s.theme.Muted.Render(line))
		}
	}
	return append(out, "")
}

// eventWord is an event's kind for people.
func eventWord(k oauth.EventKind) string { return strings.ReplaceAll(string(k), "_", " ") }

func eventsActions() []action {
	return []action{{
		id: "events.unfold", keys: []string{"enter", "space"}, label: "details", help: "unfold the event, or fold it again", scope: inEvents, hint: 8,
		enabled: func(m *Model) (bool, string) { return len(m.history.events) > 0, "nothing has happened yet" },
		run: func(m *Model) tea.Cmd {
			m.panes.events.unfold(m.scene())
			return nil
		},
	}}
}
