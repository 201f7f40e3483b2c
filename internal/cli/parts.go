package cli

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// drainLimit is how long a command that was interrupted waits for a refresh that
// is between its answer and its commit, and for what else must not be cut off.
const drainLimit = 5 * time.Second

// parts are what commands are made of. Each is made at its first use, on the
// goroutine of the command; what runs beside it is handed the parts it needs.
type parts struct {
	actor     string // in events: cli, tui
	store     *db.Store
	client    *oauth.Client
	refresher *oauth.Refresher
	keeper    *oauth.Keeper
	connector *oauth.Connector
	runner    *api.Runner
	log       *slog.Logger
	logFile   *logFile
	closers   []func(context.Context) // before the store is closed; guarded by program.mu
	leavers   []func()                // after; guarded likewise
}

// client speaks to the OAuth endpoints.
func (p *program) client() *oauth.Client {
	if p.parts.client == nil {
		http := oauth.NewHTTPClient()
		http.Transport = logTransport{base: http.Transport, log: p.logger(), now: p.now}
		p.parts.client = &oauth.Client{
			HTTP: http, Now: p.now, UserAgent: userAgent, Meter: &oauth.SkewMeter{},
		}
	}
	return p.parts.client
}

// refresher hands out access tokens. The store must be open.
func (p *program) refresher() *oauth.Refresher {
	if p.parts.refresher == nil {
		p.parts.refresher = oauth.NewRefresher(p.failpoints.around(oauth.RefresherOptions{
			Store: p.parts.store, Client: p.client(), Meter: p.client().Meter, Now: p.now,
			Owner: p.owner(), Waiting: p.waiting(),
		}))
	}
	return p.parts.refresher
}

// connector connects and disconnects. The store must be open.
func (p *program) connector() *oauth.Connector {
	if p.parts.connector == nil {
		p.parts.connector = &oauth.Connector{Store: p.parts.store, Endpoint: p.client(), Now: p.now}
	}
	return p.parts.connector
}

// runner calls HubSpot. The store must be open.
func (p *program) runner() *api.Runner {
	if p.parts.runner == nil {
		p.parts.runner = &api.Runner{
			Tokens: p.refresher(), Store: p.parts.store, Settler: p.client(), Meter: p.client().Meter,
			Base:   logTransport{base: oauth.NewBaseTransport(), log: p.logger(), now: p.now},
			Policy: oauth.PolicyInteractive, UserAgent: userAgent, Now: p.now,
			Verdicts: &oauth.Verdicts{Store: p.parts.store, Owner: p.owner(), Now: p.now},
		}
	}
	return p.parts.runner
}

// owner is this process in leases.
func (p *program) owner() string { return fmt.Sprintf("%s %d", p.actor(), os.Getpid()) }

func (p *program) actor() string { return cmp.Or(p.parts.actor, "cli") }

// atClose has something done before the store is closed, the latest first. The
// screen calls it from wherever its calls run.
func (p *program) atClose(done func(context.Context)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.parts.closers = append(p.parts.closers, done)
}

// afterClose has something done when everything is closed.
func (p *program) afterClose(done func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.parts.leavers = append(p.parts.leavers, done)
}

// leave does what is done after the end, once.
func (p *program) leave() {
	p.mu.Lock()
	leavers := p.parts.leavers
	p.parts.leavers = nil
	p.mu.Unlock()
	for _, done := range leavers {
		done()
	}
}

// lastMoments is the time that is left for what must not be cut off: drainLimit for
// all of it, from the first call on.
func (p *program) lastMoments() context.Context {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil {
		p.last, p.endLast = context.WithTimeout(context.Background(), drainLimit)
	}
	return p.last
}

// close waits for what must not be cut off and gives everything back.
func (p *program) close() {
	ctx := p.lastMoments()
	defer p.endLast()
	var draining sync.WaitGroup // side by side: they share the time
	draining.Go(func() { p.unbroken.drain(ctx) })
	if p.parts.refresher != nil {
		p.parts.refresher.Drain(ctx)
	}
	draining.Wait()
	p.lost()
	p.mu.Lock()
	closers := p.parts.closers
	p.mu.Unlock()
	for _, done := range slices.Backward(closers) {
		done(ctx)
	}
	if p.parts.store != nil {
		_ = p.parts.store.Close()
	}
	if p.parts.logFile != nil {
		_ = p.parts.logFile.Close()
	}
	p.leave()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.parts = parts{}
}
