package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/theme"
)

// messagesID is the action that opens the messages.
const messagesID = "messages"

// messagesDialog is everything that was said since the screen opened, for whoever
// looked away for the three seconds that a toast lasts.
type messagesDialog struct {
	still
	at, top int
}

func (m *Model) openMessages() tea.Cmd {
	m.dialog = &messagesDialog{}
	return nil
}

func (d *messagesDialog) scope() scope              { return inMessages }
func (d *messagesDialog) title(*Model) string       { return "Messages" }
func (d *messagesDialog) room() (width, height int) { return 96, 26 }

func messagesActions() []action {
	move := func(by motion) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*messagesDialog); ok {
				rows := d.rows(m, m.dialogFrame())
				d.at = by.step(d.at, len(m.toasts.said), rows)
				d.top = max(min(d.top, d.at), d.at-rows+1)
			}
			return nil
		}
	}
	return []action{
		{id: "messages.open", keys: []string{"enter"}, label: "whole error", help: "show the chosen failure in full", scope: inMessages, hint: 10, enabled: failureChosen, run: func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*messagesDialog); ok {
				said := m.toasts.said[d.at]
				m.dialog = &errorDialog{failure: said.failure, at: said.at}
			}
			return nil
		}},
		{id: "messages.up", keys: []string{"up", "k"}, label: "newer", help: "a newer message", scope: inMessages, hint: 20, run: move(lineUp)},
		{id: "messages.down", keys: []string{"down", "j"}, label: "older", help: "an older message", scope: inMessages, hint: 21, run: move(lineDown)},
		{id: "messages.page-up", keys: []string{"pgup"}, label: "page up", help: "a page of newer messages", scope: inMessages, run: move(pageUp)},
		{id: "messages.page-down", keys: []string{"pgdown"}, label: "page down", help: "a page of older messages", scope: inMessages, run: move(pageDown)},
		{id: "messages.close", keys: []string{"esc"}, label: "close", help: "close the messages", scope: inMessages, hint: 90, run: (*Model).closeDialog},
	}
}

// failureChosen tells whether the chosen message has more to it.
func failureChosen(m *Model) (bool, string) {
	d, ok := m.dialog.(*messagesDialog)
	return ok && d.at < len(m.toasts.said) && m.toasts.said[d.at].failure != nil, ""
}

// rows is the room for messages, above the keys.
func (d *messagesDialog) rows(m *Model, f frame) int {
	return max(1, f.height-1-len(m.keysLines(f.width)))
}

func (d *messagesDialog) view(m *Model, f frame) picture {
	rows := d.rows(m, f)
	s := &sheet{m: m, f: f}
	for i := d.top; i < min(d.top+rows, len(m.toasts.said)); i++ {
		if i == d.at {
			s.cursor = &point{0, len(s.lines)}
		}
		s.line(m.messageLine(m.toasts.said[i], f.width, i == d.at))
	}
	return s.finish()
}

// messageLine is when something was said, how it went, and as much of it as fits.
func (m *Model) messageLine(said message, width int, picked bool) string {
	inks, mark, g := m.theme.Inks, " ", m.theme.Glyphs
	if picked {
		inks, mark = m.theme.Picked, g.Marker
	}
	glyph, ink, text := " ", inks.Text, said.text
	switch {
	case said.failure != nil:
		glyph, ink = g.Broken, inks.Bad
		text = join(said.failure.Portal, strings.TrimSuffix(said.failure.Message, "."))
	case said.done:
		glyph, ink = g.Check, inks.Good
	}
	var r run
	r.add(inks.Accent, mark).gap(inks.Text, 1)
	r.add(inks.Muted, said.at.In(m.opts.Zone).Format("15:04:05")).gap(inks.Text, 2)
	r.add(ink, glyph).gap(inks.Text, 1)
	r.add(textInk(inks, said), cut(text, width-r.cells-1, g.Ellipsis))
	return r.to(inks.Text, width).String()
}

// textInk is quiet for what only tells why nothing happened.
func textInk(inks theme.Inks, said message) theme.Ink {
	if said.failure == nil && !said.done {
		return inks.Muted
	}
	return inks.Text
}
