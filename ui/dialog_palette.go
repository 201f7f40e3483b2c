package ui

import (
	"fmt"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// paletteID is the action that opens the palette.
const paletteID = "palette"

// paletteDialog finds what can be done here and now, and portals, by typing. What
// works is taken down when it opens: under it, nothing would.
type paletteDialog struct {
	still
	input  textinput.Model
	offers []offer
	found  []offer
	at     int
	top    int
}

func (m *Model) openPalette() tea.Cmd {
	d := &paletteDialog{input: newInput(), offers: m.offers()}
	d.input.Placeholder = "what to do, or where to go"
	d.input.Focus()
	d.sift()
	m.dialog = d
	return nil
}

func (d *paletteDialog) scope() scope              { return inPalette }
func (d *paletteDialog) title(*Model) string       { return "Commands" }
func (d *paletteDialog) typing() bool              { return true }
func (d *paletteDialog) room() (width, height int) { return 84, 22 }

func (d *paletteDialog) typed(_ *Model, k tea.KeyPressMsg) tea.Cmd {
	typeInto(&d.input, k)
	d.sift()
	return nil
}

func (d *paletteDialog) pasted(_ *Model, text string) tea.Cmd {
	pasteInto(&d.input, text)
	d.sift()
	return nil
}

func (d *paletteDialog) sift() {
	d.found = matching(d.offers, d.input.Value())
	d.at, d.top = 0, 0
}

// paletteActions are the keys of the palette.
func paletteActions() []action {
	move := func(by motion) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*paletteDialog); ok {
				rows := d.rows(m, m.dialogFrame())
				d.at = by.step(d.at, len(d.found), rows)
				d.top = max(min(d.top, d.at), d.at-rows+1)
			}
			return nil
		}
	}
	chosen := func(m *Model) (bool, string) {
		d, ok := m.dialog.(*paletteDialog)
		return ok && d.at < len(d.found), ""
	}
	return []action{
		{id: "palette.run", keys: []string{"enter"}, label: "do it", help: "do what is chosen, or go to the portal", scope: inPalette, hint: 10, enabled: chosen, run: (*Model).runOffer},
		{id: "palette.up", keys: []string{"up", "ctrl+p"}, label: "up", help: "previous match", scope: inPalette, hint: 20, run: move(lineUp)},
		{id: "palette.down", keys: []string{"down", "ctrl+n"}, label: "down", help: "next match", scope: inPalette, hint: 21, run: move(lineDown)},
		{id: "palette.page-up", keys: []string{"pgup"}, label: "page up", help: "a page of matches up", scope: inPalette, run: move(pageUp)},
		{id: "palette.page-down", keys: []string{"pgdown"}, label: "page down", help: "a page of matches down", scope: inPalette, run: move(pageDown)},
		{id: "palette.close", keys: []string{"esc"}, label: "close", help: "close it and do nothing", scope: inPalette, hint: 90, run: (*Model).closeDialog},
	}
}

// runOffer closes the palette and does what was chosen in it.
func (m *Model) runOffer() tea.Cmd {
	d, ok := m.dialog.(*paletteDialog)
	if !ok || d.at >= len(d.found) {
		return nil
	}
	o := d.found[d.at]
	closed := m.closeDialog()
	switch {
	case o.action == nil:
		return tea.Batch(closed, m.jump(o.portal))
	case m.enabled(o.action): // asked again: time has passed since it opened
		return tea.Batch(closed, o.action.run(m))
	}
	_, why := o.action.enabled(m)
	return tea.Batch(closed, m.toast(toastMsg{text: why}))
}

// rows is the room for matches, between the field and the keys.
func (d *paletteDialog) rows(m *Model, f frame) int {
	return max(1, f.height-3-len(m.keysLines(f.width)))
}

func (d *paletteDialog) view(m *Model, f frame) picture {
	t := m.theme
	input := d.input
	const prompt = ": "
	keys := m.keysLines(f.width)
	tally := count(len(d.found), "match")
	if len(d.found) != 1 {
		tally = fmt.Sprintf("%d matches", len(d.found))
	}
	paintInput(&input, t, f.width-len(prompt)-textWidth(tally)-2)
	text := input.View()
	var r run
	r.add(t.Accent, prompt).painted(text, textWidth(text))
	r.to(t.Text, f.width-textWidth(tally)).add(t.Muted, tally)
	rows := d.rows(m, f)
	lines := make([]string, 2, f.height)
	lines[0] = r.String()
	for i := d.top; i < min(d.top+rows, len(d.found)); i++ {
		lines = append(lines, m.offerLine(d.found[i], f.width, i == d.at))
	}
	if len(d.found) == 0 {
		lines = append(lines, t.Muted.Render("Nothing here does that, and no portal is called so."))
	}
	for len(lines) < rows+3 { // as tall as it opened, whatever is found
		lines = append(lines, "")
	}
	p := picture{lines: append(lines, keys...), foot: len(keys)}
	if c := input.Cursor(); c != nil {
		p.cursor = &point{len(prompt) + c.X, 0}
	}
	return p
}

// offerName is the room for the name of what is offered.
const offerName = 22

// offerLine is what is offered, what it does, and at the right its key; of a
// portal how it is.
func (m *Model) offerLine(o offer, width int, picked bool) string {
	t, g := m.theme, m.theme.Glyphs
	inks, mark := t.Inks, " "
	if picked {
		inks, mark = t.Picked, g.Marker
	}
	name, words, end := "", "", ""
	nameInk, endInk := inks.Text, inks.Key
	if p, ok := m.offered(o); ok {
		s := stateOf(p, m.now)
		name, words, end, endInk = p.Alias, join("go to portal", hubText(p.HubID)), s.glyph(g)+" "+s.word(), s.ink(inks)
	} else if a := o.action; a != nil {
		name, words = a.label, a.help
		if len(a.keys) > 0 {
			end = m.keyText(a.keys[0])
		}
	}
	switch {
	case o.why != "":
		nameInk, endInk, words = inks.Muted, inks.Muted, "not now: "+o.why
	case picked:
		nameInk = inks.Strong
	}
	var r run
	r.add(inks.Accent, mark).gap(inks.Text, 1)
	r.add(nameInk, left(name, min(offerName, width/4), g.Ellipsis)).gap(inks.Text, 2)
	r.add(inks.Muted, cut(words, width-r.cells-textWidth(end)-3, g.Ellipsis))
	return r.to(inks.Text, width-textWidth(end)-1).add(endInk, end).to(inks.Text, width).String()
}
