package model

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// places is how many processes can run at once; each has a store of its own on
// the one file.
const places = 3

const hubID = 7

// world is one run: the processes, the server, the clock and what is stored.
type world struct {
	book   *Book
	script Script
	clock  *clock
	server *server
	app    oauth.App
	portal int64 // the one that exists, or existed last

	processes []*process
	rows      map[int64]row // as the last change left them
	attempts  []*attempt
	tokens    map[stored]string // access tokens that were ever stored
	full      bool              // nothing can be written
	steps     int
	deadAt    map[int64]int // after which step a portal needed a new consent last
	harmedAt  int           // after which step a call to a store failed last

	mu       sync.Mutex // of what follows
	stops    []*stop
	arrivals int
	ops      map[op]int
	seen     map[string]int // what else happened, by name
	trace    []string
	broke    string // the first promise that was broken
}

// stored names a version of a portal's tokens.
type stored struct {
	portal, version int64
}

// attempt is one lease that was taken, and what became of it.
type attempt struct {
	call                 *call
	portal, version, gen int64
	until, acquired      time.Time     // of the wall clock
	elapsed              time.Duration // on the other one, when it was acquired
	jumps                int           // of the wall clock until then
	refresh              string        // that was sent, "" before
	answered             time.Duration
	verdict              verdict
	got                  pair // of a granted one
	tried                bool // its pair was brought to the store
	stored               bool
	recorded             bool // its end is in the store, so nobody need wonder
	overtaken            bool // refused while a newer pair was stored
}

func (a *attempt) sent() bool { return a.refresh != "" }

func (w *world) tell(format string, args ...any) {
	stamp := w.clock.now().Format("02 15:04:05.0")
	w.trace = append(w.trace, stamp+"  "+fmt.Sprintf(format, args...))
}

// violate notes a broken promise. The first one counts.
func (w *world) violate(format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	w.tell("BROKEN: %s", what)
	if w.broke == "" {
		w.broke = what
	}
}

func (w *world) broken() bool { return w.broke != "" }

// note counts something worth knowing that it happened.
func (w *world) note(what string) { w.seen[what]++ }

// look reads a portal past all seams.
func (w *world) look(id int64) (row, oauth.Grant) {
	g, err := w.book.stores[0].Grant(context.Background(), id)
	if oauth.ClassOf(err) == oauth.ClassNotFound {
		return row{}, oauth.Grant{}
	}
	if err != nil {
		w.violate("portal %d cannot be read: %v", id, err)
		return w.rows[id], oauth.Grant{}
	}
	return rowOf(g), g
}

// changed carries a change of one portal out and compares what is stored then
// with what it had to become; a change that failed changes nothing, and no
// change touches another portal.
func (w *world) changed(id int64, do func() error, want func(row) row) error {
	err := do()
	for other, before := range w.rows {
		expected := before
		if other == id && err == nil {
			expected = want(before)
		}
		after, _ := w.look(other)
		if after != expected {
			w.violate("portal %d became\n    %+v, not\n    %+v; it was\n    %+v (%v)", other, after, expected, before, err)
		}
		w.keep(other, after)
	}
	return err
}

// same carries out what changes no portal.
func (w *world) same(do func() error) error {
	return w.changed(0, do, func(r row) row { return r })
}

// keep remembers what is stored now.
func (w *world) keep(id int64, now row) {
	before := w.rows[id]
	for _, r := range []row{before, now} {
		if r.Status == oauth.StatusReconnectRequired {
			w.deadAt[id] = w.steps
		}
	}
	if now.exists() {
		w.tokens[stored{id, now.Version}] = now.Access
	}
	w.rows[id] = now
}

func (w *world) harm() { w.harmedAt = w.steps }
