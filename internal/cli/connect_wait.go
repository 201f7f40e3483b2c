package cli

import (
	"cmp"
	"context"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
)

// consentJSON is what a script needs to have the consent given.
type consentJSON struct {
	Consent consentBody `json:"consent"`
}

type consentBody struct {
	URL         string `json:"url"`
	RedirectURI string `json:"redirect_uri"`
	ExpiresAt   stamp  `json:"expires_at"`
}

// awaitConsent shows the address, opens the browser unless there is a reason not
// to, and waits for the answer at the redirect URI or on standard input.
func (p *program) awaitConsent(ctx context.Context, consent *oauth.Consent, noBrowser string, paste bool) error {
	if err := p.showConsent(consent, noBrowser); err != nil {
		return err
	}
	var opened <-chan error
	if noBrowser == "" {
		opened = p.openBrowser(consent.URL())
	}
	lines := p.pastedLines(consent, paste)
	answered, refused := false, ""
	waited := make(chan error, 1)
	go func() { waited <- consent.Wait(ctx) }()
	for {
		select {
		case err := <-waited:
			return err
		case err := <-opened:
			opened = nil
			p.words("The browser could not be started (%v). Open the address above yourself.", err)
		case line, open := <-lines:
			switch {
			case open && line != "" && !answered:
				refused = p.paste(consent, line)
				answered = refused == ""
			case open:
			case paste && !answered:
				// A script that pipes the address in would wait for nothing.
				return p.unanswered(refused)
			default:
				lines = nil
			}
		}
	}
}

// showConsent shows where the consent is given, whatever was asked for: on a
// screen it can be read, and a script can show it to somebody.
func (p *program) showConsent(consent *oauth.Consent, noBrowser string) error {
	if p.flags.json {
		return writeJSON(p.err, consentJSON{consentBody{
			URL: consent.URL(), RedirectURI: consent.RedirectURI(), ExpiresAt: stamp(consent.Deadline()),
		}})
	}
	if noBrowser == "" {
		p.say("Opening the browser. Choose the account and press Connect app. Not opening? Go to")
	} else {
		p.say("Open this address in a browser, choose the account and press Connect app (%s)", noBrowser)
	}
	p.say("\n  %s\n", p.link(consent.URL()))
	if consent.Listening() {
		p.say("Waiting for the answer at %s until %s.",
			consent.RedirectURI(), consent.Deadline().Local().Format("15:04:05"))
	}
	p.say("Press ctrl-c to cancel.")
	return nil
}

// paste tries one pasted line and says why it was not the answer, "" when it was.
// A wrong one ends nothing.
func (p *program) paste(consent *oauth.Consent, line string) string {
	err := consent.Paste(line)
	if err == nil {
		return ""
	}
	f := asFailure(err)
	p.words("%s %s", safe(f.Message), safe(f.Hint))
	return cmp.Or(f.Message, "It was refused.")
}

// unanswered is the end of an input that held no answer. A person was told at
// once what was wrong with each line, a script is told of the last one.
func (p *program) unanswered(refused string) error {
	hint := "Pipe in the whole address the browser ended up at."
	if p.flags.json && refused != "" {
		hint = refused + " " + hint
	}
	return usageError(hint, "Standard input ended without an address that answers this consent.")
}

// pastedLines are the lines to look for an answer in: those of a person at a
// terminal, or of whoever said --paste. Without a listener there is no other way.
func (p *program) pastedLines(consent *oauth.Consent, paste bool) <-chan string {
	switch {
	case !consent.Listening():
		p.words("The browser will end at an address that begins with %s and may not load.", consent.RedirectURI())
		p.words("Paste that address here and press enter.")
	case paste || isTerminal(p.in):
		p.words("If the browser cannot get there, paste the address it ended up at and press enter.")
	default:
		return nil
	}
	return p.inputLines()
}

// link makes an address of ours one that a terminal opens as a whole, however it
// is wrapped (OSC 8).
func (p *program) link(address string) string {
	if !p.coloured(p.err) {
		return address
	}
	return ansi.SetHyperlink(address) + address + ansi.ResetHyperlink()
}
