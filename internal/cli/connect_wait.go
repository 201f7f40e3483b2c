package cli

import (
	"context"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
)

// awaitConsent shows the address, opens the browser unless there is a reason not
// to, and waits for the answer at the redirect URI or on standard input.
func (p *program) awaitConsent(ctx context.Context, consent *oauth.Consent, noBrowser string, paste bool) error {
	var opened <-chan error
	if noBrowser == "" {
		p.say("Opening the browser. Choose the account and press Connect app. Not opening? Go to")
		opened = p.openBrowser(consent.URL())
	} else {
		p.say("Open this address in a browser, choose the account and press Connect app (%s)", noBrowser)
	}
	p.say("\n  %s\n", p.link(consent.URL()))
	if consent.Listening() {
		p.say("Waiting for the answer at %s until %s.",
			consent.RedirectURI(), consent.Deadline().Local().Format("15:04:05"))
	}
	p.say("Press ctrl-c to cancel.")
	lines := p.pastedLines(consent, paste)
	answered := false
	waited := make(chan error, 1)
	go func() { waited <- consent.Wait(ctx) }()
	for {
		select {
		case err := <-waited:
			return err
		case err := <-opened:
			opened = nil
			p.say("The browser could not be started (%v). Open the address above yourself.", err)
		case line, open := <-lines:
			switch {
			case open:
				answered = p.paste(consent, line) || answered
			case paste && !answered:
				// A script that pipes the address in would wait for nothing.
				return usageError("Pipe in the whole address the browser ended up at.",
					"Standard input ended without an address that answers this consent.")
			default:
				lines = nil
			}
		}
	}
}

// paste tries one pasted line and tells whether it was the answer. A wrong one
// ends nothing.
func (p *program) paste(consent *oauth.Consent, line string) bool {
	if line == "" {
		return false
	}
	err := consent.Paste(line)
	if err != nil {
		f := asFailure(err)
		p.say("%s %s", safe(f.Message), safe(f.Hint))
	}
	return err == nil
}

// pastedLines are the lines to look for an answer in: those of a person at a
// terminal, or of whoever said --paste. Without a listener there is no other way.
func (p *program) pastedLines(consent *oauth.Consent, paste bool) <-chan string {
	switch {
	case !consent.Listening():
		p.say("The browser will end at an address that begins with %s and may not load.", consent.RedirectURI())
		p.say("Paste that address here and press enter.")
	case paste || isTerminal(p.in):
		p.say("If the browser cannot get there, paste the address it ended up at and press enter.")
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
