package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// dialog is what lies over the screen and takes all keys. Its keys are rows of
// the action table with its scope; while typing, those that write text go to
// typed instead.
type dialog interface {
	scope() scope
	title(m *Model) string
	typing() bool
	typed(m *Model, k tea.KeyPressMsg) tea.Cmd
	pasted(m *Model, text string) tea.Cmd
	// update takes what came of work started under ownerDialog.
	update(m *Model, r result) tea.Cmd
	// ticked follows the clock; counting tells that seconds show.
	ticked(m *Model) tea.Cmd
	counting() bool
	// room is the most cells the dialog has a use for.
	room() (width, height int)
	view(m *Model, f frame) picture
}

// still is the part of a dialog that most have no use for.
type still struct{}

func (still) typing() bool                          { return false }
func (still) typed(*Model, tea.KeyPressMsg) tea.Cmd { return nil }
func (still) pasted(*Model, string) tea.Cmd         { return nil }
func (still) update(*Model, result) tea.Cmd         { return nil }
func (still) ticked(*Model) tea.Cmd                 { return nil }
func (still) counting() bool                        { return false }

// closeDialog takes the dialog away and ends what it waited for.
func (m *Model) closeDialog() tea.Cmd {
	m.dialog = nil
	m.tasks.cancelOwner(ownerDialog)
	return nil
}

// Below this a dialog takes the whole screen instead of lying on it.
const (
	sheetWidth  = 60
	sheetHeight = 16
	padding     = 2 // inside the border, left and right
)

// lying tells whether dialogs lie on the screen instead of taking all of it.
func (l layout) lying() bool { return l.width >= sheetWidth && l.height >= sheetHeight }

// dialogFrame is the room inside the dialog.
func (m *Model) dialogFrame() frame {
	l := m.layout()
	if !l.lying() {
		return frame{width: max(0, l.width-2), height: max(0, l.height-1), focused: true}
	}
	width, height := m.dialog.room()
	return frame{
		width:   min(width, l.width-4-2*padding-2),
		height:  min(height, l.height-2-4),
		focused: true,
	}
}

// viewDialog lays the dialog over the screen, which steps back behind it.
func (m *Model) viewDialog(l layout, under picture) picture {
	f := m.dialogFrame()
	if !l.lying() {
		return m.viewSheet(f)
	}
	inside := squeeze(m.dialog.view(m, f), f.height)
	f.height = min(f.height, len(inside.lines))
	width, height := f.width+2*padding+2, f.height+4
	x, y := (l.width-width)/2, max(1, (l.height-height)/2)
	lines := m.border(box(inside.lines, f.width, f.height), width)
	p := picture{cursor: moved(inside.cursor, x+1+padding, y+2)}
	back := m.theme.Backdrop
	for i, line := range under.lines {
		plain := ansi.Strip(line)
		switch {
		case i >= y && i < y+height:
			p.lines = append(p.lines, back.Render(ansi.Cut(plain, 0, x))+lines[i-y]+back.Render(ansi.Cut(plain, x+width, l.width)))
		case i == l.height-1 && l.footer:
			p.lines = append(p.lines, line) // where toasts are
		default:
			p.lines = append(p.lines, back.Render(plain))
		}
	}
	return p
}

// border draws the one frame a dialog has, its title in the upper edge.
func (m *Model) border(inside []string, width int) []string {
	t, g := m.theme, m.theme.Glyphs
	title := cut(m.dialog.title(m), width-6, g.Ellipsis)
	edge := width - 2 - 3 - textWidth(title)
	lines := []string{t.Muted.Render(g.TopLeft+g.Rule) + " " + t.Strong.Render(title) + " " + t.Muted.Render(repeat(g.Rule, edge)+g.TopRight)}
	side := t.Muted.Render(g.Divider)
	empty := side + blank(width-2) + side
	lines = append(lines, empty)
	for _, line := range inside {
		lines = append(lines, side+blank(padding)+line+blank(padding)+side)
	}
	return append(lines, empty, t.Muted.Render(g.BottomLeft+repeat(g.Rule, width-2)+g.BottomRight))
}

// viewSheet gives the dialog the whole of a small screen.
func (m *Model) viewSheet(f frame) picture {
	t := m.theme
	inside := squeeze(m.dialog.view(m, f), f.height)
	p := picture{cursor: moved(inside.cursor, 1, 1)}
	p.lines = append(p.lines, " "+t.Strong.Render(cut(m.dialog.title(m), f.width, t.Glyphs.Ellipsis)))
	for _, line := range box(inside.lines, f.width, f.height) {
		p.lines = append(p.lines, " "+line)
	}
	return p
}

// squeeze leaves out lines of a dialog that is too tall: of the keys at its end
// the first stay, the main one among them, and of the rest what is around the
// cursor.
func squeeze(p picture, height int) picture {
	n := len(p.lines)
	if n <= height || height <= 0 {
		return p
	}
	keys := max(p.foot, 1)
	foot, keep := n-keys, 0
	if height >= 4 {
		keep = min(keys, max(1, height/3, height-foot))
	}
	room := height - keep
	top := 0
	// What is wrong with a field is said below it.
	if below := min(2, room-1); p.cursor != nil && p.cursor.y+below >= room {
		top = max(0, min(p.cursor.y+below-room+1, foot-room))
	}
	out := picture{lines: append(append([]string(nil), p.lines[top:top+room]...), p.lines[foot:foot+keep]...)}
	out.cursor = moved(p.cursor, 0, -top)
	return out
}

// keysLines are the keys a dialog offers, its last lines.
func (m *Model) keysLines(width int) []string {
	t := m.theme
	var hints []*action
	for _, a := range m.reachable() {
		if a.scope == m.dialog.scope() && a.hint > 0 && len(a.keys) > 0 && m.enabled(a) {
			hints = append(hints, a)
		}
	}
	sortHints(hints)
	var lines []string
	var r run
	for _, a := range hints {
		key := cut(m.keyText(a.keys[0]), width, t.Glyphs.Ellipsis)
		label := cut(a.label, width-textWidth(key)-1, t.Glyphs.Ellipsis)
		if r.cells > 0 && r.cells+textWidth(key)+4+textWidth(label) > width {
			lines = append(lines, r.String())
			r = run{}
		}
		if r.cells > 0 {
			r.gap(t.Text, 3)
		}
		r.add(t.Key, key).add(t.Muted, " "+label)
	}
	return append(lines, r.String())
}
