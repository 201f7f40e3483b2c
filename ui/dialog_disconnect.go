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
func (d *disconnectDialog) room() (width, height int) { return 64, 15 }
func (d *disconnectDialog) typing() bool              { return true }

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
	return []action{
		{id: "disconnect.go", keys: []string{"enter"}, label: "disconnect", help: "remove the portal whose alias was typed", scope: inRemove, hint: 10, run: do((*disconnectDialog).remove)},
		{
			id: "disconnect.revoke", keys: []string{"tab"}, label: "revoke or not", help: "also ask HubSpot to revoke the refresh token", scope: inRemove, hint: 20,
			enabled: func(m *Model) (bool, string) {
				d, ok := m.dialog.(*disconnectDialog)
				return ok && d.portal.Kind == oauth.KindOAuth, "a static token is removed at HubSpot"
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
	portals, id := m.opts.Backend.Portals, d.portal.ID
	how := Removal{Revoke: d.revoke, Unlocked: m.unlocked[id]}
	return m.tasks.start(taskKey{ownerDisconnect, id}, func(ctx context.Context) (any, error) {
		notice, err := portals.Disconnect(ctx, id, how)
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
	if !d.revoke {
		m.undos = append(m.undos, undo{d.portal.ID, d.portal.Alias})
	}
	m.focus = focusList
	m.closeDialog()
	return tea.Batch(m.toast(said), m.load())
}

func (d *disconnectDialog) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	t := m.theme
	s.text(t.Text, "Its tokens are removed from this machine. Its events stay.")
	if d.revoke {
		s.text(t.Warn, "What HubSpot has revoked cannot be brought back.")
	} else {
		s.text(t.Text, m.keys.of("portal.undo")+" brings it back, until hsterm is left.")
	}
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
