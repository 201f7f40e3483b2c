package ui

import (
	"fmt"
	"strconv"

	"github.com/hsterm/hsterm/theme"
)

// header counts the portals by state and shows the time.
func (m *Model) header(width int) string {
	t := m.theme
	var r run
	r.gap(t.Text, 1).add(t.Key, "hsterm")
	if m.opts.Badge != "" {
		r.gap(t.Text, 1).add(t.Muted, Safe(m.opts.Badge))
	}
	clock := m.clockText()
	room := width - textWidth(clock) - 3
	m.counts(&r, room)
	if r.cells <= room {
		r.to(t.Text, width-textWidth(clock)-1).add(t.Muted, clock)
	}
	return r.String()
}

// counts adds the header's counts as far as they fit: those that need a hand
// are never the ones left out.
func (m *Model) counts(r *run, room int) {
	t, g := m.theme, m.theme.Glyphs
	n := m.tally
	all := []struct {
		count int
		glyph string
		word  string
		ink   theme.Ink
	}{
		{n.active, g.Active, "active", t.Good},
		{n.due, g.Due, "due", t.Warn},
		{n.expired, g.Expired, "expired", t.Bad},
		{n.reconnect, g.Broken, "reconnect", t.Bad},
		{n.misconfigured, g.Broken, "misconfigured", t.Bad},
	}
	total := len(m.list.portals)
	if total == 0 {
		return
	}
	words, cells := count(total, "portal"), 0
	for _, c := range all {
		if c.count > 0 {
			cells += 2 + 2 + len(strconv.Itoa(c.count)) + 1 + len(c.word)
		}
	}
	short := r.cells+2+len(words)+cells > room
	if !short {
		r.gap(t.Text, 2).add(t.Text, words)
	}
	for _, c := range all {
		if c.count == 0 {
			continue
		}
		text := fmt.Sprintf(" %d %s", c.count, c.word)
		if short {
			text = fmt.Sprintf(" %d", c.count)
		}
		if r.cells+2+1+len(text) > room {
			return
		}
		r.gap(t.Text, 2).add(c.ink, c.glyph).add(t.Text, text)
	}
}

// clockText is the local time, without seconds while nothing counts them.
func (m *Model) clockText() string {
	layout := "15:04:05"
	if m.clock.pace != everySecond {
		layout = "15:04"
	}
	return m.now.In(m.opts.Zone).Format(layout)
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
