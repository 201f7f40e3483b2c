package ui

import (
	"fmt"
	"slices"

	"github.com/hsterm/hsterm/theme"
)

// header counts the portals by state and shows the time.
func (m *Model) header(width int) string {
	t := m.theme
	var r run
	r.gap(t.Text, 1).add(t.Key, "hsterm")
	if badge := m.badge(); badge != "" {
		r.gap(t.Text, 1).add(t.Muted, Safe(badge))
	}
	clock := m.clockText()
	if m.skew != 0 {
		clock = "clock " + skewText(m.skew) + "  " + clock
	}
	room := width - textWidth(clock) - 3
	if !m.counts(&r, room) {
		m.counts(&r, width) // rather the counts than the time
	}
	if r.cells <= room {
		r.to(t.Text, width-textWidth(clock)-1).add(t.Muted, clock)
	}
	return r.String()
}

// figure is one count of the header.
type figure struct {
	count int
	glyph string
	word  string
	ink   theme.Ink
}

// counts adds the header's counts: all in words where they fit, then without
// their total, then without words. False when none of that fits.
func (m *Model) counts(r *run, room int) bool {
	t, g, n := m.theme, m.theme.Glyphs, m.tally
	figures := []figure{
		{len(m.list.portals), "", "portal", t.Text},
		{n.active, g.Active, "active", t.Good},
		{n.due, g.Due, "due", t.Warn},
		{n.expired, g.Expired, "expired", t.Bad},
		{n.reconnect, g.Broken, "reconnect", t.Bad},
		{n.misconfigured, g.Broken, "misconfigured", t.Bad},
	}
	figures = slices.DeleteFunc(figures, func(f figure) bool { return f.count == 0 })
	if len(figures) == 0 {
		return true
	}
	for _, try := range []struct {
		figures []figure
		words   bool
	}{{figures, true}, {figures[1:], true}, {figures[1:], false}} {
		cells := r.cells
		for _, f := range try.figures {
			cells += 2 + f.cells(try.words)
		}
		if cells <= room {
			for _, f := range try.figures {
				f.add(r.gap(t.Text, 2), t, try.words)
			}
			return true
		}
	}
	return false
}

func (f figure) text(words bool) string {
	switch {
	case f.glyph == "":
		return count(f.count, f.word)
	case words:
		return fmt.Sprintf(" %d %s", f.count, f.word)
	default:
		return fmt.Sprintf(" %d", f.count)
	}
}

func (f figure) cells(words bool) int { return textWidth(f.glyph) + len(f.text(words)) }

func (f figure) add(r *run, t theme.Theme, words bool) {
	r.add(f.ink, f.glyph).add(t.Text, f.text(words))
}

// clockText is the local time, without seconds while nothing counts them. It is as
// wide either way: what stands before it must not jump.
func (m *Model) clockText() string {
	layout := "15:04:05"
	if m.clock.pace != everySecond {
		layout = "15:04   "
	}
	return m.now.In(m.opts.Zone).Format(layout)
}

// count is a number with its noun.
func count(n int, noun string) string { return plural(n, noun, noun+"s") }

// plural is a number with its noun, one or many of which it is.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
