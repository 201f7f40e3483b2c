package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// readsDialog asks which read is sent to all marked portals.
type readsDialog struct {
	still
	samples []api.Sample
	at      int
}

func (m *Model) openReads() tea.Cmd {
	d := &readsDialog{}
	for _, s := range api.Samples() {
		// Ids differ from account to account: only calls without any suit several.
		if s.Effect == api.EffectRead && len(s.Params) == 0 {
			d.samples = append(d.samples, s)
		}
	}
	for i, s := range d.samples {
		if s.ID == m.lastRead {
			d.at = i
		}
	}
	m.dialog = d
	return nil
}

func (d *readsDialog) scope() scope { return inReads }

func (d *readsDialog) title(m *Model) string {
	return "Send which read to " + count(len(m.aimed()), "portal") + "?"
}

func (d *readsDialog) room() (width, height int) { return 84, 22 }

func readsActions() []action {
	move := func(by motion) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*readsDialog); ok {
				d.at = by.step(d.at, len(d.samples), d.page(m))
			}
			return nil
		}
	}
	return []action{
		{id: "reads.send", keys: []string{"enter"}, label: "send to all", help: "send this read to all marked portals", scope: inReads, hint: 10, run: func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*readsDialog); ok && d.at < len(d.samples) {
				return m.readMarked(d.samples[d.at])
			}
			return nil
		}},
		{id: "reads.up", keys: []string{"up", "k"}, label: "up", help: "previous call", scope: inReads, hint: 30, run: move(lineUp)},
		{id: "reads.down", keys: []string{"down", "j"}, label: "down", help: "next call", scope: inReads, hint: 31, run: move(lineDown)},
		{id: "reads.page-up", keys: []string{"pgup"}, label: "page up", help: "a page of calls up", scope: inReads, run: move(pageUp)},
		{id: "reads.page-down", keys: []string{"pgdown"}, label: "page down", help: "a page of calls down", scope: inReads, run: move(pageDown)},
		{id: "reads.close", keys: []string{"esc"}, label: "cancel", help: "send nothing", scope: inReads, hint: 90, run: (*Model).closeDialog},
	}
}

// page is how many calls are visible above a gap and the keys.
func (d *readsDialog) page(m *Model) int { return max(1, m.dialogFrame().height-2) }

func (d *readsDialog) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	g, rows := m.theme.Glyphs, d.page(m)
	first := max(0, min(d.at-rows/2, len(d.samples)-rows))
	for i := first; i < min(first+rows, len(d.samples)); i++ {
		sample, inks, mark, name := d.samples[i], m.theme.Inks, " ", m.theme.Text
		if i == d.at {
			inks, mark = m.theme.Picked, g.Marker
			name = inks.Strong
			s.cursor = &point{0, len(s.lines)}
		}
		short := min(nameWidth, s.f.width/2)
		var r run
		r.add(inks.Accent, mark).gap(inks.Text, 1).add(name, left(sample.Name, short, g.Ellipsis)).gap(inks.Text, gap)
		r.add(inks.Muted, cut(sample.Method+" "+sample.Path, max(0, s.f.width-r.cells), g.Ellipsis))
		s.line(r.to(inks.Text, s.f.width).String())
	}
	return s.finish()
}

// readMarked sends a read to all marked portals and shows what each answers.
func (m *Model) readMarked(sample api.Sample) tea.Cmd {
	portals, calls, request := m.aimed(), m.opts.Backend.Calls, sample.Request()
	m.lastRead = sample.ID
	b := newBatch(deedRead, portals)
	b.what = request.Method + " " + request.Path
	cmd := m.startBatch(b, portals, func(ctx context.Context, p oauth.Portal) (batchOutcome, error) {
		response, err := calls.Send(ctx, p.ID, request)
		o := batchOutcome{status: response.Status, took: response.Elapsed, limits: response.Limits, words: size(len(response.Body))}
		if response.Failure != nil {
			o.failed = response.Failure
		}
		return o, err
	})
	return tea.Batch(cmd, m.openResults())
}
