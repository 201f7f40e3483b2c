package ui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// disconnectDialog removes a portal once its alias has been typed.
type disconnectDialog struct {
	still
	portal  oauth.Portal
	input   textinput.Model
	revoke  bool
	working bool
	mistake string
}

const ownerDisconnect = ownerDialog + " disconnect"

func (m *Model) disconnect() tea.Cmd {
	p, ok := m.selected()
	if !ok {
		return nil
	}
	d := &disconnectDialog{portal: p, input: newInput()}
	d.input.Focus()
	m.dialog = d
	return nil
}

func (d *disconnectDialog) scope() scope              { return inRemove }
func (d *disconnectDialog) title(*Model) string       { return "Disconnect " + d.portal.Alias }
func (d *disconnectDialog) room() (width, height int) { return 64, 14 }
func (d *disconnectDialog) typing() bool              { return !d.portal.Protected }

func (d *disconnectDialog) typed(_ *Model, k tea.KeyPressMsg) tea.Cmd {
	if d.typing() {
		d.mistake = ""
		typeInto(&d.input, k)
	}
	return nil
}

func (d *disconnectDialog) pasted(_ *Model, text string) tea.Cmd {
	if d.typing() {
		d.mistake = ""
		pasteInto(&d.input, text)
	}
	return nil
}

func disconnectActions() []action {
	do := func(f func(*disconnectDialog, *Model) tea.Cmd) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*disconnectDialog); ok {
				return f(d, m)
			}
			return nil
		}
	}
	free := func(m *Model) (bool, string) {
		d, ok := m.dialog.(*disconnectDialog)
		return ok && !d.portal.Protected, ""
	}
	return []action{
		{id: "disconnect.go", keys: []string{"enter"}, label: "disconnect", help: "remove the portal whose alias was typed", scope: inRemove, hint: 10, enabled: free, run: do((*disconnectDialog).remove)},
		{
			id: "disconnect.revoke", keys: []string{"tab"}, label: "revoke or not", help: "also ask HubSpot to revoke the refresh token", scope: inRemove, hint: 20,
			enabled: func(m *Model) (bool, string) {
				d, ok := m.dialog.(*disconnectDialog)
				return ok && d.portal.Kind == oauth.KindOAuth && !d.portal.Protected, "a static token is removed at HubSpot"
			},
			run: do(func(d *disconnectDialog, _ *Model) tea.Cmd {
				d.revoke = !d.revoke
				return nil
			}),
		},
		{id: "disconnect.cancel", keys: []string{"esc"}, label: "keep it", help: "keep the portal", scope: inRemove, hint: 90, run: (*Model).closeDialog},
	}
}

func (d *disconnectDialog) remove(m *Model) tea.Cmd {
	if d.working {
		return nil
	}
	if strings.TrimSpace(d.input.Value()) != d.portal.Alias {
		d.mistake = "Type " + d.portal.Alias + " to disconnect it."
		return nil
	}
	d.working = true
	portals, id, revoke := m.opts.Backend.Portals, d.portal.ID, d.revoke
	return m.tasks.start(taskKey{ownerDisconnect, id}, func(ctx context.Context) (any, error) {
		notice, err := portals.Disconnect(ctx, id, revoke)
		return Safe(notice), err
	})
}

func (d *disconnectDialog) update(m *Model, r result) tea.Cmd {
	d.working = false
	if e := cleanError(r.err); e != nil {
		d.mistake = join(e.Message, e.Hint)
		return nil
	}
	said := toastMsg{text: d.portal.Alias + " disconnected", done: true}
	if notice, _ := r.value.(string); notice != "" {
		said = toastMsg{text: d.portal.Alias + " disconnected: " + notice}
	}
	m.focus = focusList
	m.closeDialog()
	return tea.Batch(m.toast(said), m.load())
}

func (d *disconnectDialog) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	t := m.theme
	if d.portal.Protected {
		s.prose("portal", t.Strong, d.portal.Alias)
		s.fact("account", hubText(d.portal.HubID), d.portal.HubDomain)
		s.gap()
		s.text(t.Warn, "This portal is protected, so it is not disconnected.")
		s.text(t.Text, "To take the protection off, in a shell:")
		s.gap()
		s.text(t.Accent, "hsterm protect "+d.portal.Alias+" off")
		return s.finish()
	}
	s.text(t.Text, "Its tokens are removed from this machine. Its events stay.")
	s.gap()
	s.prose("alias", t.Strong, d.portal.Alias)
	s.fact("account", hubText(d.portal.HubID), d.portal.HubDomain)
	if d.portal.Kind == oauth.KindOAuth {
		at := "the grant stays; the app stays installed"
		if d.revoke {
			at = "the refresh token is revoked; the app stays installed"
		}
		s.prose("at HubSpot", t.Text, at)
	}
	s.gap()
	s.field("type the alias", &d.input)
	switch {
	case d.mistake != "":
		s.text(t.Bad, d.mistake)
	case d.working:
		s.text(t.Muted, "disconnecting")
	}
	return s.finish()
}
