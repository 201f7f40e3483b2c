package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// helpDialog is the action table, searched by typing.
type helpDialog struct {
	still
	input textinput.Model
	from  []scope // what was reachable when it was opened: shown first
	top   int
}

func (m *Model) openHelp() tea.Cmd {
	d := &helpDialog{input: newInput(), from: m.scopes()}
	d.input.Placeholder = "type to search"
	d.input.Focus()
	m.dialog = d
	return nil
}

func (d *helpDialog) scope() scope              { return inHelp }
func (d *helpDialog) title(*Model) string       { return "Keys" }
func (d *helpDialog) typing() bool              { return true }
func (d *helpDialog) room() (width, height int) { return 72, 60 }

func (d *helpDialog) typed(_ *Model, k tea.KeyPressMsg) tea.Cmd {
	typeInto(&d.input, k)
	d.top = 0
	return nil
}

func (d *helpDialog) pasted(_ *Model, text string) tea.Cmd {
	pasteInto(&d.input, text)
	d.top = 0
	return nil
}

// helpActions are the keys of the help itself.
func helpActions() []action {
	scroll := func(by motion) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*helpDialog); ok {
				d.top = by.step(d.top, len(d.lines(m, 72)), 12)
			}
			return nil
		}
	}
	return []action{
		{id: "help.close", keys: []string{"esc", "enter"}, label: "close", help: "close the help", scope: inHelp, hint: 10, run: (*Model).closeDialog},
		{id: "help.up", keys: []string{"up"}, label: "up", help: "scroll up", scope: inHelp, hint: 20, run: scroll(lineUp)},
		{id: "help.down", keys: []string{"down"}, label: "down", help: "scroll down", scope: inHelp, hint: 21, run: scroll(lineDown)},
		{id: "help.page-up", keys: []string{"pgup"}, label: "page up", help: "a page up", scope: inHelp, run: scroll(pageUp)},
		{id: "help.page-down", keys: []string{"pgdown"}, label: "page down", help: "a page down", scope: inHelp, run: scroll(pageDown)},
	}
}

func (d *helpDialog) view(m *Model, f frame) picture {
	t := m.theme
	input := d.input
	paintInput(&input, t, f.width-2)
	lines := []string{t.Key.Render("/") + " " + input.View(), ""}
	body := d.lines(m, f.width)
	rows := max(0, f.height-len(lines)-2)
	top := max(0, min(d.top, len(body)-rows))
	shown := body[top:min(len(body), top+rows)]
	lines = append(lines, shown...)
	if len(body) == 0 {
		lines = append(lines, t.Muted.Render("No key does that."))
	}
	lines = append(lines, "", m.keysLine(f.width))
	p := picture{lines: lines}
	if c := input.Cursor(); c != nil {
		p.cursor = &point{2 + c.X, 0}
	}
	return p
}

// lines are the actions that match what was typed, by scope, those that worked
// where the help was opened first.
func (d *helpDialog) lines(m *Model, width int) []string {
	t := m.theme
	want := strings.ToLower(d.input.Value())
	const keyWidth = 14
	var lines []string
	for _, s := range d.order(m) {
		head := false
		for _, a := range m.actions {
			if a.scope != s || !a.matches(want, m) {
				continue
			}
			if !head {
				if len(lines) > 0 {
					lines = append(lines, "")
				}
				lines = append(lines, t.Strong.Render(string(s)))
				head = true
			}
			names := make([]string, len(a.keys))
			for i, k := range a.keys {
				names[i] = m.keyText(k)
			}
			var r run
			r.add(t.Key, left(joinKeys(names), keyWidth, t.Glyphs.Ellipsis)).gap(t.Text, 1)
			r.add(t.Text, cut(a.help, width-keyWidth-1, t.Glyphs.Ellipsis))
			lines = append(lines, r.String())
		}
	}
	return lines
}

func (d *helpDialog) order(m *Model) []scope {
	order := append([]scope(nil), d.from...)
	seen := map[scope]bool{}
	for _, s := range order {
		seen[s] = true
	}
	for _, a := range m.actions {
		if !seen[a.scope] {
			seen[a.scope] = true
			order = append(order, a.scope)
		}
	}
	return order
}

// matches tells whether the action is what somebody who types want looks for.
func (a action) matches(want string, m *Model) bool {
	for word := range strings.FieldsSeq(want) {
		found := strings.Contains(strings.ToLower(a.help+" "+a.label+" "+string(a.scope)+" "+a.id), word)
		for _, k := range a.keys {
			found = found || strings.EqualFold(k, word) || m.keyText(k) == word
		}
		if !found {
			return false
		}
	}
	return true
}
