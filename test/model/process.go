package model

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// process is one running hsterm. All it remembers is in its Refresher, so a crash
// is a new one in its place.
type process struct {
	w      *world
	place  int
	life   int
	store  *db.Store
	r      *oauth.Refresher
	ctx    context.Context
	cancel context.CancelFunc
	caller *call // that waits for a token; nil when there is none
	ending bool
	over   bool // it has ended by itself
	dead   bool
}

// call is somebody in a process who wants a token, or its end.
type call struct {
	p       *process
	portal  int64
	options oauth.FreshOptions
	cancel  context.CancelFunc
	began   int      // after so many steps
	looked  int      // how often the clock had jumped when the row was read last
	probed  bool     // the store was found to save, since that
	attempt *attempt // the newest under a lease
	version int64    // that was stored when it began
}

func (c *call) String() string { return fmt.Sprintf("%d.%d", c.p.place+1, c.p.life) }

func (w *world) start(place, life int) *process {
	p := &process{w: w, place: place, life: life, store: w.book.stores[place]}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.r = oauth.NewRefresher(oauth.RefresherOptions{
		Store:  seam{Store: p.store},
		Client: &oauth.Client{HTTP: &http.Client{Transport: wire{}}, Now: w.clock.now},
		Owner:  fmt.Sprintf("process %d.%d", place+1, life),
		Now:    w.clock.now, Elapsed: w.clock.elapsed,
		Sleep: func(ctx context.Context, d time.Duration) error {
			callOf(ctx).park(opSleep, w.clock.elapsed()+d)
			return ctx.Err()
		},
		Rand: func() float64 { return 0.5 },
	})
	return p
}

// begin lets a process ask for a token.
func (w *world) begin(p *process, o oauth.FreshOptions) *call {
	c := &call{p: p, portal: w.portal, options: o, began: w.steps, version: w.rows[w.portal].Version}
	ctx, cancel := context.WithCancel(context.WithValue(p.ctx, callKey{}, c))
	c.cancel = cancel
	p.caller = c
	go func() {
		g, err := p.r.Fresh(ctx, c.portal, o)
		w.mu.Lock()
		defer w.mu.Unlock()
		if !p.dead && p.caller == c {
			p.caller = nil
			w.ended(c, g, err)
		}
	}()
	return c
}

// quit asks a process to end: what is sent is waited for, what could not be
// stored is tried once more.
func (w *world) quit(p *process) {
	c := &call{p: p, portal: w.portal, began: w.steps}
	ctx, cancel := context.WithCancel(context.WithValue(p.ctx, callKey{}, c))
	c.cancel, p.ending = cancel, true
	go func() {
		p.r.Drain(ctx)
		cancel()
		w.mu.Lock()
		defer w.mu.Unlock()
		p.over = true
	}()
}

// crash kills a process and starts another in its place.
func (w *world) crash(p *process) {
	w.kill(p)
	w.processes[p.place] = w.start(p.place, p.life+1)
}
