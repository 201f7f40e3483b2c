package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// A pane is the inside of one tab: a plain struct, made once by its newXxxPane
// and registered in [newPanes] (tabs.go). The shape, for whoever writes one:
//
//   - It is told by show which portal it is about, whenever that or anything
//     stored about it changes, and when its tab is opened. It may be called
//     often; return a command only when something has to be fetched.
//   - It never calls the Backend itself. It starts work with scene.tasks
//     (task.go), under a taskKey whose owner is the tab's name, and gets what
//     came of it in update; results of cancelled or superseded work are dropped
//     before they reach it. Work takes longer than it should: scene.tasks.slow
//     tells when a spinner is due (after 150 ms), and esc cancels without the
//     pane doing anything.
//   - Its keys are rows of the action table (actions.go) with the tab's scope,
//     so that footer, help and documentation know them. An action's run gets the
//     Model and reaches its pane through it. Only while typing reports true does
//     a pane see raw keys, and then those that no action of [inAPILine] has; ctrl+c
//     has to be one of them.
//   - view returns at most frame.height painted lines, none wider than
//     frame.width; the root pads and clips. It draws scene.now and nothing newer,
//     paints with scene.theme only, and shows outside text only after Safe.
//   - It talks to the rest by messages: say, complain (toast.go), connectMsg
//     (dialog_consent.go).
type pane interface {
	// show is called when the portal, what is stored about it or the visible tab
	// changed.
	show(s scene) tea.Cmd

	// update takes what came of work started under the pane's name.
	update(s scene, r result) tea.Cmd

	// move scrolls or chooses.
	move(s scene, f frame, by motion) tea.Cmd

	// typing tells whether keys are text at the moment; typed and pasted take it.
	typing() bool
	typed(s scene, key tea.KeyPressMsg) tea.Cmd
	pasted(s scene, text string) tea.Cmd

	view(s scene, f frame) picture
}

// scene is what a pane may know of the world. It is a snapshot: panes keep none.
type scene struct {
	backend  Backend
	tasks    *tasks
	theme    theme.Theme
	keys     keys           // what keys are called in words
	locked   bool           // the portal is protected, and nobody unlocked it
	portal   oauth.Portal   // cleaned by Safe; ID 0 when none is selected
	app      oauth.App      // of the portal, cleaned and without secret; zero when static
	history  history        // of the portal
	failure  *oauth.Error   // of the last refresh of this portal, nil when it was good
	skew     time.Duration  // of this computer's clock, 0 when it is right or not known
	revision int64          // of the store when it was last read
	now      time.Time      // whole second, UTC
	zone     *time.Location // of the times shown
	spin     string         // the spinner's current frame, one cell
}

// circumstance is what a failure of the portal happened to.
func (s scene) circumstance() circumstance {
	return circumstance{portal: s.portal, app: s.app, now: s.now, zone: s.zone, keys: s.keys}
}

// due is how long before its expiry the portal's token is refreshed.
func (s scene) due() time.Duration { return buffer(s.portal) }

// frame is the room a pane has, in cells.
type frame struct {
	width, height int
	focused       bool // its keys work now
}

// picture is a drawn pane: painted lines, and where the real cursor belongs.
type picture struct {
	lines  []string
	cursor *point // nil for nowhere
	foot   int    // how many of the last lines are a dialog's keys
}

// point is a cell, counted from the top left of whatever it is in.
type point struct{ x, y int }

// motion is a step through something that scrolls.
type motion int

const (
	lineUp motion = iota
	lineDown
	pageUp
	pageDown
	toTop
	toBottom
)

// step is how far a motion goes in something of total lines of which page are
// visible, from line at: the new line, within bounds.
func (m motion) step(at, total, page int) int {
	switch m {
	case lineUp:
		at--
	case lineDown:
		at++
	case pageUp:
		at -= max(1, page-1)
	case pageDown:
		at += max(1, page-1)
	case toTop:
		at = 0
	case toBottom:
		at = total - 1
	}
	return max(0, min(at, total-1))
}
