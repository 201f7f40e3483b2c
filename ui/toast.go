package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

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
	last error // the last failure said, for whoever missed it
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
		m.toasts.text, m.toasts.bad, m.toasts.done, m.toasts.last = e.Message, true, false, e
		return nil
	}
	m.toasts.text, m.toasts.bad, m.toasts.done = t.text, false, t.done
	gen := m.toasts.gen
	return tea.Tick(toastTime, func(time.Time) tea.Msg { return toastOverMsg{gen} })
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
