package cli

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// drainLimit is how long a command that was interrupted waits for a refresh that
// is between its answer and its commit.
const drainLimit = 5 * time.Second

// parts are what commands are made of. Each is made at its first use.
type parts struct {
	actor     string // in events: cli, tui
	store     *db.Store
	client    *oauth.Client
	refresher *oauth.Refresher
	connector *oauth.Connector
	log       *slog.Logger
	logFile   *logFile
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
		p.parts.refresher = oauth.NewRefresher(oauth.RefresherOptions{
			Store: p.parts.store, Client: p.client(), Meter: p.client().Meter, Now: p.now,
			Owner: fmt.Sprintf("%s %d", p.actor(), os.Getpid()),
		})
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

func (p *program) actor() string { return first(p.parts.actor, "cli") }

// close waits for what must not be cut off and gives everything back.
func (p *program) close() {
	if p.parts.refresher != nil {
		ctx, cancel := context.WithTimeout(context.Background(), drainLimit)
		p.parts.refresher.Drain(ctx)
		cancel()
	}
	if p.parts.store != nil {
		_ = p.parts.store.Close()
	}
	if p.parts.logFile != nil {
		_ = p.parts.logFile.Close()
	}
	p.parts = parts{}
}
