package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// unlockDialog lets a protected portal be changed, until the screen is left, once
// its alias has been typed.
type unlockDialog struct {
	still
	portal  oauth.Portal
	input   textinput.Model
	mistake string
}

// lockActions are the keys of protected portals.
func lockActions() []action {
	return []action{{
		id: "portal.unlock", keys: []string{"P"}, label: "unlock", help: "let a protected portal be changed until hsterm is left, or lock it again", scope: inPortal, hint: 28,
		hinted: func(m *Model) bool { return m.locked() },
		enabled: func(m *Model) (bool, string) {
			p, ok := m.selected()
			return ok && p.Protected, "this portal is not protected: hsterm protect does that"
		},
		run: (*Model).unlock,
	}}
}

// locked tells whether the selected portal is protected and was not unlocked.
func (m *Model) locked() bool {
	p, ok := m.selected()
	return ok && p.Protected && !m.unlocked[p.ID]
}

// lockWords say whether a protected portal may be changed.
func (s scene) lockWords() string {
	if s.locked {
		return s.keys.of("portal.unlock") + " unlocks it"
	}
	return "unlocked until hsterm is left"
}

// protected says why a protected portal is not changed.
func protected(p oauth.Portal, k keys) *oauth.Error {
	return &oauth.Error{
		Class: oauth.ClassUsage, Portal: p.Alias, Message: p.Alias + " is protected, and nothing was changed.",
		Hint: k.of("portal.unlock") + " unlocks it until hsterm is left.",
	}
}

func (m *Model) unlock() tea.Cmd {
	p, _ := m.selected()
	if m.unlocked[p.ID] {
		delete(m.unlocked, p.ID)
		return tea.Batch(m.show(), m.toast(toastMsg{text: p.Alias + " is locked again", done: true}))
	}
	d := &unlockDialog{portal: p, input: newInput()}
	d.input.Focus()
	m.dialog = d
	return nil
}

func (d *unlockDialog) scope() scope              { return inUnlock }
func (d *unlockDialog) title(*Model) string       { return "Unlock " + d.portal.Alias }
func (d *unlockDialog) room() (width, height int) { return 64, 12 }
func (d *unlockDialog) typing() bool              { return true }

func (d *unlockDialog) typed(_ *Model, k tea.KeyPressMsg) tea.Cmd {
	d.mistake = ""
	typeInto(&d.input, k)
	return nil
}

func (d *unlockDialog) pasted(_ *Model, text string) tea.Cmd {
	d.mistake = ""
	pasteInto(&d.input, text)
	return nil
}

func unlockActions() []action {
	return []action{
		{id: "unlock.go", keys: []string{"enter"}, label: "unlock", help: "unlock the portal whose alias was typed", scope: inUnlock, hint: 10, run: func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*unlockDialog); ok {
				return d.open(m)
			}
			return nil
		}},
		{id: "unlock.cancel", keys: []string{"esc"}, label: "leave it locked", help: "leave the portal locked", scope: inUnlock, hint: 90, run: (*Model).closeDialog},
	}
}

func (d *unlockDialog) open(m *Model) tea.Cmd {
	if strings.TrimSpace(d.input.Value()) != d.portal.Alias {
		d.mistake = "Type " + d.portal.Alias + " to unlock it."
		return nil
	}
	m.unlocked[d.portal.ID] = true
	m.closeDialog()
	return tea.Batch(m.show(), m.toast(toastMsg{text: d.portal.Alias + " may be changed until hsterm is left", done: true}))
}

func (d *unlockDialog) view(m *Model, f frame) picture {
	s, t := &sheet{m: m, f: f}, m.theme
	s.text(t.Text, "It is protected: calls that change its data and disconnecting are locked. Unlocked, they are there until hsterm is left.")
	s.gap()
	s.prose("alias", t.Strong, d.portal.Alias)
	s.fact("account", hubText(d.portal.HubID), d.portal.HubDomain)
	s.gap()
	s.field("type the alias", &d.input)
	if d.mistake != "" {
		s.text(t.Bad, d.mistake)
	}
	return s.finish()
}
