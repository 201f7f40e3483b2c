package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// focus is the half of the screen that keys go to.
type focus int

const (
	focusList focus = iota
	focusDetail
)

// Model is the whole screen. It only routes: messages to whoever asked for them,
// keys through the action table, drawing to list, panes and dialogs.
type Model struct {
	opts     Options
	theme    theme.Theme
	terminal terminal
	now      time.Time // whole second, UTC; what every part of a frame agrees on
	skew     time.Duration
	clock    clock
	spinner  spinner
	tasks    *tasks
	toasts   toasts

	width, height int
	focus         focus
	zoomed        bool
	tab           tab

	list     list
	tally    tally // of the list, now
	panes    panes
	dialog   dialog // nil for none
	apps     []oauth.App
	sandbox  int64 // the app of the sandbox in this program, 0 before it was started
	sealed   error // why there are none, nil when that is how many there are
	history  history
	failures map[int64]*oauth.Error // of the last refresh of a portal since the screen opened
	undos    []undo                 // portals that can be brought back, the last removed last
	unlocked map[int64]bool         // protected portals that may be changed until the screen is left
	lastRead string                 // the sample sent to marked portals last, "" for none yet
	batch    batch                  // the last thing done to several portals

	loaded   bool
	broken   error // why the portals could not be read, nil when they could
	revision int64
	actions  []action
	keys     keys // of actions, as this terminal writes them
}

// New makes the screen. Nothing is read before its Init command runs.
func New(o Options) *Model {
	m := &Model{
		opts:     o,
		width:    o.Width,
		height:   o.Height,
		tasks:    newTasks(o.base()),
		panes:    newPanes(),
		list:     newList(),
		failures: map[int64]*oauth.Error{},
		unlocked: map[int64]bool{},
		actions:  o.Keys.table(),
	}
	if m.opts.Zone == nil {
		m.opts.Zone = time.Local
	}
	m.terminal = newTerminal(o)
	m.retheme()
	m.look()
	return m
}

// Init reads the portals, asks the terminal for its background and starts
// watching the store.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.load(), m.terminal.ask(), poll())
}

// look takes the time once for everything an update does.
func (m *Model) look() {
	m.now = m.opts.Now().Round(0).UTC().Truncate(time.Second)
	if m.opts.Skew != nil {
		m.skew = m.opts.Skew()
	}
}

// retheme follows what is known of the terminal.
func (m *Model) retheme() {
	name := m.opts.Theme
	if m.opts.automatic() {
		name = theme.Dark
		if m.terminal.light {
			name = theme.Light
		}
	}
	m.theme = theme.New(theme.Options{
		Name:            name,
		Profile:         m.terminal.profile,
		LightBackground: m.terminal.light,
		ASCII:           m.opts.ASCII,
	})
	m.keys = keysOf(m.actions, m.theme.Glyphs)
	m.list.forget()
}

// layout is where everything is at the moment.
func (m *Model) layout() layout {
	return layoutFor(shape{
		width: m.width, height: m.height,
		rows:     len(m.list.portals),
		need:     m.list.widest.wide(),
		inDetail: m.focus == focusDetail,
		zoomed:   m.zoomed,
	})
}

// selected is the portal the tabs are about.
func (m *Model) selected() (oauth.Portal, bool) { return m.list.selected() }

// scene is the snapshot that panes draw from.
func (m *Model) scene() scene {
	portal, _ := m.selected()
	s := scene{
		backend:  m.opts.Backend,
		tasks:    m.tasks,
		theme:    m.theme,
		keys:     m.keys,
		locked:   m.locked(),
		portal:   portal,
		history:  m.history,
		failure:  m.failures[portal.ID],
		revision: m.revision,
		skew:     m.skew,
		now:      m.now,
		zone:     m.opts.Zone,
		spin:     m.spinner.frame(m.theme),
	}
	for _, app := range m.apps {
		if portal.AppID != 0 && app.ID == portal.AppID {
			s.app = cleanApp(app)
		}
	}
	return s
}

// pane is the inside of the open tab, and the room it has.
func (m *Model) pane() (pane, frame) {
	l := m.layout()
	a := detailArea(l)
	return m.panes.at(m.tab), frame{width: a.width, height: a.height, focused: m.focus == focusDetail && m.dialog == nil}
}

// profileOrDefault is what colours are chosen for before the terminal's profile
// is known.
func profileOrDefault(p colorprofile.Profile) colorprofile.Profile {
	if p == colorprofile.Unknown {
		return colorprofile.TrueColor
	}
	return p
}
