package ui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// appForm asks for a new app. Text fields come first, then choices that left and
// right change.
type appForm struct {
	still
	connect bool // go on to a consent once the app is stored
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

const ownerAdd = ownerDialog + " add"

func (m *Model) openAppForm(connect bool) tea.Cmd {
	d := &appForm{connect: connect}
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
func (d *appForm) title(*Model) string       { return "New app" }
func (d *appForm) room() (width, height int) { return 78, 24 }
func (d *appForm) typing() bool              { return d.at < formTexts }

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
	return []action{
		{id: "app.save", keys: []string{"enter", "ctrl+s"}, label: "add the app", help: "store the app, its secret sealed", scope: inAppForm, hint: 10, run: do((*appForm).save)},
		{id: "app.next", keys: []string{"tab", "down"}, label: "next field", help: "next field", scope: inAppForm, hint: 20, run: move(1)},
		{id: "app.previous", keys: []string{"shift+tab", "up"}, label: "previous field", help: "previous field", scope: inAppForm, run: move(-1)},
		{id: "app.turn", keys: []string{"right", "space"}, label: "change", help: "change the choice", scope: inAppForm, hint: 30, enabled: choosing, run: turn(1)},
		{id: "app.turn-back", keys: []string{"left"}, label: "change back", help: "change the choice the other way", scope: inAppForm, enabled: choosing, run: turn(-1)},
		{id: "app.cancel", keys: []string{"esc"}, label: "cancel", help: "add nothing", scope: inAppForm, hint: 90, run: (*Model).closeDialog},
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
		Name: text(formName), ClientID: text(formClientID), ClientSecret: oauth.NewSecret(text(formSecret)),
		Scopes: strings.Fields(text(formScopes)), OptionalScopes: strings.Fields(text(formOptional)),
		RedirectURIs: strings.Fields(text(formRedirect)), AuthorizeURL: text(formAuthorize), APIURL: text(formAPI),
		APIVersion: oauth.APIVersions()[d.version], PKCE: d.pkce, UserLevel: d.users,
	}
}

// save stores the app, unless it could never be connected.
func (d *appForm) save(m *Model) tea.Cmd {
	app := d.app()
	if app.ClientSecret.Empty() {
		d.mistake = "The client secret is missing. Every HubSpot app has one, with PKCE too."
		d.focus(formSecret)
		return nil
	}
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
		return apps.AddApp(ctx, app)
	})
}

func (d *appForm) update(m *Model, r result) tea.Cmd {
	d.saving = false
	if e := cleanError(r.err); e != nil {
		d.mistake = join(e.Message, e.Hint)
		return nil
	}
	app, _ := r.value.(oauth.App)
	said := m.toast(toastMsg{text: "app " + Safe(app.Name) + " added", done: true})
	if d.connect {
		m.openConsent(app, oauth.Portal{}, nil)
	} else {
		m.closeDialog()
	}
	return tea.Batch(said, m.load())
}

func (d *appForm) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	t := m.theme
	names := [formTexts]string{"name", "client id", "client secret", "scopes", "optional", "redirect URI", "authorize URL", "API URL"}
	for i, name := range names {
		s.field(name, &d.inputs[i])
	}
	s.choice("API version", string(oauth.APIVersions()[d.version]), d.at == formVersion)
	s.choice("PKCE", onOff(d.pkce), d.at == formPKCE)
	s.choice("user level", onOff(d.users), d.at == formUsers)
	s.gap()
	switch {
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
	return "The secret is sealed before it is stored."
}
