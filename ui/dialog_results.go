package ui

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/theme"
)

// resultsDialog is what came of the last thing done to several portals, one row
// each, while it is under way and afterwards.
type resultsDialog struct {
	still
	top int
}

func (m *Model) openResults() tea.Cmd {
	m.dialog = &resultsDialog{}
	return nil
}

func (d *resultsDialog) scope() scope { return inResults }

func (d *resultsDialog) title(m *Model) string {
	b := &m.batch
	if b.open > 0 {
		return b.progress(m.theme.Glyphs.Bullet)
	}
	title := fmt.Sprintf("%s %d of %d", b.deed.done(), b.count(batchGood), len(b.rows))
	for _, s := range []batchState{batchFailed, batchCancelled} {
		if n := b.count(s); n > 0 {
			title += fmt.Sprintf(", %d %s", n, s.word())
		}
	}
	return title
}

func (d *resultsDialog) room() (width, height int) { return 96, 40 }

func resultsActions() []action {
	scroll := func(by motion) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*resultsDialog); ok {
				d.top = scrolled(d.top, len(m.batch.rows), d.page(m), by)
			}
			return nil
		}
	}
	open := func(m *Model) (bool, string) { return m.batch.open > 0, "" }
	over := func(m *Model) (bool, string) { return m.batch.open == 0, "" }
	tall := func(m *Model) (bool, string) {
		d, ok := m.dialog.(*resultsDialog)
		return ok && len(m.batch.rows) > d.page(m), ""
	}
	return []action{
		{id: "results.cancel", keys: []string{"esc"}, label: "cancel the rest", help: "give up what is not done yet", scope: inResults, hint: 20, enabled: open, run: (*Model).cancel},
		{id: "results.leave", keys: []string{"enter"}, label: "let it go on", help: "close the results and let the rest go on", scope: inResults, hint: 10, enabled: open, run: (*Model).closeDialog},
		{id: "results.close", keys: []string{"esc", "enter"}, label: "close", help: "close the results", scope: inResults, hint: 10, enabled: over, run: (*Model).closeDialog},
		{id: "results.up", keys: []string{"up", "k"}, label: "up", help: "a row up", scope: inResults, hint: 30, enabled: tall, run: scroll(lineUp)},
		{id: "results.down", keys: []string{"down", "j"}, label: "down", help: "a row down", scope: inResults, hint: 31, enabled: tall, run: scroll(lineDown)},
		{id: "results.page-up", keys: []string{"pgup"}, label: "page up", help: "a page up", scope: inResults, enabled: tall, run: scroll(pageUp)},
		{id: "results.page-down", keys: []string{"pgdown"}, label: "page down", help: "a page down", scope: inResults, enabled: tall, run: scroll(pageDown)},
		{id: "results.first", keys: []string{"g", "home"}, label: "first", help: "to the first row", scope: inResults, enabled: tall, run: scroll(toTop)},
		{id: "results.last", keys: []string{"G", "end"}, label: "last", help: "to the last row", scope: inResults, enabled: tall, run: scroll(toBottom)},
	}
}

// resultRoom is the lines beside the rows: the column heads, a gap and the keys.
const resultRoom = 3

// page is how many rows are visible.
func (d *resultsDialog) page(m *Model) int {
	room := resultRoom
	if m.batch.what != "" {
		room += 2
	}
	return max(1, m.dialogFrame().height-room)
}

func (d *resultsDialog) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	b := &m.batch
	if b.what != "" {
		s.text(m.theme.Accent, b.what)
		s.gap()
	}
	c := resultColumnsFor(b, f.width)
	s.line(c.heads(m.theme))
	var rows []string
	for _, row := range b.rows {
		rows = append(rows, c.row(m, row))
	}
	page := f
	page.height = d.page(m)
	for _, line := range window(m.theme, rows, page, d.top).lines {
		s.line(line)
	}
	return s.finish()
}

// resultColumns are the widths of a result's columns; a call has its status, how
// long it took and what is left of the limit.
type resultColumns struct {
	alias, words int
	calls        bool
}

const (
	statusCells = 6
	tookCells   = 7
	limitCells  = 9
)

func resultColumnsFor(b *batch, width int) resultColumns {
	c := resultColumns{alias: 10, calls: b.deed == deedRead}
	for _, row := range b.rows {
		c.alias = max(c.alias, textWidth(row.alias))
	}
	c.alias = min(c.alias, max(6, width/3))
	c.words = width - 2 - c.alias - gap - tookCells - gap
	if c.calls {
		c.words -= statusCells + limitCells + 2*gap
	}
	c.words = max(0, c.words)
	return c
}

func (c resultColumns) heads(t theme.Theme) string {
	var r run
	r.gap(t.Text, 2).add(t.Muted, left("portal", c.alias, t.Glyphs.Ellipsis)).gap(t.Text, gap)
	if c.calls {
		r.add(t.Muted, right("status", statusCells, "")).gap(t.Text, gap)
	}
	r.add(t.Muted, right("took", tookCells, "")).gap(t.Text, gap)
	if c.calls {
		r.add(t.Muted, right("left", limitCells, "")).gap(t.Text, gap)
	}
	return r.add(t.Muted, cut("result", c.words, t.Glyphs.Ellipsis)).String()
}

// row is one portal: a sign, its name, the figures, and how it ended in words.
func (c resultColumns) row(m *Model, row batchRow) string {
	t := m.theme
	glyph, ink := row.state.sign(m)
	var r run
	r.add(ink, glyph).gap(t.Text, 1).add(t.Text, left(row.alias, c.alias, t.Glyphs.Ellipsis)).gap(t.Text, gap)
	if c.calls {
		r.add(t.Text, right(figureOf(row.status), statusCells, "")).gap(t.Text, gap)
	}
	took := ""
	if row.took > 0 {
		took = shortTime(row.took)
	}
	r.add(t.Muted, right(took, tookCells, "")).gap(t.Text, gap)
	if c.calls {
		limit := ""
		if row.status != 0 && row.limits.Known() {
			limit = fmt.Sprintf("%d/%d", row.limits.Remaining, row.limits.Max)
		}
		r.add(t.Muted, right(limit, limitCells, t.Glyphs.Ellipsis)).gap(t.Text, gap)
	}
	words, ink := row.said(t)
	return r.add(ink, cut(words, c.words, t.Glyphs.Ellipsis)).String()
}

// said is how it ended, in words.
func (row batchRow) said(t theme.Theme) (string, theme.Ink) {
	switch {
	case row.failure != nil:
		if words := headline(row.failure); words != "" {
			return words, t.Bad
		}
		return brief(row.failure.Message, t.Glyphs.Ellipsis), t.Bad
	case row.state != batchGood:
		return row.state.word(), t.Muted
	}
	return row.words, t.Text
}

func (s batchState) word() string {
	return [...]string{"waiting", "done", "failed", "cancelled"}[s]
}

// sign is the state as a glyph, the spinner while its portal's turn is not over.
func (s batchState) sign(m *Model) (string, theme.Ink) {
	t := m.theme
	switch s {
	case batchGood:
		return t.Glyphs.Check, t.Good
	case batchFailed:
		return t.Glyphs.Cancel, t.Bad
	case batchCancelled:
		return t.Glyphs.Dash, t.Muted
	}
	if m.tasks.anySlow() {
		return m.spinner.frame(t), t.Accent
	}
	return t.Glyphs.Bullet, t.Muted
}

// figureOf is a number, empty for none.
func figureOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
