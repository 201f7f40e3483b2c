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
	d.input.Placeholder = "type a word, such as copy"
	d.input.Focus()
	m.dialog = d
	return nil
}

func (d *helpDialog) scope() scope              { return inHelp }
func (d *helpDialog) title(*Model) string       { return "Keys" }
func (d *helpDialog) typing() bool              { return true }
func (d *helpDialog) room() (width, height int) { return 108, 60 }

func (d *helpDialog) typed(_ *Model, k tea.KeyPressMsg) tea.Cmd {
	if k.Text == "/" && d.input.Value() == "" {
		return nil // the key that searches elsewhere: here typing is enough
	}
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
				f := m.dialogFrame()
				rows := max(1, f.height-4)
				d.top = scrolled(d.top, len(d.lines(m, f.width)), rows, by)
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
	const prompt = "search  "
	paintInput(&input, t, f.width-len(prompt))
	lines := []string{t.Muted.Render(prompt) + input.View(), ""}
	body := d.lines(m, f.width)
	rows := max(1, f.height-len(lines)-2)
	lines = append(lines, window(t, body, frame{width: f.width, height: rows}, d.top).lines...)
	if len(body) == 0 {
		lines = append(lines, t.Muted.Render("No key does that."))
	}
	keys := m.keysLines(f.width)
	p := picture{lines: append(append(lines, ""), keys...), foot: len(keys)}
	if c := input.Cursor(); c != nil {
		p.cursor = &point{len(prompt) + c.X, 0}
	}
	return p
}

// Widths of the help.
const (
	helpKeys   = 15
	helpColumn = 52 // with two of them side by side where there is room
)

// lines are the actions that match what was typed, by scope, those that worked
// where the help was opened first.
func (d *helpDialog) lines(m *Model, width int) []string {
	if width < 2*helpColumn {
		var lines []string
		for i, section := range d.sections(m, width) {
			if i > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, section...)
		}
		return lines
	}
	column := (width - 4) / 2
	var sides [2][]string
	for _, section := range d.sections(m, column) {
		side := &sides[0]
		if len(sides[1]) < len(sides[0]) {
			side = &sides[1]
		}
		if len(*side) > 0 {
			*side = append(*side, "")
		}
		*side = append(*side, section...)
	}
	height := max(len(sides[0]), len(sides[1]))
	lines, right := box(sides[0], column, height), box(sides[1], column, height)
	for i := range lines {
		lines[i] += blank(4) + right[i]
	}
	return lines
}

// sections are the scopes with their keys, as far as they match.
func (d *helpDialog) sections(m *Model, width int) [][]string {
	t, want := m.theme, strings.ToLower(d.input.Value())
	var sections [][]string
	for _, s := range d.order(m) {
		lines := []string{t.Strong.Render(string(s))}
		for _, a := range m.actions {
			if a.scope != s || !a.matches(want, m) {
				continue
			}
			names := make([]string, len(a.keys))
			for i, k := range a.keys {
				names[i] = m.keyText(k)
			}
			keys := t.Key.Render(left(joinKeys(names), helpKeys, t.Glyphs.Ellipsis))
			for _, words := range wrap(a.help, width-helpKeys-1) {
				lines = append(lines, keys+" "+t.Text.Render(words))
				keys = blank(helpKeys)
			}
		}
		if len(lines) > 1 {
			sections = append(sections, lines)
		}
	}
	return sections
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
