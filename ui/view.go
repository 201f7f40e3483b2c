package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// View draws the screen from what Update left. It calls nothing outside.
func (m *Model) View() tea.View {
	p := m.picture()
	view := tea.NewView(strings.Join(anchored(p.lines), "\n"))
	view.AltScreen = true
	view.ReportFocus = true
	if !m.opts.NoMouse {
		view.MouseMode = tea.MouseModeCellMotion // text is still selected with shift held
	}
	view.WindowTitle = m.title()
	if p.cursor != nil {
		view.Cursor = tea.NewCursor(p.cursor.x, p.cursor.y)
		view.Cursor.Blink = false
		view.Cursor.Shape = tea.CursorBar
	}
	return view
}

// anchored lines end in a blank that the renderer does not take for one. In a line
// with blanks at its end it writes one character more than has changed, and steps
// back over it: in a list that counts down, two bytes in five of every second.
func anchored(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		if rest, ok := strings.CutSuffix(line, " "); ok {
			line = rest + ansi.SGR(ansi.AttrConceal) + " " + ansi.SGR(ansi.AttrNoConceal)
		}
		out[i] = line
	}
	return out
}

// title is the window's: counts only, no byte from outside.
func (m *Model) title() string {
	t := m.tally
	words := ""
	switch broken := t.reconnect + t.misconfigured; {
	case broken > 0:
		words = fmt.Sprintf("%d to reconnect", broken)
	case t.expired > 0:
		words = fmt.Sprintf("%d expired", t.expired)
	case len(m.list.portals) > 0:
		words = count(len(m.list.portals), "portal")
	default:
		return "hsterm"
	}
	return "hsterm " + m.theme.Glyphs.Bullet + " " + words
}

// picture is the whole screen, exactly width by height cells.
func (m *Model) picture() picture {
	l := m.layout()
	if l.width <= 0 || l.height <= 0 {
		return picture{}
	}
	var p picture
	switch {
	case l.arrangement == sentence:
		return m.tooSmall(l)
	case m.unreadable():
		p = m.viewUnreadable(l)
	case m.welcoming():
		p = m.viewWelcome(l)
	default:
		p = m.viewBody(l)
	}
	p = m.frame(l, p)
	if m.dialog != nil {
		p = m.viewDialog(l, p)
	}
	p.lines = box(p.lines, l.width, l.height)
	if c := p.cursor; c != nil && (c.x >= l.width || c.y >= l.height) {
		p.cursor = nil
	}
	return p
}

// frame puts header, hairlines and footer around a body of l.width cells.
func (m *Model) frame(l layout, body picture) picture {
	var p picture
	rule := func(join string) string {
		return m.hairline(l, join)
	}
	if l.header {
		p.lines = append(p.lines, m.header(l.width))
	}
	if l.ruled {
		p.lines = append(p.lines, rule(m.theme.Glyphs.CrossDown))
	}
	if body.cursor != nil {
		p.cursor = &point{body.cursor.x, body.cursor.y + len(p.lines)}
	}
	p.lines = append(p.lines, box(body.lines, l.width, l.body().height)...)
	if l.ruled && l.footer {
		p.lines = append(p.lines, rule(m.theme.Glyphs.CrossUp))
	}
	if l.footer {
		p.lines = append(p.lines, m.footer(l.width))
	}
	return p
}

// hairline is a line across the screen that meets the divider, if there is one.
func (m *Model) hairline(l layout, join string) string {
	g := m.theme.Glyphs
	if l.divider < 0 || m.welcoming() || m.unreadable() {
		return m.theme.Faint.Render(repeat(g.Rule, l.width))
	}
	return m.theme.Faint.Render(repeat(g.Rule, l.divider) + join + repeat(g.Rule, l.width-l.divider-1))
}

// viewBody draws list and detail as the layout says.
func (m *Model) viewBody(l layout) picture {
	switch l.arrangement {
	case sideBySide:
		return m.beside(l)
	case stacked:
		list, detail := m.viewList(l), m.viewDetail(l)
		p := picture{lines: box(list.lines, l.width, l.list.height), cursor: list.cursor}
		p.lines = append(p.lines, m.theme.Faint.Render(repeat(m.theme.Glyphs.Rule, l.width)))
		if m.focus == focusDetail {
			p.cursor = moved(detail.cursor, 0, len(p.lines))
		}
		p.lines = append(p.lines, detail.lines...)
		return p
	case oneAtATime:
		if m.focus == focusDetail {
			return m.viewDetail(l)
		}
	}
	return m.viewList(l)
}

func (m *Model) beside(l layout) picture {
	list, detail := m.viewList(l), m.viewDetail(l)
	height := l.list.height
	leftLines := box(list.lines, l.list.width, height)
	rightLines := box(detail.lines, l.detail.width, height)
	divider := m.theme.Faint.Render(m.theme.Glyphs.Divider)
	p := picture{lines: make([]string, height), cursor: list.cursor}
	for i := range p.lines {
		p.lines[i] = leftLines[i] + divider + rightLines[i]
	}
	if m.focus == focusDetail {
		p.cursor = moved(detail.cursor, l.detail.x, 0)
	}
	return p
}

func moved(p *point, x, y int) *point {
	if p == nil {
		return nil
	}
	return &point{p.x + x, p.y + y}
}

// listVisible and detailVisible tell which halves the layout shows now.
func (m *Model) listVisible(l layout) bool {
	return l.arrangement != sentence && (l.arrangement != oneAtATime || m.focus == focusList)
}

func (m *Model) detailVisible(l layout) bool {
	switch l.arrangement {
	case sideBySide, stacked:
		return true
	case oneAtATime:
		return m.focus == focusDetail
	}
	return false
}

// tooSmall is what a window says that has no room for a list.
func (m *Model) tooSmall(l layout) picture {
	return picture{lines: box(wrap("hsterm needs 20 by 4 cells", l.width), l.width, l.height)}
}
