package ui

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// connectMsg asks for a consent. Panes send it where more scopes would help.
type connectMsg struct {
	portal int64    // to renew, 0 for a new one
	scopes []string // to add to what the app requires
}

// consentStep is how far a consent has come.
type consentStep int

const (
	consentReady consentStep = iota // nothing has happened yet
	consentOpening
	consentWaiting
	consentExchanging
	consentDone
	consentFailed
)

// hearing is how the answer of a consent comes back.
type hearing int

const (
	byCallback hearing = iota
	byPaste            // nothing listens: the address is pasted
)

// consentDialog leads through one consent, from what is asked for to what was
// granted.
type consentDialog struct {
	still
	step     consentStep
	app      oauth.App    // as it is stored
	portal   oauth.Portal // to renew; zero for a new one
	extra    []string
	consent  Consent // nil before it was started and after it was closed
	opened   bool    // the browser was started
	trouble  string  // why it was not
	input    textinput.Model
	pasting  bool
	by       hearing // how the answer comes back
	deaf     bool    // it failed before it could listen
	mistake  string  // what is wrong with the pasted address
	result   oauth.Connected
	failure  *oauth.Error
	deadline time.Time
}

// connect answers a pane's wish for a consent.
func (m *Model) connect(msg connectMsg) tea.Cmd {
	portal, ok := m.list.byID(msg.portal)
	if !ok {
		return m.connectNew()
	}
	return m.reconnectPortal(portal, msg.scopes)
}

// reconnect renews the selected portal.
func (m *Model) reconnect(extra []string) tea.Cmd {
	portal, ok := m.selected()
	if !ok {
		return m.connectNew()
	}
	return m.reconnectPortal(portal, extra)
}

func (m *Model) reconnectPortal(p oauth.Portal, extra []string) tea.Cmd {
	i := slices.IndexFunc(m.apps, func(a oauth.App) bool { return a.ID == p.AppID })
	switch {
	case i < 0 && m.sealed != nil:
		return tea.Batch(m.complain(m.sealed), m.load()) // the key may be there by the next try
	case i < 0:
		return m.complain(&oauth.Error{
			Class: oauth.ClassNotFound, Portal: p.Alias,
			Message: "the app of " + p.Alias + " is not stored any more",
			Hint:    "Add it again with " + m.keys.of("apps") + ", or connect the portal with another app.",
		})
	}
	m.openConsent(m.apps[i], p, extra)
	return nil
}

// connectNew connects another portal: with the one app there is, or with one of
// them, or first of all with a new one.
func (m *Model) connectNew() tea.Cmd {
	if m.sealed != nil {
		return tea.Batch(m.complain(m.sealed), m.load()) // the key may be there by the next try
	}
	switch len(m.apps) {
	case 0:
		return tea.Batch(m.openAppForm(true), m.toast(toastMsg{text: "a portal is connected with an app: add yours first"}))
	case 1:
		m.openConsent(m.apps[0], oauth.Portal{}, nil)
		return nil
	default:
		return m.openChoose()
	}
}

func (m *Model) openConsent(app oauth.App, p oauth.Portal, extra []string) {
	d := &consentDialog{app: app, portal: p, extra: extra, input: newInput()}
	d.input.Placeholder = "the whole address, beginning with http"
	m.dialog = d
}

func (d *consentDialog) scope() scope              { return inConsent }
func (d *consentDialog) room() (width, height int) { return 84, 24 }
func (d *consentDialog) counting() bool            { return d.step == consentWaiting }
func (d *consentDialog) typing() bool              { return d.pasting }

func (d *consentDialog) typed(_ *Model, k tea.KeyPressMsg) tea.Cmd {
	if d.pasting {
		d.mistake = ""
		typeInto(&d.input, k)
	}
	return nil
}

// pasted takes an address at once, whether the field is open or not.
func (d *consentDialog) pasted(_ *Model, text string) tea.Cmd {
	if d.step != consentWaiting {
		return nil
	}
	d.openPaste()
	pasteInto(&d.input, text)
	return nil
}

func (d *consentDialog) openPaste() {
	d.pasting, d.mistake = true, ""
	d.input.Focus()
}

func (d *consentDialog) closePaste() {
	d.pasting, d.mistake = false, ""
	d.input.Reset()
	d.input.Blur()
}

func (d *consentDialog) title(*Model) string {
	if d.portal.ID != 0 {
		return "Reconnect " + d.portal.Alias
	}
	return "Connect a portal with " + Safe(d.app.Name)
}

// consentActions are the keys of a consent.
func consentActions() []action {
	when := func(f func(*consentDialog) bool) func(*Model) (bool, string) {
		return func(m *Model) (bool, string) {
			d, ok := m.dialog.(*consentDialog)
			return ok && f(d), ""
		}
	}
	do := func(f func(*consentDialog, *Model) tea.Cmd) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*consentDialog); ok {
				return f(d, m)
			}
			return nil
		}
	}
	at := func(steps ...consentStep) func(*Model) (bool, string) {
		return when(func(d *consentDialog) bool { return !d.pasting && slices.Contains(steps, d.step) })
	}
	return []action{
		{id: "consent.start", keys: []string{"enter"}, label: "open the browser", help: "open HubSpot's consent page in the browser", scope: inConsent, hint: 10, enabled: at(consentReady), run: do((*consentDialog).start)},
		{id: "consent.copy", keys: []string{"u"}, label: "copy the link", help: "copy the link of the consent page", scope: inConsent, hint: 20, enabled: at(consentWaiting), run: do((*consentDialog).copyLink)},
		{id: "consent.open", keys: []string{"o"}, label: "open the browser", help: "open the consent page in the browser again", scope: inConsent, hint: 15, enabled: at(consentWaiting), run: do((*consentDialog).openAgain)},
		{id: "consent.paste", keys: []string{"p"}, label: "paste the address you end up at", help: "paste the address the browser ended up at", scope: inConsent, hint: 30, enabled: at(consentWaiting), run: do(func(d *consentDialog, _ *Model) tea.Cmd {
			d.openPaste()
			return nil
		})},
		{id: "consent.submit", keys: []string{"enter"}, label: "take this address", help: "take the pasted address", scope: inConsent, hint: 10, enabled: when(func(d *consentDialog) bool { return d.pasting }), run: do((*consentDialog).submit)},
		{id: "consent.unpaste", keys: []string{"esc"}, label: "back", help: "close the field for the address", scope: inConsent, hint: 90, enabled: when(func(d *consentDialog) bool { return d.pasting }), run: do(func(d *consentDialog, _ *Model) tea.Cmd {
			d.closePaste()
			return nil
		})},
		{id: "consent.retry", keys: []string{"enter"}, label: "try again", help: "ask for the consent again", scope: inConsent, hint: 10, enabled: at(consentFailed), run: do((*consentDialog).retry)},
		{id: "consent.by-paste", keys: []string{"p"}, label: "paste the address instead", help: "connect without a callback: paste the address the browser ends at", scope: inConsent, hint: 15, enabled: when((*consentDialog).unheard), run: do((*consentDialog).pasteInstead)},
		{id: "consent.accept", keys: []string{"a"}, label: "keep it as a portal of its own", help: "store a grant of another account as a portal of its own", scope: inConsent, hint: 20, enabled: when((*consentDialog).otherPortal), run: do((*consentDialog).accept)},
		{id: "consent.close", keys: []string{"enter", "esc"}, label: "close", help: "close, the portal is connected", scope: inConsent, hint: 10, enabled: at(consentDone), run: do((*consentDialog).leave)},
		{id: "consent.cancel", keys: []string{"esc"}, label: "cancel", help: "give up; nothing is changed", scope: inConsent, hint: 90, enabled: at(consentReady, consentOpening, consentWaiting, consentFailed), run: do((*consentDialog).giveUp)},
	}
}

// otherPortal tells whether the grant came back for another account than asked.
func (d *consentDialog) otherPortal() bool {
	return d.step == consentFailed && d.consent != nil && d.failure.Class == oauth.ClassWrongPortal
}

// unheard tells whether the callback could not come, or did not: then pasting
// the address the browser ends at helps.
func (d *consentDialog) unheard() bool {
	if d.step != consentFailed || d.by == byPaste {
		return false
	}
	return d.deaf && d.failure.Class == oauth.ClassOther || d.failure.Class == oauth.ClassTimedOut
}
