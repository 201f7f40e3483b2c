package ui

import (
	"net/url"

	"github.com/hsterm/hsterm/oauth"
)

func (d *consentDialog) view(m *Model, f frame) picture {
	s := &sheet{m: m, f: f}
	switch d.step {
	case consentReady:
		d.viewReady(s)
	case consentOpening:
		s.status("getting ready", m.spinner.frame(m.theme))
	case consentWaiting:
		d.viewWaiting(s)
	case consentExchanging:
		s.status("HubSpot has answered: storing the grant", m.spinner.frame(m.theme))
	case consentDone:
		d.viewDone(s)
	case consentFailed:
		d.viewFailed(s)
	}
	return s.finish()
}

// viewReady says what will be asked for, and what HubSpot would stop at.
func (d *consentDialog) viewReady(s *sheet) {
	t, app := s.m.theme, cleanApp(d.app)
	if d.app.ID != 0 && d.app.ID == s.m.sandbox {
		s.text(t.Warn, sandboxWords)
		s.gap()
	}
	s.fact("app", app.Name, app.ClientID)
	if d.portal.ID != 0 {
		s.fact("account", hubText(d.portal.HubID), d.portal.HubDomain)
	}
	s.words("asks for", t.Text, app.Scopes)
	s.words("may ask for", t.Muted, app.OptionalScopes)
	s.words("adds", t.Accent, cleanAll(d.extra))
	if len(app.RedirectURIs) > 0 {
		s.fact("comes back to", app.RedirectURIs[0], "")
	}
	for _, finding := range oauth.LintApp(d.app) {
		ink := t.Warn
		if finding.Severity == oauth.SeverityError {
			ink = t.Bad
		}
		s.gap()
		s.text(ink, Safe(finding.Message)+" "+Safe(finding.Hint))
	}
	s.gap()
	host := hostOf(d.app.AuthorizeURL)
	if d.portal.ID != 0 {
		s.text(t.Muted, "The consent page of "+host+" opens in the browser. Everything that is stored about the portal stays; it gets new tokens.")
	} else {
		s.text(t.Muted, "The consent page of "+host+" opens in the browser. Choose the account there and connect the app.")
	}
}

func (d *consentDialog) viewWaiting(s *sheet) {
	t := s.m.theme
	host := hostOf(d.consent.URL())
	s.status("waiting for "+host, clockTime(d.deadline.Sub(s.m.now)))
	s.gap()
	switch {
	case d.trouble != "":
		s.text(t.Warn, sentenceOf(d.trouble))
		s.text(t.Text, "Open this link in any browser.")
	case d.opened:
		s.text(t.Text, "The browser is open. Choose the account and connect the app.")
	default:
		s.text(t.Text, "Opening the browser.")
	}
	s.gap()
	s.link(d.consent.URL())
	s.gap()
	for _, notice := range d.consent.Notices() {
		s.text(t.Warn, Safe(notice))
	}
	if d.consent.Listening() {
		s.text(t.Muted, "Listening on "+Safe(d.consent.RedirectURI()))
	} else {
		s.text(t.Muted, "The browser cannot come back here by itself: paste the address it ends up at.")
	}
	if d.pasting {
		s.gap()
		s.field("address", &d.input)
		if d.mistake != "" {
			s.text(t.Bad, d.mistake)
		}
	}
}

func (d *consentDialog) viewDone(s *sheet) {
	t, p := s.m.theme, d.result.Portal
	what := " is connected"
	if d.result.Replaced {
		what = " is connected again"
	}
	s.line(t.Good.Render(t.Glyphs.Check) + " " + t.Strong.Render(cut(p.Alias+what, s.f.width-2, t.Glyphs.Ellipsis)))
	s.gap()
	s.fact("account", hubText(p.HubID), join(p.HubDomain, AccountWord(p.AccountType)))
	s.fact("granted", count(len(p.Scopes), "scope"), "")
	s.words("new", t.Good, d.result.Added)
	s.words("gone", t.Warn, d.result.Removed)
	s.words("declined", t.Muted, d.result.Declined)
	s.words("missing", t.Warn, d.result.Missing)
	if len(d.result.Missing) > 0 {
		s.text(t.Muted, "Calls that need a missing scope are refused. The app has to list it, and whoever connects has to have it.")
	}
	if d.app.ID != 0 && d.app.ID == s.m.sandbox {
		s.gap()
		s.text(t.Warn, sandboxWords)
	}
	for _, notice := range d.result.Notices {
		s.text(t.Warn, notice)
	}
}

func (d *consentDialog) viewFailed(s *sheet) {
	for _, line := range failureCard(d.failure, circumstance{portal: d.portal, app: cleanApp(d.app), now: s.m.now, zone: s.m.opts.Zone}).withoutKeys().view(s.m.theme, s.f.width) {
		s.line(line)
	}
}

// withoutKeys is the card where its keys do not work.
func (c card) withoutKeys() card {
	c.keys = nil
	return c
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "HubSpot"
	}
	return Safe(u.Host)
}
