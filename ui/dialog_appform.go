package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// appForm asks for a new app, or changes one. Text fields come first, then choices that left and
// right change.
type appForm struct {
	still
	connect bool      // go on to a consent once the app is stored
	edit    oauth.App // to change; zero for a new one
	back    dialog    // where it was opened from, nil for the screen
	at      int
	inputs  [formTexts]textinput.Model
	version int // index into oauth.APIVersions
	pkce    bool
	users   bool
	mistake string
	saving  bool
}

// The fields, in order.
const (
	formName = iota
	formClientID
	formSecret
	formScopes
	formOptional
	formRedirect
	formAuthorize
	formAPI
	formTexts // how many of them are text
)

const (
	formVersion = formTexts + iota
	formPKCE
	formUsers
	formFields
)

// formNames are the text fields as the form calls them.
func formNames() [formTexts]string {
	return [formTexts]string{"name", "client id", "client secret", "scopes", "optional", "redirect URI", "authorize URL", "API URL"}
}

const ownerAdd = ownerDialog + " add"

func (m *Model) openAppForm(connect bool) tea.Cmd {
	d := &appForm{connect: connect, back: m.dialog}
	for i := range d.inputs {
		d.inputs[i] = newInput()
	}
	d.inputs[formName].Placeholder = "a name of your own, such as main"
	d.inputs[formClientID].Placeholder = "from the app's Auth tab at HubSpot"
	d.inputs[formSecret].Placeholder = "stored sealed, never shown again"
	d.inputs[formSecret].EchoMode = textinput.EchoPassword
	d.inputs[formSecret].EchoCharacter = '*'
	d.inputs[formOptional].Placeholder = "none"
	d.inputs[formScopes].SetValue("oauth crm.objects.contacts.read")
	d.inputs[formRedirect].SetValue(oauth.DefaultRedirectURI)
	d.inputs[formAuthorize].SetValue(oauth.DefaultAuthorizeURL)
	d.inputs[formAPI].SetValue(oauth.DefaultAPIURL)
	d.focus(formName)
	m.dialog = d
	return nil
}

func (d *appForm) scope() scope              { return inAppForm }
func (d *appForm) room() (width, height int) { return 78, 24 }
func (d *appForm) typing() bool              { return d.at < formTexts }

func (d *appForm) title(*Model) string {
	if d.edit.ID != 0 {
		return "Edit " + Safe(d.edit.Name)
	}
	return "New app"
}

// editApp opens the form with what is stored; the secret stays out of it.
func (m *Model) editApp(app oauth.App) {
	m.openAppForm(false)
	d, ok := m.dialog.(*appForm)
	if !ok {
		return
	}
	d.edit = cleanApp(app)
	for field, text := range map[int]string{
		formName: app.Name, formClientID: app.ClientID, formAuthorize: app.AuthorizeURL, formAPI: app.APIURL,
		formScopes: strings.Join(app.Scopes, " "), formOptional: strings.Join(app.OptionalScopes, " "), formRedirect: strings.Join(app.RedirectURIs, " "),
	} {
		d.inputs[field].SetValue(Safe(text))
	}
	d.inputs[formSecret].Placeholder = "empty keeps the stored one"
	d.version = max(0, slices.Index(oauth.APIVersions(), app.APIVersion))
	d.pkce, d.users = app.PKCE, app.UserLevel
	d.focus(formSecret) // what has to be changed most often
}

// focus gives the keys to a field.
func (d *appForm) focus(field int) {
	d.at = (field + formFields) % formFields
	for i := range d.inputs {
		if i == d.at {
			d.inputs[i].Focus()
		} else {
			d.inputs[i].Blur()
		}
	}
}

func (d *appForm) typed(_ *Model, k tea.KeyPressMsg) tea.Cmd {
	if d.at < formTexts {
		d.mistake = ""
		typeInto(&d.inputs[d.at], k)
	}
	return nil
}

func (d *appForm) pasted(_ *Model, text string) tea.Cmd {
	if d.at < formTexts {
		d.mistake = ""
		// A list of scopes is often copied one to a line.
		pasteInto(&d.inputs[d.at], strings.Join(strings.Fields(text), " "))
	}
	return nil
}

func appFormActions() []action {
	do := func(f func(*appForm, *Model) tea.Cmd) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*appForm); ok {
				return f(d, m)
			}
			return nil
		}
	}
	move := func(by int) func(*Model) tea.Cmd {
		return do(func(d *appForm, _ *Model) tea.Cmd {
			d.focus(d.at + by)
			return nil
		})
	}
	turn := func(by int) func(*Model) tea.Cmd {
		return do(func(d *appForm, _ *Model) tea.Cmd {
			d.turn(by)
			return nil
		})
	}
	choosing := func(m *Model) (bool, string) {
		d, ok := m.dialog.(*appForm)
		return ok && d.at >= formTexts, ""
	}
	editing := func(want bool) func(*Model) (bool, string) {
		return func(m *Model) (bool, string) {
			d, ok := m.dialog.(*appForm)
			return ok && (d.edit.ID != 0) == want, ""
		}
	}
	return []action{
		{id: "app.change", keys: []string{"enter", "ctrl+s"}, label: "save", help: "store the changes, the secret sealed", scope: inAppForm, hint: 10, enabled: editing(true), run: do((*appForm).save)},
		{id: "app.save", keys: []string{"enter", "ctrl+s"}, label: "add the app", help: "store the app, its secret sealed", scope: inAppForm, hint: 10, enabled: editing(false), run: do((*appForm).save)},
		{id: "app.next", keys: []string{"tab", "down"}, label: "next field", help: "next field", scope: inAppForm, hint: 20, run: move(1)},
		{id: "app.previous", keys: []string{"shift+tab", "up"}, label: "previous field", help: "previous field", scope: inAppForm, run: move(-1)},
		{id: "app.turn", keys: []string{"right", "space"}, label: "change", help: "change the choice", scope: inAppForm, hint: 30, enabled: choosing, run: turn(1)},
		{id: "app.turn-back", keys: []string{"left"}, label: "change back", help: "change the choice the other way", scope: inAppForm, enabled: choosing, run: turn(-1)},
		{id: "app.cancel", keys: []string{"esc"}, label: "cancel", help: "back, nothing is stored", scope: inAppForm, hint: 90, run: do((*appForm).leave)},
	}
}

// turn changes the choice that has the keys.
func (d *appForm) turn(by int) {
	d.mistake = ""
	switch n := len(oauth.APIVersions()); d.at {
	case formVersion:
		d.version = (d.version + by + n) % n
	case formPKCE:
		d.pkce = !d.pkce
	case formUsers:
		d.users = !d.users
	}
}

// app is what the form says so far.
func (d *appForm) app() oauth.App {
	text := func(field int) string { return strings.TrimSpace(d.inputs[field].Value()) }
	return oauth.App{
		ID: d.edit.ID, CreatedAt: d.edit.CreatedAt,
		Name: text(formName), ClientID: text(formClientID), ClientSecret: oauth.NewSecret(text(formSecret)),
		Scopes: strings.Fields(text(formScopes)), OptionalScopes: strings.Fields(text(formOptional)),
		RedirectURIs: strings.Fields(text(formRedirect)), AuthorizeURL: text(formAuthorize), APIURL: text(formAPI),
		APIVersion: oauth.APIVersions()[d.version], PKCE: d.pkce, UserLevel: d.users,
	}
}

func (d *appForm) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	t := m.theme
	small := !m.layout().lying() // what is below the fields may be out of sight
	for i, name := range formNames() {
		if small && i == d.at && d.mistake != "" {
			s.text(t.Bad, d.mistake)
		}
		s.field(name, &d.inputs[i])
	}
	s.choice("API version", string(oauth.APIVersions()[d.version]), d.at == formVersion)
	s.choice("PKCE", onOff(d.pkce), d.at == formPKCE)
	s.choice("user level", onOff(d.users), d.at == formUsers)
	s.gap()
	switch {
	case d.mistake != "" && small && d.at < formTexts:
	case d.mistake != "":
		s.text(t.Bad, d.mistake)
	case d.saving:
		s.text(t.Muted, "storing")
	default:
		s.text(t.Muted, d.advice())
	}
	return s.finish()
}

// advice explains the field that has the keys.
func (d *appForm) advice() string {
	switch d.at {
	case formName:
		return "Register an app at HubSpot first: hs project create, then Development, Projects, the app, Auth."
	case formScopes:
		return "All required scopes of the app, blanks between them. HubSpot refuses a consent that asks for less."
	case formOptional:
		return "Only scopes that the app lists as optional."
	case formRedirect:
		return "Exactly as it is registered, with port and path. More than one: blanks between them."
	case formPKCE:
		return "On for MCP auth apps; other apps need it only if they ask for it."
	case formUsers:
		return "On if each user of a portal has a grant of their own."
	case formAuthorize, formAPI:
		return "HubSpot's own, or those of a compatible server. Plain http only on this machine."
	}
	if d.edit.ID != 0 && d.at == formSecret {
		return "Only to replace the secret that is stored; empty keeps it."
	}
	return "The secret is sealed before it is stored."
}
