package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// toastTime is how long good news stays in the footer. Bad news stays until the
// next key.
const toastTime = 3 * time.Second

// toasts is the footer's right end: one sentence at a time, the newest.
type toasts struct {
	text string
	bad  bool
	done bool // with a tick mark
	gen  uint64
	last *oauth.Error // the failure said last, for whoever missed it; nil for none
	at   time.Time    // when that was, UTC
	said messages
}

// toastMsg asks for a sentence in the footer.
type toastMsg struct {
	text string
	done bool
	err  error
}

// toastOverMsg ends a toast that is still the newest.
type toastOverMsg struct{ gen uint64 }

// say is the command with which a pane says something that needs no answer.
func say(text string) tea.Cmd {
	return func() tea.Msg { return toastMsg{text: text} }
}

// succeed is say for something that was asked for and worked.
func succeed(text string) tea.Cmd {
	return func() tea.Msg { return toastMsg{text: text, done: true} }
}

// complain is the command with which a pane says what failed.
func complain(err error) tea.Cmd {
	return func() tea.Msg { return toastMsg{err: err} }
}

// complain says a failure at once.
func (m *Model) complain(err error) tea.Cmd { return m.toast(toastMsg{err: err}) }

func (m *Model) toast(t toastMsg) tea.Cmd {
	m.toasts.gen++
	if t.err != nil {
		e := cleanError(t.err)
		m.toasts.text, m.toasts.bad, m.toasts.done = brief(e.Message, m.theme.Glyphs.Ellipsis), true, false
		m.toasts.last, m.toasts.at = e, m.now
		m.toasts.said = m.toasts.said.add(message{at: m.now, text: e.Message, failure: e})
		return nil
	}
	m.toasts.text, m.toasts.bad, m.toasts.done = t.text, false, t.done
	m.toasts.said = m.toasts.said.add(message{at: m.now, text: t.text, done: t.done})
	gen := m.toasts.gen
	return tea.Tick(toastTime, func(time.Time) tea.Msg { return toastOverMsg{gen} })
}

// brief is what a failure's sentence begins with, as much as a footer has room
// for; the last error's dialog has the rest.
func brief(message, ellipsis string) string {
	end := len(message)
	for _, stop := range []string{": ", "; ", ". "} {
		if i := strings.Index(message, stop); i > 0 {
			end = min(end, i)
		}
	}
	if end == len(message) {
		return strings.TrimSuffix(message, ".")
	}
	return message[:end] + ellipsis
}

func (t *toasts) over(m toastOverMsg) {
	if m.gen == t.gen {
		t.text = ""
	}
}

// seen takes bad news away: somebody pressed a key.
func (t *toasts) seen() {
	if t.bad {
		t.text, t.bad = "", false
	}
}

// show is the sentence and its ink.
func (t *toasts) show(th theme.Theme) (string, theme.Ink) {
	switch {
	case t.text == "":
		return "", th.Muted
	case t.bad:
		return th.Glyphs.Broken + " " + t.text, th.Bad
	case t.done:
		return t.text + " " + th.Glyphs.Check, th.Good
	default:
		return t.text, th.Text
	}
}
