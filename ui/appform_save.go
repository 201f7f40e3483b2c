package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// save stores the app, unless it could never be connected.
func (d *appForm) save(m *Model) tea.Cmd {
	if d.saving || d.lacks() {
		return nil
	}
	app := d.app()
	if e := cleanError(oauth.ValidateApp(app)); e != nil {
		d.mistake = join(e.Message, e.Hint)
		return nil
	}
	for _, f := range oauth.LintApp(app) {
		if f.Severity == oauth.SeverityError {
			d.mistake = join(Safe(f.Message), Safe(f.Hint))
			d.focus(formScopes)
			return nil
		}
	}
	d.saving = true
	apps := m.opts.Backend.Apps
	return m.tasks.start(taskKey{owner: ownerAdd}, func(ctx context.Context) (any, error) {
		if app.ID != 0 {
			return apps.UpdateApp(ctx, app)
		}
		return apps.AddApp(ctx, app)
	})
}

// lacks goes to the first field that must not be empty and is.
func (d *appForm) lacks() bool {
	for field, name := range formNames() {
		switch {
		case field == formOptional, field == formSecret && d.edit.ID != 0:
			continue
		case strings.TrimSpace(d.inputs[field].Value()) != "":
			continue
		}
		verb := " is missing."
		if field == formScopes {
			verb = " are missing."
		}
		d.mistake = "The " + name + verb
		if field == formSecret {
			d.mistake += " Every HubSpot app has one, with PKCE too."
		}
		d.focus(field)
		return true
	}
	return false
}

func (d *appForm) update(m *Model, r result) tea.Cmd {
	d.saving = false
	if e := cleanError(r.err); e != nil {
		d.mistake = join(e.Message, e.Hint)
		return nil
	}
	app, _ := r.value.(oauth.App)
	what := "app " + Safe(app.Name) + " added"
	if d.edit.ID != 0 {
		what = "app " + Safe(app.Name) + " changed"
	}
	said := m.toast(toastMsg{text: what, done: true})
	if d.connect {
		m.openConsent(app, oauth.Portal{}, nil)
		return tea.Batch(said, m.load())
	}
	left := d.leave(m)
	if back, ok := m.dialog.(*appsDialog); ok && d.edit.ID != 0 {
		back.verdict, back.good = Safe(app.Name)+" changed: t checks client id and secret", true
	}
	return tea.Batch(said, left, m.load())
}

// leave goes back to where the form was opened from.
func (d *appForm) leave(m *Model) tea.Cmd {
	m.closeDialog()
	m.dialog = d.back
	return nil
}
