package ui

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// errorDialog is the last failure with everything that is known of it; the
// footer has room for its beginning only.
type errorDialog struct {
	still
	failure *oauth.Error
	at      time.Time // UTC
	top     int
}

func (m *Model) openLastError() tea.Cmd {
	m.dialog = &errorDialog{failure: m.toasts.last, at: m.toasts.at}
	return nil
}

func (d *errorDialog) scope() scope              { return inError }
func (d *errorDialog) title(*Model) string       { return "Last error" }
func (d *errorDialog) room() (width, height int) { return 84, 30 }

func errorActions() []action {
	scroll := func(by motion) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if d, ok := m.dialog.(*errorDialog); ok {
				f := m.dialogFrame()
				d.top = scrolled(d.top, len(d.lines(m, f)), d.rows(m, f), by)
			}
			return nil
		}
	}
	tall := func(m *Model) (bool, string) {
		d, ok := m.dialog.(*errorDialog)
		if !ok {
			return false, ""
		}
		f := m.dialogFrame()
		return len(d.lines(m, f)) > f.height-2, ""
	}
	return []action{
		{id: "error.close", keys: []string{"esc", "enter"}, label: "close", help: "close the last error", scope: inError, hint: 10, run: (*Model).closeDialog},
		{id: "error.messages", keys: []string{"M"}, label: "all messages", help: "everything that was said since the screen opened", scope: inError, hint: 30, run: func(m *Model) tea.Cmd { return m.openMessages() }},
		{id: "error.up", keys: []string{"up", "k"}, label: "up", help: "a line up", scope: inError, hint: 20, enabled: tall, run: scroll(lineUp)},
		{id: "error.down", keys: []string{"down", "j"}, label: "down", help: "a line down", scope: inError, hint: 21, enabled: tall, run: scroll(lineDown)},
	}
}

// rows is the room for the error, above the keys.
func (d *errorDialog) rows(m *Model, f frame) int {
	return max(1, f.height-1-len(m.keysLines(f.width)))
}

func (d *errorDialog) view(m *Model, f frame) picture {
	body := window(m.theme, d.lines(m, f), frame{width: f.width, height: d.rows(m, f)}, d.top).lines
	s := &sheet{m: m, f: f, lines: body}
	return s.finish()
}

// lines are the whole failure: what happened, what to do, and what to tell
// somebody who is asked for help.
func (d *errorDialog) lines(m *Model, f frame) []string {
	e, t := d.failure, m.theme
	s := &sheet{m: m, f: f}
	s.text(t.Bad, sentenceOf(e.Message))
	for line := range strings.SplitSeq(e.Hint, "\n") {
		s.text(t.Text, line)
	}
	s.gap()
	s.prose("class", t.Text, strings.ReplaceAll(string(e.Class), "_", " "))
	s.prose("portal", t.Text, e.Portal)
	var said []string
	if e.Status != 0 {
		said = append(said, strconv.Itoa(e.Status))
	}
	s.prose("server said", t.Text, join(append(said, e.Code, e.Policy)...))
	s.words("scopes", t.Text, e.Scopes)
	s.prose("correlation id", t.Text, e.CorrelationID)
	if !e.RetryAt.IsZero() {
		s.prose("allowed again", t.Text, e.RetryAt.In(m.opts.Zone).Format("15:04:05"))
	}
	s.prose("time", t.Text, d.at.In(m.opts.Zone).Format("2 Jan 2006 15:04:05 MST"))
	return s.lines
}
