package ui

// Rows above the inside of a tab: name, tabs and tab line where there is room;
// name and tabs on one line, with the tab line or without.
const (
	fullHead  = 3
	lineHead  = 2
	shortHead = 1
)

// detailHead is how many rows name and tabs take.
func detailHead(l layout) int {
	switch {
	case l.detail.height >= 16 && l.arrangement == sideBySide:
		return fullHead
	case l.detail.height >= 13:
		return lineHead
	}
	return shortHead
}

// detailArea is the inside of the tab, with its margins.
func detailArea(l layout) area {
	head := detailHead(l)
	a := l.detail
	a.y += head
	a.height = max(0, a.height-head)
	a.x += 2
	a.width = max(0, a.width-3)
	return a
}

// viewDetail draws the selected portal's name, the tabs and the open tab's pane.
func (m *Model) viewDetail(l layout) picture {
	a := detailArea(l)
	pane, f := m.pane()
	var p picture
	if _, ok := m.selected(); !ok || pane == nil {
		return p
	}
	p.lines = m.detailTitle(l)
	inside := pane.view(m.scene(), f)
	margin := blank(a.x - l.detail.x)
	for _, line := range box(inside.lines, a.width, a.height) {
		p.lines = append(p.lines, margin+line)
	}
	p.cursor = moved(inside.cursor, a.x-l.detail.x, detailHead(l))
	return p
}

// detailTitle is the portal's name and state, the tabs, and the line under the
// open one; or name and tabs on one line where rows are dear.
func (m *Model) detailTitle(l layout) []string {
	if head := detailHead(l); head != fullHead {
		return m.shortTitle(l.detail.width)[:head]
	}
	portal, _ := m.selected()
	g := m.theme.Glyphs
	s := stateOf(portal, m.now)
	status := s.glyph(g) + " " + s.word()
	var name run
	name.gap(m.theme.Text, 2)
	room := l.detail.width - 4 - textWidth(status)
	kind, ink := AccountWord(portal.AccountType), m.theme.Muted
	if portal.Protected {
		kind, ink = m.prodWord(), m.theme.Warn
	}
	if kind != "" && room > textWidth(portal.Alias)+len(kind)+6 {
		room -= len(kind) + 3
	} else {
		kind = ""
	}
	name.add(m.theme.Strong, left(portal.Alias, room, g.Ellipsis))
	if kind != "" {
		name.add(ink, kind).gap(m.theme.Text, 3)
	}
	name.gap(m.theme.Text, 1).add(s.ink(m.theme.Inks), status)
	tabs, at, width := m.tabBar(l.detail.width-2, 0)
	var line run
	line.gap(m.theme.Text, 2+at).add(m.theme.Accent, repeat(g.TabLine, width))
	return []string{name.String(), "  " + tabs, line.String()}
}

// prodWord is the mark of a protected portal, and whether it was unlocked.
func (m *Model) prodWord() string {
	if m.locked() {
		return prodMark
	}
	return prodMark + " unlocked"
}

// shortTitle is name, tabs and state on one line, and the tab line below.
func (m *Model) shortTitle(width int) []string {
	portal, _ := m.selected()
	g := m.theme.Glyphs
	s := stateOf(portal, m.now)
	room := max(6, min(textWidth(portal.Alias), width/3))
	var r run
	r.gap(m.theme.Text, 2).add(m.theme.Strong, left(portal.Alias, room, g.Ellipsis))
	if portal.Protected {
		r.gap(m.theme.Text, 1).add(m.theme.Warn, prodMark)
	}
	r.gap(m.theme.Text, 3)
	status := s.glyph(g) + " " + s.word()
	tabs, at, cells := m.tabBar(width-r.cells, textWidth(status)+3)
	var line run
	line.gap(m.theme.Text, r.cells+at).add(m.theme.Accent, repeat(g.TabLine, cells))
	r.painted(tabs, textWidth(tabs))
	if r.cells+textWidth(status)+2 < width {
		r.to(m.theme.Text, width-textWidth(status)-1).add(s.ink(m.theme.Inks), status)
	}
	return []string{r.String(), line.String()}
}

// tabBar names the tabs in width cells, with their keys where that leaves spare
// ones, with the keys alone where the names do not fit, and tells where the open
// one is.
func (m *Model) tabBar(width, spare int) (bar string, at, cells int) {
	all, named := 0, 0
	for t := range tabCount {
		all += len(t.name()) + 3
		named += textWidth(m.keys.of(t.actionID())) + 1
	}
	keyed := all-3+named <= width-spare
	var r run
	for t := range tabCount {
		if m.panes.at(t) == nil {
			continue
		}
		name := t.name()
		if all-3 > width && t != m.tab {
			name = m.keys.of(t.actionID())
		}
		ink := m.theme.Muted
		if t == m.tab {
			ink = m.theme.Strong
			if m.focus == focusDetail {
				ink = m.theme.Key
			}
		}
		if r.cells > 0 {
			r.gap(m.theme.Text, 3)
		}
		if keyed {
			r.add(m.theme.Muted, m.keys.of(t.actionID())).gap(m.theme.Text, 1)
		}
		if t == m.tab {
			at, cells = r.cells, len(name)
		}
		r.add(ink, name)
	}
	return r.String(), at, cells
}

// AccountWord is HubSpot's account type as a word for people.
func AccountWord(kind string) string {
	switch kind {
	case "STANDARD":
		return "production"
	case "DEVELOPER_TEST":
		return "developer test"
	case "SANDBOX":
		return "sandbox"
	case "APP_DEVELOPER":
		return "app developer"
	}
	return kind
}
