// Package model plays lives of a portal: several processes on one store, a server
// that rotates refresh tokens, a clock, a user, and everything that can go wrong
// between them. The store is the real one, so is everything of the refreshing
// from the decision down to the bytes on the wire; only time, the network and the
// order in which processes get to run are the model's. After each step the store
// is compared with what it has to be.
//
// A run is made from a script alone and is the same each time, so that what goes
// wrong can be made small.
package model

import (
	"testing"
	"testing/synctest"
)

// Outcome is what a run came to.
type Outcome struct {
	Broken string // the promise that was broken, "" for none
	Trace  []string
	Counts Counts
}

// Run plays a script. Its goroutines have all ended when it returns.
func (b *Book) Run(t *testing.T, script Script) (o Outcome) {
	synctest.Test(t, func(*testing.T) { o = b.play(script) })
	return o
}

func (b *Book) play(script Script) Outcome {
	w := &world{
		book: b, script: script, clock: newClock(), server: newServer(script.Rotation),
		rows: map[int64]row{}, tokens: map[stored]string{}, deadAt: map[int64]int{}, harmedAt: -1,
		ops: map[op]int{}, seen: map[string]int{},
	}
	acts := map[Act]int{}
	b.clock.Store(w.clock)
	defer func() {
		for _, p := range w.processes {
			w.kill(p)
		}
		if err := w.clear(); err != nil {
			w.violate("the run cannot be cleared away: %v", err)
		}
	}()
	if err := w.register(); err != nil {
		w.violate("no app: %v", err)
		return Outcome{Broken: w.broke, Trace: w.trace}
	}
	w.connect(script.Left)
	for place := range script.Processes {
		w.processes = append(w.processes, w.start(place, 1))
	}
	for _, a := range script.Actions {
		if w.broken() {
			break
		}
		if w.perform(a) {
			acts[a.Act]++
		}
		w.wait()
		w.bury()
	}
	if !w.broken() {
		w.heal()
	}
	return Outcome{Broken: w.broke, Trace: w.trace, Counts: Counts{Runs: 1, Steps: w.steps, Acts: acts, Seen: w.seen}}
}

// wait returns when every goroutine of the run stands.
func (w *world) wait() { synctest.Wait() }

// bury puts new processes in the place of those that have ended.
func (w *world) bury() {
	for _, p := range w.processes {
		if p.over {
			w.crash(p)
		}
	}
}
