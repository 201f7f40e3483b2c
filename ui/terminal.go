package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// patience is how long quitting waits for the terminal's replies: those that
// arrive after the end would be typed into the shell.
const patience = 400 * time.Millisecond

// terminal is what is known of the terminal, and what it still owes us.
type terminal struct {
	profile colorprofile.Profile
	light   bool
	blurred bool
	quiet   bool

	owed     map[string]bool // replies that have not come yet
	askedAt  time.Time
	answers  bool // it has told its background once, so it will again
	quitting bool
}

// The replies to the questions asked at the start: two by Bubble Tea, one by us.
const (
	replySync       = "synchronized output"
	replyUnicode    = "unicode core"
	replyBackground = "background"
)

func newTerminal(o Options) terminal {
	t := terminal{
		profile: profileOrDefault(o.Profile),
		quiet:   o.Quiet,
		owed:    map[string]bool{},
		light:   o.Theme == "light",
	}
	if !o.Quiet {
		t.owed[replySync], t.owed[replyUnicode], t.owed[replyBackground] = true, true, true
		t.askedAt = o.Now()
	}
	return t
}

// ask asks for the background's colour and never waits for the answer.
func (t *terminal) ask() tea.Cmd {
	if t.quiet {
		return nil
	}
	return tea.RequestBackgroundColor
}

// quitMsg ends the wait for the terminal's replies.
type quitMsg struct{}

// quit ends the program once the terminal owes us nothing, or patience is over.
func (m *Model) quit() tea.Cmd {
	t := &m.terminal
	waited := m.opts.Now().Sub(t.askedAt)
	if len(t.owed) == 0 || waited >= patience {
		return tea.Quit
	}
	if t.quitting {
		return nil
	}
	t.quitting = true
	return tea.Tick(patience-max(0, waited), func(time.Time) tea.Msg { return quitMsg{} })
}

// replied crosses a reply off and goes on with a quit that waited for it.
func (m *Model) replied(reply string) tea.Cmd {
	delete(m.terminal.owed, reply)
	if m.terminal.quitting && len(m.terminal.owed) == 0 {
		return tea.Quit
	}
	return nil
}

// heard takes what the terminal says about itself; ok is false for any other
// message.
func (m *Model) heard(msg tea.Msg) (cmd tea.Cmd, ok bool) {
	t := &m.terminal
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		// A terminal of no size (some are, for a moment) keeps the last one.
		if !t.quiet && msg.Width > 0 && msg.Height > 0 {
			m.width, m.height = msg.Width, msg.Height
		}
	case tea.ColorProfileMsg:
		if !t.quiet {
			t.profile = msg.Profile
			m.retheme()
		}
	case tea.BackgroundColorMsg:
		t.answers = true
		if light := !msg.IsDark(); !t.quiet && light != t.light {
			t.light = light
			m.retheme()
		}
		cmd = m.replied(replyBackground)
	case tea.ModeReportMsg:
		switch msg.Mode {
		case ansi.ModeSynchronizedOutput:
			cmd = m.replied(replySync)
		case ansi.ModeUnicodeCore:
			cmd = m.replied(replyUnicode)
		}
	case tea.FocusMsg:
		t.blurred = false
		m.list.forget()
		cmd = m.reask()
	case tea.BlurMsg:
		t.blurred = true
		m.list.forget()
	case quitMsg:
		cmd = tea.Quit
	default:
		return nil, false
	}
	return cmd, true
}

// askAgain is how often the background is asked for: some people's turns dark in
// the evening.
const askAgain = 10 * time.Second

// watchBackground asks for the background from time to time, while somebody looks.
func (m *Model) watchBackground() tea.Cmd {
	if m.terminal.blurred || m.opts.Now().Sub(m.terminal.askedAt) < askAgain {
		return nil
	}
	return m.reask()
}

// reask follows a background that may have changed.
func (m *Model) reask() tea.Cmd {
	t := &m.terminal
	if t.quiet || !t.answers || !m.opts.automatic() || t.owed[replyBackground] {
		return nil
	}
	t.owed[replyBackground] = true
	t.askedAt = m.opts.Now()
	return t.ask()
}
