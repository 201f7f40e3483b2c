package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// chooseDialog asks which app a new portal is connected with.
type chooseDialog struct {
	still
	at int
}

func (m *Model) openChoose() tea.Cmd {
	m.dialog = &chooseDialog{}
	return nil
}

func (d *chooseDialog) scope() scope              { return inChoose }
func (d *chooseDialog) title(*Model) string       { return "Connect a portal with which app?" }
func (d *chooseDialog) room() (width, height int) { return 64, 20 }

func chooseActions() []action {
	do := func(f func(*chooseDialog, *Model)) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*chooseDialog); ok {
				f(d, m)
			}
			return nil
		}
	}
	return []action{
		{id: "choose.take", keys: []string{"enter"}, label: "connect with it", help: "connect a portal with this app", scope: inChoose, hint: 10, run: do(func(d *chooseDialog, m *Model) {
			if d.at < len(m.apps) {
				m.openConsent(m.apps[d.at], oauth.Portal{}, nil)
			}
		})},
		{id: "choose.up", keys: []string{"up", "k"}, label: "up", help: "previous app", scope: inChoose, run: do(func(d *chooseDialog, m *Model) { d.at = lineUp.step(d.at, len(m.apps), 1) })},
		{id: "choose.down", keys: []string{"down", "j"}, label: "down", help: "next app", scope: inChoose, run: do(func(d *chooseDialog, m *Model) { d.at = lineDown.step(d.at, len(m.apps), 1) })},
		{id: "choose.new", keys: []string{"n"}, label: "new app", help: "add another app first", scope: inChoose, hint: 20, run: func(m *Model) tea.Cmd { return m.openAppForm(true) }},
		{id: "choose.close", keys: []string{"esc"}, label: "cancel", help: "connect nothing", scope: inChoose, hint: 90, run: (*Model).closeDialog},
	}
}

func (d *chooseDialog) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	s.apps(d.at, f.height-2)
	return s.finish()
}

// apps lists the apps, rows of them at most, around the one that is chosen.
func (s *sheet) apps(at, rows int) {
	m, g := s.m, s.m.theme.Glyphs
	first := max(0, min(at-rows/2, len(m.apps)-rows))
	for i, app := range m.apps {
		if i < first || i >= first+rows {
			continue
		}
		app = cleanApp(app)
		inks := m.theme.Inks
		mark := " "
		if i == at {
			inks, mark = m.theme.Picked, g.Marker
			s.cursor = &point{0, len(s.lines)}
		}
		used := count(m.dependants(app.ID), "portal")
		var r run
		r.add(inks.Accent, mark).gap(inks.Text, 1)
		name := inks.Text
		if i == at {
			name = inks.Strong
		}
		r.add(name, left(app.Name, min(18, s.f.width/3), g.Ellipsis)).gap(inks.Text, 2)
		r.add(inks.Muted, left(join(string(app.APIVersion), hostOf(app.APIURL)), max(0, s.f.width-r.cells-len(used)-2), g.Ellipsis))
		r.to(inks.Text, s.f.width-len(used)-1).add(inks.Muted, used).to(inks.Text, s.f.width)
		s.line(r.String())
	}
}

// dependants is how many portals an app has.
func (m *Model) dependants(app int64) int {
	n := 0
	for _, p := range m.list.portals {
		if p.AppID == app {
			n++
		}
	}
	return n
}
