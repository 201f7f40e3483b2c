package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

const ownerSandbox = "sandbox"

// sandboxWords say what becomes of a portal of the sandbox.
const sandboxWords = "The sandbox is temporary: it ends with hsterm, and what is connected to it is removed then."

// badge is the word beside the name: while all there is belongs to the sandbox,
// that none of it lasts.
func (m *Model) badge() string {
	lasting := func(p oauth.Portal) bool { return p.AppID != m.sandbox }
	if m.sandbox != 0 && len(m.list.portals) > 0 && !slices.ContainsFunc(m.list.portals, lasting) {
		return "sandbox, temporary"
	}
	return m.opts.Badge
}

// welcoming tells whether there is nothing to list, so that the screen shows
// what to do first instead.
func (m *Model) welcoming() bool {
	return m.loaded && m.broken == nil && len(m.list.portals) == 0
}

// unreadable tells whether the store has not been readable yet.
func (m *Model) unreadable() bool { return m.broken != nil && len(m.list.portals) == 0 }

// viewUnreadable is the failure to read the store, where nothing else can be
// shown.
func (m *Model) viewUnreadable(l layout) picture {
	e := cleanError(m.broken)
	lines := []string{""}
	lines = append(lines, failureCard(e, circumstance{now: m.now, zone: m.opts.Zone, keys: m.keys}).view(m.theme, l.width-2)...)
	lines = append(lines, "", blank(cardIndent)+m.theme.Muted.Render(cut("It is tried again every second.", l.width-cardIndent-1, m.theme.Glyphs.Ellipsis)))
	return picture{lines: lines}
}

func welcomeActions() []action {
	return []action{
		{id: "welcome.connect", keys: []string{"c", "n"}, label: "connect a portal", help: "connect the first portal", scope: inWelcome, hint: 10, run: func(m *Model) tea.Cmd { return m.connectNew() }},
		{id: "welcome.sandbox", keys: []string{"e"}, label: "explore the sandbox", help: "start a HubSpot-compatible server in this program and connect to it", scope: inWelcome, hint: 20, run: func(m *Model) tea.Cmd { return m.explore() }},
	}
}

// explore starts the sandbox and asks it for a consent. While one is being
// started another key press changes nothing: cancelling the first could leave its
// server behind, beside that of the second.
func (m *Model) explore() tea.Cmd {
	key := taskKey{owner: ownerSandbox}
	if m.tasks.running(key) {
		return nil
	}
	apps := m.opts.Backend.Apps
	return m.tasks.start(key, func(ctx context.Context) (any, error) {
		return apps.ExploreSandbox(ctx)
	})
}

func (m *Model) explored(r result) tea.Cmd {
	if r.err != nil {
		return m.complain(r.err)
	}
	if app, ok := r.value.(oauth.App); ok {
		m.sandbox = app.ID
		m.openConsent(app, oauth.Portal{}, nil)
	}
	return m.load()
}

// door is one way in from the empty state.
type door struct{ key, name, words string }

// viewWelcome is the empty state: one sentence and the doors.
func (m *Model) viewWelcome(l layout) picture {
	t := m.theme
	doors := m.doors()
	sentence := "hsterm keeps HubSpot connections alive and shows them. There are none yet."
	width := min(l.width-4, 74)
	margin := blank(max(2, (l.width-width)/2))
	var lines []string
	for range max(0, (l.body().height-len(doors)*2-3)/3) {
		lines = append(lines, "")
	}
	for _, line := range wrap(sentence, width) {
		lines = append(lines, margin+t.Strong.Render(line))
	}
	lines = append(lines, "")
	var p picture
	column := doorColumn(doors)
	short := !slices.ContainsFunc(doors, func(d door) bool { return 6+column+textWidth(d.words) > width })
	if !short {
		column = 0
	}
	wordless := !short && len(wrap(sentence, width))+2+3*len(doors) > l.body().height
	for i, d := range doors {
		if wordless {
			d.words = ""
		}
		if i == 0 {
			p.cursor = &point{len(margin), len(lines)}
		}
		lines = append(lines, indented(len(margin), m.doorLines(d, width, column))...)
		if l.body().height >= 12 {
			lines = append(lines, "")
		}
	}
	if m.tasks.slow(taskKey{owner: ownerSandbox}) {
		lines = append(lines, margin+t.Accent.Render(m.spinner.frame(t))+" "+t.Muted.Render("starting the sandbox"))
	}
	p.lines = lines
	return p
}

// doors are what can be done while no portal is connected.
func (m *Model) doors() []door {
	connect := door{m.keys.of("welcome.connect"), "connect a portal", "with an app you registered at HubSpot"}
	apps := door{m.keys.of("apps"), "add an app", "client id and secret, sealed on this machine"}
	names := make([]string, len(m.apps))
	for i, app := range m.apps {
		names[i] = Safe(app.Name)
	}
	switch len(names) {
	case 0:
	case 1:
		connect = door{connect.key, "connect a portal with " + names[0], "your app: the browser opens"}
		apps = door{apps.key, "apps", "check or change " + names[0] + ", add another"}
	default:
		connect.words = "with one of your " + count(len(names), "app")
		apps = door{apps.key, "apps", strings.Join(names, ", ")}
	}
	return []door{connect, {m.keys.of("welcome.sandbox"), "explore the sandbox", "invented data, nothing is kept"}, apps}
}

// doorColumn is the room for the names of the doors.
func doorColumn(doors []door) int {
	column := 20
	for _, d := range doors {
		column = max(column, textWidth(d.name))
	}
	return column
}

// doorLines are a door: words beside the name in that column, or below it where
// the column is 0.
func (m *Model) doorLines(d door, width, column int) []string {
	t := m.theme
	var r run
	r.add(t.Key, d.key).gap(t.Text, 3)
	if column > 0 {
		r.add(t.Text, left(d.name, column, t.Glyphs.Ellipsis)).gap(t.Text, 2).add(t.Muted, d.words)
		return []string{r.String()}
	}
	r.add(t.Text, cut(d.name, width-4, t.Glyphs.Ellipsis))
	return append([]string{r.String()}, indented(4, wrapped(t.Muted, d.words, width-4))...)
}

// indented puts n cells before painted lines.
func indented(n int, lines []string) []string {
	for i := range lines {
		lines[i] = blank(n) + lines[i]
	}
	return lines
}
