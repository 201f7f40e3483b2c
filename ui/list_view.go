package ui

import (
	"fmt"
	"strings"
)

// listRows is how many portals fit.
func listRows(l layout) int { return max(0, l.list.height-headRows(l)) }

// headRows is 1 where the list has its column heads or its filter line.
func headRows(l layout) int {
	if l.list.height >= 3 {
		return 1
	}
	return 0
}

// viewList draws the list in its area.
func (m *Model) viewList(l layout) picture {
	width, rows := l.list.width, listRows(l)
	cols := columnsFor(width, m.list.widest)
	var p picture
	if headRows(l) > 0 {
		if m.list.filter.active() {
			line, at := m.filterLine(width)
			p.lines = append(p.lines, line)
			if m.list.filter.editing {
				p.cursor = &point{at, 0}
			}
		} else {
			p.lines = append(p.lines, heads(m.theme, cols, len(m.list.marked), m.list.order, m.places(rows)...))
		}
	}
	if len(m.list.shown) == 0 {
		p.lines = append(p.lines, blank(width))
		p.lines = append(p.lines, m.nothing(width)...)
		return p
	}
	look := rowLook{theme: m.theme, now: m.now, cols: cols, coarse: m.terminal.blurred}
	for i, at := range m.list.visible(rows) {
		portal := m.list.portals[at]
		look.picked = m.list.top+i == m.list.at
		look.lit = m.focus == focusList
		look.spin = ""
		look.marked = m.list.marked[portal.ID]
		if m.tasks.slow(taskKey{ownerRefresh, portal.ID}) || m.tasks.slow(taskKey{ownerBatch, portal.ID}) {
			look.spin = m.spinner.frame(m.theme)
		}
		if look.picked && p.cursor == nil && m.focus == focusList {
			p.cursor = &point{1, len(p.lines)}
		}
		p.lines = append(p.lines, m.list.row(portal, look))
	}
	return p
}

// places say what is above and below the visible rows, the fullest form first;
// none where all is visible.
func (m *Model) places(rows int) []string {
	all, g := len(m.list.shown), m.theme.Glyphs
	if all <= rows {
		return nil
	}
	var hidden []string
	if above := m.list.top; above > 0 {
		hidden = append(hidden, fmt.Sprintf("%s %d more", g.Up, above))
	}
	if below := all - m.list.top - rows; below > 0 {
		hidden = append(hidden, fmt.Sprintf("%s %d more", g.Down, below))
	}
	long := strings.Join(hidden, "  ")
	place := fmt.Sprintf("%d of %d", m.list.at+1, all)
	return []string{place + "  " + long, long, strings.ReplaceAll(long, " more", ""), place}
}

// filterLine is the filter above the list, and the column of its cursor.
func (m *Model) filterLine(width int) (string, int) {
	count := fmt.Sprintf("%d of %d ", len(m.list.shown), len(m.list.portals))
	if n := len(m.list.marked); n > 0 {
		count = fmt.Sprintf("%d marked %s %s", n, m.theme.Glyphs.Bullet, count)
	}
	input := m.list.filter.input
	room := max(1, width-lead-textWidth(count)-1)
	paintInput(&input, m.theme, room)
	var r run
	r.gap(m.theme.Text, 3).add(m.theme.Key, "/").gap(m.theme.Text, 1)
	text := input.View()
	r.painted(text, textWidth(text))
	r.to(m.theme.Text, width-textWidth(count)).add(m.theme.Muted, count)
	at := lead
	if c := input.Cursor(); c != nil {
		at += c.X
	}
	return r.String(), at
}

// nothing says why the list is empty.
func (m *Model) nothing(width int) []string {
	words := ""
	switch {
	case !m.loaded:
		return nil
	case len(m.list.portals) > 0 && m.list.filter.query.stranger() != "":
		words = m.list.filter.query.stranger()
	case len(m.list.portals) > 0:
		words = "No portal matches. " + m.keys.of("filter.clear") + " clears the filter."
	default:
		words = "No portals yet."
	}
	var lines []string
	for _, line := range wrap(words, width-lead-1) {
		lines = append(lines, blank(lead)+m.theme.Muted.Render(line))
	}
	return lines
}
