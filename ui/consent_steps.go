package ui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// consentTime is how long a consent waits for the browser to come back.
const consentTime = 5 * time.Minute

// Owners of a consent's work, one for each thing that can be under way at once.
const (
	ownerStart    = ownerDialog + " start"
	ownerBrowser  = ownerDialog + " browser"
	ownerWait     = ownerDialog + " wait"
	ownerPaste    = ownerDialog + " paste"
	ownerComplete = ownerDialog + " complete"
)

// started is a consent that listens.
type started struct{ consent Consent }

// abandon closes a consent that nobody waits for any more.
func (s started) abandon() tea.Cmd {
	if s.consent == nil {
		return nil
	}
	return closeConsent(s.consent)
}

// closeConsent gives the port back.
func closeConsent(c Consent) tea.Cmd {
	return func() tea.Msg {
		_ = c.Close()
		return nil
	}
}

// start asks for the consent: it listens before the browser opens.
func (d *consentDialog) start(m *Model) tea.Cmd {
	d.step = consentOpening
	b := m.opts.Backend
	request := oauth.ConsentRequest{App: d.app, ExtraScopes: d.extra, Timeout: consentTime, PasteOnly: d.by == byPaste}
	id := d.portal.ID
	return m.tasks.start(taskKey{owner: ownerStart}, func(ctx context.Context) (any, error) {
		if id != 0 {
			// As it is stored, not as it is drawn.
			portal, err := b.Portals.Portal(ctx, id)
			if err != nil {
				return started{}, err
			}
			request.Portal = portal
		}
		consent, err := b.Consents.Start(ctx, request)
		if err != nil {
			return started{}, err
		}
		return started{consent}, nil
	})
}

// update takes what came of the steps.
func (d *consentDialog) update(m *Model, r result) tea.Cmd {
	switch r.key.owner {
	case ownerStart:
		s, _ := r.value.(started)
		if d.deaf = r.err != nil; d.deaf {
			return d.fail(r.err)
		}
		return d.wait(m, s.consent)
	case ownerBrowser:
		d.opened, d.trouble = r.err == nil, ""
		if e := cleanError(r.err); e != nil {
			d.trouble = e.Message
		}
	case ownerWait:
		if r.err != nil {
			return d.fail(r.err)
		}
		return d.complete(m)
	case ownerPaste:
		if e := cleanError(r.err); e != nil {
			d.mistake = join(e.Message, e.Hint)
			return nil
		}
		d.closePaste()
	case ownerComplete:
		if r.err != nil {
			return d.fail(r.err)
		}
		connected, _ := r.value.(oauth.Connected)
		return d.finish(m, connected)
	}
	return nil
}

// wait opens the browser and waits for it to come back, both at once: a browser
// that hangs must not hide an answer.
func (d *consentDialog) wait(m *Model, c Consent) tea.Cmd {
	d.consent = c
	d.step = consentWaiting
	d.deadline = c.Deadline()
	if !c.Listening() {
		d.openPaste()
	}
	return tea.Batch(
		d.browse(m),
		m.tasks.quietly(taskKey{owner: ownerWait}, func(ctx context.Context) (any, error) {
			return nil, c.Wait(ctx)
		}),
	)
}

// browse opens the consent page in the browser.
func (d *consentDialog) browse(m *Model) tea.Cmd {
	desktop, address := m.opts.Backend.Desktop, d.consent.URL()
	return m.tasks.start(taskKey{owner: ownerBrowser}, func(ctx context.Context) (any, error) {
		return nil, desktop.OpenURL(ctx, address)
	})
}

func (d *consentDialog) openAgain(m *Model) tea.Cmd {
	return tea.Batch(d.browse(m), m.toast(toastMsg{text: "opening the browser"}))
}

// pasteInstead asks for the consent again, and listens nowhere.
func (d *consentDialog) pasteInstead(m *Model) tea.Cmd {
	d.by = byPaste
	return d.retry(m)
}

// submit gives the pasted address to the consent, which checks its state; a good
// one ends the wait.
func (d *consentDialog) submit(m *Model) tea.Cmd {
	c, address := d.consent, d.input.Value()
	return m.tasks.start(taskKey{owner: ownerPaste}, func(context.Context) (any, error) {
		return nil, c.Paste(address)
	})
}

func (d *consentDialog) complete(m *Model) tea.Cmd {
	d.closePaste()
	d.step = consentExchanging
	c := d.consent
	return m.tasks.start(taskKey{owner: ownerComplete}, func(ctx context.Context) (any, error) {
		connected, err := c.Complete(ctx)
		connected.Portal = cleanPortal(connected.Portal)
		connected.Missing, connected.Notices = cleanAll(connected.Missing), cleanAll(connected.Notices)
		connected.Added, connected.Removed = cleanAll(connected.Added), cleanAll(connected.Removed)
		connected.Declined = cleanAll(connected.Declined)
		return connected, err
	})
}

// finish shows the portal that came of it.
func (d *consentDialog) finish(m *Model, connected oauth.Connected) tea.Cmd {
	d.step, d.result = consentDone, connected
	delete(m.failures, connected.Portal.ID)
	cleared := m.clearFilter()
	m.list.put(connected.Portal, m.now)
	m.list.pick(connected.Portal.ID)
	return tea.Batch(d.release(), cleared, m.load())
}

// leave closes the dialog, and says in short what came of it.
func (d *consentDialog) leave(m *Model) tea.Cmd {
	m.closeDialog()
	return m.toast(toastMsg{text: connectedWords(d.result), done: true})
}

// connectedWords sum up a consent: what the new grant has more, and what it lacks.
func connectedWords(c oauth.Connected) string {
	words := c.Portal.Alias + " connected"
	if c.Replaced {
		words += " again"
	}
	for _, part := range []struct {
		scopes []string
		what   string
	}{{c.Added, "new"}, {c.Removed, "gone"}, {c.Missing, "missing"}} {
		if n := len(part.scopes); n > 0 {
			words += fmt.Sprintf(", %s %s", count(n, "scope"), part.what)
		}
	}
	return words
}

// fail keeps the consent where another Complete could still use it.
func (d *consentDialog) fail(err error) tea.Cmd {
	d.step, d.failure = consentFailed, cleanError(err)
	d.closePaste()
	if d.failure.Class == oauth.ClassWrongPortal {
		return nil
	}
	return d.release()
}

// accept stores the grant of another account as a portal of its own.
func (d *consentDialog) accept(m *Model) tea.Cmd {
	d.consent.AcceptOther()
	return d.complete(m)
}

func (d *consentDialog) retry(m *Model) tea.Cmd {
	release := d.release()
	d.opened, d.trouble, d.failure = false, "", nil
	return tea.Batch(release, d.start(m))
}

// release closes the consent, in a command.
func (d *consentDialog) release() tea.Cmd {
	if d.consent == nil {
		return nil
	}
	c := d.consent
	d.consent = nil
	return closeConsent(c)
}

// giveUp closes the dialog; whatever the browser brings then is turned away.
func (d *consentDialog) giveUp(m *Model) tea.Cmd {
	untouched := d.step == consentReady
	release := d.release()
	m.closeDialog()
	if untouched {
		return release
	}
	return tea.Batch(release, m.toast(toastMsg{text: "nothing was connected"}))
}

func (d *consentDialog) copyLink(m *Model) tea.Cmd {
	return tea.Batch(tea.SetClipboard(d.consent.URL()), m.toast(toastMsg{text: "link copied", done: true}))
}
