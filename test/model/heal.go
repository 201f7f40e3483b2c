package model

import (
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// patience is longer than any server may ask for, and any lease.
const patience = 11 * time.Minute

// heal makes everything well again, lets all that is going on come to its end
// and checks that nothing was lost that could be kept.
func (w *world) heal() {
	w.tell("all is well again")
	w.full = false
	if w.app.ClientSecret.Reveal() != rightSecret {
		w.edit(true)
	}
	if !w.settle() {
		w.violate("somebody waits for ever: %d steps did not end it", w.steps)
	}
	w.clock.pass(patience)
	if w.heldBack() { // by what a clock wrote that was set back since
		w.clock.pass(patience)
	}
	for i, p := range w.processes {
		if w.broken() {
			return
		}
		if p.ending {
			w.crash(p)
		} else if w.rows[w.portal].exists() {
			w.last(w.processes[i])
		}
	}
	w.checkKept()
}

// heldBack tells whether a wait is on record that may still be believed. One that
// ends implausibly late is not, until its end comes near.
func (w *world) heldBack() bool {
	_, g := w.look(w.portal)
	for _, until := range []time.Time{g.Portal.NextAttemptAt, g.App.Pause.Until} {
		if left := until.Sub(w.clock.now()); left > 0 && left < patience {
			return true
		}
	}
	return false
}

// last lets a process ask for a token when all is well. It gets one if the server
// would still give it one.
func (w *world) last(p *process) {
	now := w.rows[w.portal]
	alive := w.server.accepts(now.Refresh, w.clock.elapsed()) || w.holds(p, now.Version)
	c := w.begin(p, oauth.FreshOptions{Force: true})
	w.wait()
	w.tell("%s: asks when all is well, and should get a token: %v", c, alive)
	if !w.settle() {
		w.violate("%s waits for ever though all is well", c)
	}
	if p.caller != nil {
		w.violate("%s has no answer though all is well and nobody has anything to do", c)
	}
	if alive && w.rows[w.portal].Version <= now.Version {
		w.violate("%s gets no token though all is well: %+v", c, w.rows[w.portal])
	}
}

// holds tells whether a process has a newer pair that is not stored yet.
func (w *world) holds(p *process, version int64) bool {
	for _, a := range w.attempts {
		if a.call.p == p && a.portal == w.portal && a.version == version && a.verdict == granted && !a.stored {
			return true
		}
	}
	return false
}

// checkKept makes sure that every pair that somebody could store was stored, or
// came after a newer one, or belongs to a portal that was removed.
func (w *world) checkKept() {
	for _, a := range w.attempts {
		now := w.rows[a.portal]
		if a.verdict == granted && !a.call.p.dead && !a.stored && now.Version == a.version {
			w.violate("%s was given tokens for version %d and they are lost", a.call, a.version)
		}
	}
}
