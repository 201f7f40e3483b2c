package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// eventsPane is what happened to a portal, newest first; enter unfolds one.
type eventsPane struct {
	portal  int64
	version eventsVersion
	events  []oauth.Event
	err     *oauth.Error
	at, top int
	open    int64 // ID of the unfolded event, 0 for none
}

// eventsVersion is what the events that are held were read for.
type eventsVersion struct {
	portal   int64
	revision int64
}

// mostEvents is how many are read.
const mostEvents = 200

func newEventsPane() *eventsPane { return &eventsPane{} }

func (p *eventsPane) typing() bool                         { return false }
func (p *eventsPane) typed(scene, tea.KeyPressMsg) tea.Cmd { return nil }
func (p *eventsPane) pasted(scene, string) tea.Cmd         { return nil }

func (p *eventsPane) show(s scene) tea.Cmd {
	want := eventsVersion{s.portal.ID, s.revision}
	if s.portal.ID == 0 || want == p.version {
		return nil
	}
	if want.portal != p.version.portal {
		*p = eventsPane{}
	}
	p.version = want
	return s.readEvents(tabEvents.name())
}

// readEvents reads the portal's events for a tab.
func (s scene) readEvents(owner string) tea.Cmd {
	portals, id := s.backend.Portals, s.portal.ID
	return s.tasks.quietly(taskKey{owner, id}, func(ctx context.Context) (any, error) {
		events, err := portals.Events(ctx, oauth.EventFilter{PortalID: id, Limit: mostEvents})
		for i := range events {
			events[i] = cleanEvent(events[i])
		}
		return events, err
	})
}

func (p *eventsPane) update(s scene, r result) tea.Cmd {
	if r.key.portal != p.version.portal {
		return nil
	}
	p.portal = r.key.portal
	p.err = cleanError(r.err)
	if events, ok := r.value.([]oauth.Event); ok && r.err == nil {
		p.keep(events)
	}
	return nil
}

// keep takes newly read events and stays on the one that was chosen.
func (p *eventsPane) keep(events []oauth.Event) {
	var chosen int64
	if p.at > 0 && p.at < len(p.events) {
		chosen = p.events[p.at].ID
	}
	p.events = events
	for i, e := range events {
		if e.ID == chosen {
			p.at = i
		}
	}
	p.at = max(0, min(p.at, len(events)-1))
}

func (p *eventsPane) move(_ scene, f frame, by motion) tea.Cmd {
	p.at = by.step(p.at, len(p.events), f.height)
	return nil
}

func (p *eventsPane) view(s scene, f frame) picture {
	t := s.theme
	switch {
	case p.err != nil:
		return picture{lines: wrapped(t.Bad, p.err.Message+" "+p.err.Hint, f.width)}
	case p.portal != s.portal.ID:
		return picture{}
	case len(p.events) == 0:
		return picture{lines: []string{t.Muted.Render("Nothing has happened yet.")}}
	}
	var lines []string
	var at int
	for i, e := range p.events {
		if i == p.at {
			at = len(lines)
		}
		lines = append(lines, s.eventLine(e, f, i == p.at && f.focused))
		if e.ID == p.open {
			lines = append(lines, s.eventDetail(e, f.width)...)
		}
	}
	p.top = max(min(p.top, at), at-f.height+1)
	pic := window(t, lines, f, p.top)
	if f.focused {
		pic.cursor = &point{0, max(0, at-p.top)}
	}
	return pic
}

// eventLine is one event on one line.
func (s scene) eventLine(e oauth.Event, f frame, picked bool) string {
	inks, g := s.theme.Inks, s.theme.Glyphs
	if picked {
		inks = s.theme.Picked
	}
	var r run
	glyph, ink := g.Check, inks.Good
	if e.Outcome != oauth.OutcomeOK {
		glyph, ink = g.Cancel, inks.Bad
	}
	r.add(inks.Muted, right(s.clock(e.At), 12, g.Ellipsis)).gap(inks.Text, 2)
	r.add(ink, glyph).gap(inks.Text, 1)
	r.add(inks.Text, left(eventWord(e.Kind), 12, g.Ellipsis)).gap(inks.Text, 1)
	var aside string
	if e.Duration > 0 {
		aside = shortTime(e.Duration)
	}
	r.add(inks.Muted, left(e.Detail, f.width-r.cells-len(aside)-1, g.Ellipsis))
	r.add(inks.Muted, " "+aside)
	return r.to(inks.Text, f.width).String()
}

// eventDetail is everything else that is known of an event.
func (s scene) eventDetail(e oauth.Event, width int) []string {
	var parts []string
	if e.Class != "" {
		parts = append(parts, "class "+string(e.Class))
	}
	if e.Status != 0 {
		parts = append(parts, fmt.Sprintf("HTTP %d", e.Status))
	}
	if e.CorrelationID != "" {
		parts = append(parts, "correlation "+e.CorrelationID)
	}
	if e.Actor != "" {
		parts = append(parts, "by "+e.Actor)
	}
	parts = append(parts, e.At.In(s.zone).Format("2 Jan 2006 15:04:05 -0700"))
	var lines []string
	for _, text := range []string{e.Detail, strings.Join(parts, "  ")} {
		for _, line := range wrap(text, width-14) {
			lines = append(lines, blank(14)+s.theme.Muted.Render(line))
		}
	}
	return lines
}

// eventWord is an event's kind for people.
func eventWord(k oauth.EventKind) string { return strings.ReplaceAll(string(k), "_", " ") }

// wrapped is text in ink, broken into lines.
func wrapped(ink interface{ Render(string) string }, text string, width int) []string {
	var lines []string
	for _, line := range wrap(text, width) {
		lines = append(lines, ink.Render(line))
	}
	return lines
}

func eventsActions() []action {
	return []action{{
		id: "events.unfold", keys: []string{"enter", "space"}, label: "details", help: "unfold the event, or fold it again", scope: inEvents, hint: 10,
		enabled: func(m *Model) (bool, string) { return len(m.panes.events.events) > 0, "" },
		run: func(m *Model) tea.Cmd {
			p := m.panes.events
			if id := p.events[p.at].ID; p.open != id {
				p.open = id
			} else {
				p.open = 0
			}
			return nil
		},
	}}
}
