package ui

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// appsDialog lists the OAuth apps and what can be done with one.
type appsDialog struct {
	still
	at       int
	removing bool // asked whether to remove the one that is chosen
	verdict  string
	good     bool
}

// Owners of the dialog's work.
const (
	ownerCheck  = ownerDialog + " check"
	ownerRemove = ownerDialog + " remove"
)

func (m *Model) openApps() tea.Cmd {
	switch {
	case m.sealed != nil:
		return tea.Batch(m.complain(m.sealed), m.load()) // the key may be there by the next try
	case len(m.apps) == 0:
		return m.openAppForm(false)
	}
	d := &appsDialog{}
	if p, ok := m.selected(); ok {
		for i, app := range m.apps {
			if app.ID == p.AppID {
				d.at = i
			}
		}
	}
	m.dialog = d
	return nil
}

func (d *appsDialog) scope() scope              { return inApps }
func (d *appsDialog) title(*Model) string       { return "Apps" }
func (d *appsDialog) room() (width, height int) { return 80, 26 }

// chosen is the app the keys are about.
func (d *appsDialog) chosen(m *Model) (oauth.App, bool) {
	if d.at >= len(m.apps) {
		d.at = max(0, len(m.apps)-1)
	}
	if len(m.apps) == 0 {
		return oauth.App{}, false
	}
	return m.apps[d.at], true
}

func appsActions() []action {
	when := func(f func(*appsDialog) bool) func(*Model) (bool, string) {
		return func(m *Model) (bool, string) {
			d, ok := m.dialog.(*appsDialog)
			return ok && len(m.apps) > 0 && f(d), ""
		}
	}
	do := func(f func(*appsDialog, *Model) tea.Cmd) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*appsDialog); ok {
				return f(d, m)
			}
			return nil
		}
	}
	calm := when(func(d *appsDialog) bool { return !d.removing })
	asked := when(func(d *appsDialog) bool { return d.removing })
	move := func(by motion) func(*Model) tea.Cmd {
		return do(func(d *appsDialog, m *Model) tea.Cmd {
			d.at, d.verdict, d.removing = by.step(d.at, len(m.apps), 1), "", false
			return nil
		})
	}
	return []action{
		{id: "apps.connect", keys: []string{"enter", "c"}, label: "connect", help: "connect a portal with this app", scope: inApps, hint: 10, enabled: calm, run: do(func(d *appsDialog, m *Model) tea.Cmd {
			if app, ok := d.chosen(m); ok {
				m.openConsent(app, oauth.Portal{}, nil)
			}
			return nil
		})},
		{id: "apps.new", keys: []string{"n", "a"}, label: "new app", help: "add another app", scope: inApps, hint: 20, enabled: func(m *Model) (bool, string) {
			d, ok := m.dialog.(*appsDialog)
			return ok && !d.removing, ""
		}, run: func(m *Model) tea.Cmd { return m.openAppForm(false) }},
		{id: "apps.check", keys: []string{"t"}, label: "check", help: "prove client id and secret, without a consent", scope: inApps, hint: 30, enabled: calm, run: do((*appsDialog).check)},
		{id: "apps.edit", keys: []string{"e"}, label: "edit", help: "change the app, its client secret too", scope: inApps, hint: 35, enabled: calm, run: do(func(d *appsDialog, m *Model) tea.Cmd {
			if app, ok := d.chosen(m); ok {
				m.editApp(app)
			}
			return nil
		})},
		{id: "apps.remove", keys: []string{"x"}, label: "remove", help: "remove the app, asks first", scope: inApps, hint: 40, enabled: calm, run: do(func(d *appsDialog, _ *Model) tea.Cmd {
			d.removing, d.verdict = true, ""
			return nil
		})},
		{id: "apps.remove.yes", keys: []string{"y"}, label: "remove it", help: "yes, remove the app", scope: inApps, hint: 10, enabled: asked, run: do((*appsDialog).remove)},
		{id: "apps.remove.no", keys: []string{"esc", "n"}, label: "keep it", help: "no, keep the app", scope: inApps, hint: 20, enabled: asked, run: do(func(d *appsDialog, _ *Model) tea.Cmd {
			d.removing = false
			return nil
		})},
		{id: "apps.up", keys: []string{"up", "k"}, label: "up", help: "previous app", scope: inApps, run: move(lineUp)},
		{id: "apps.down", keys: []string{"down", "j"}, label: "down", help: "next app", scope: inApps, run: move(lineDown)},
		{id: "apps.close", keys: []string{"esc"}, label: "close", help: "close the apps", scope: inApps, hint: 90, enabled: func(m *Model) (bool, string) {
			d, ok := m.dialog.(*appsDialog)
			return ok && !d.removing, ""
		}, run: (*Model).closeDialog},
	}
}

// check proves client id and secret.
func (d *appsDialog) check(m *Model) tea.Cmd {
	app, ok := d.chosen(m)
	if !ok {
		return nil
	}
	d.verdict, d.good = "checking "+Safe(app.Name), true
	apps := m.opts.Backend.Apps
	return m.tasks.start(taskKey{ownerCheck, app.ID}, func(ctx context.Context) (any, error) {
		return done{"client id and secret of " + Safe(app.Name) + " are right"}, apps.CheckApp(ctx, app.ID)
	})
}

func (d *appsDialog) remove(m *Model) tea.Cmd {
	app, ok := d.chosen(m)
	if !ok {
		return nil
	}
	d.removing = false
	apps := m.opts.Backend.Apps
	return m.tasks.start(taskKey{ownerRemove, app.ID}, func(ctx context.Context) (any, error) {
		return done{Safe(app.Name) + " removed"}, apps.RemoveApp(ctx, app.ID)
	})
}

func (d *appsDialog) update(m *Model, r result) tea.Cmd {
	if e := cleanError(r.err); e != nil {
		d.verdict, d.good = join(e.Message, e.Hint), false
		return nil
	}
	if v, ok := r.value.(done); ok {
		d.verdict, d.good = v.text, true
	}
	return m.load()
}

func (d *appsDialog) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	t := m.theme
	app, ok := d.chosen(m)
	if !ok {
		s.text(t.Muted, "No app is stored. Add the one you registered at HubSpot.")
		return s.finish()
	}
	s.apps(d.at, max(3, f.height-14))
	d.said(s, app)
	s.gap()
	d.facts(s, app)
	return s.finish()
}

// said is the question or the verdict, right below the apps: the facts may have
// to go where a screen is small.
func (d *appsDialog) said(s *sheet, app oauth.App) {
	m, t := s.m, s.m.theme
	switch {
	case d.removing:
		s.gap()
		words := "Remove " + Safe(app.Name) + " and its client secret?"
		if n := m.dependants(app.ID); n > 0 {
			words += " " + count(n, "portal") + " could not be refreshed any more."
		}
		s.text(t.Warn, words)
	case d.verdict != "" && d.good:
		s.gap()
		s.text(t.Good, d.verdict)
	case d.verdict != "":
		s.gap()
		s.text(t.Bad, d.verdict)
	}
}

// facts is everything about an app but its secret.
func (d *appsDialog) facts(s *sheet, app oauth.App) {
	t := s.m.theme
	app = cleanApp(app)
	s.fact("client id", app.ClientID, "")
	s.words("scopes", t.Text, app.Scopes)
	s.words("optional", t.Muted, app.OptionalScopes)
	s.words("redirect URI", t.Text, app.RedirectURIs)
	if app.AuthorizeURL != oauth.DefaultAuthorizeURL {
		s.fact("authorize URL", app.AuthorizeURL, "")
	}
	if app.APIURL != oauth.DefaultAPIURL {
		s.fact("API URL", app.APIURL, "")
	}
	how := "PKCE " + onOff(app.PKCE)
	if app.UserLevel {
		how += "  a grant for each user"
	}
	s.fact("API version", string(app.APIVersion), how)
	s.fact("portals", strconv.Itoa(s.m.dependants(app.ID)), "")
}
