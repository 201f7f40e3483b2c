package cli

import (
	"context"
	"fmt"
	"sync"

	"github.com/hsterm/hsterm/oauth"
)

// refreshJSON is what came of one portal.
type refreshJSON struct {
	Alias      string       `json:"alias"`
	Outcome    string       `json:"outcome"`
	ExpiresAt  stamp        `json:"expires_at"`
	TTLSeconds *int64       `json:"ttl_seconds"`
	Version    int64        `json:"version"`
	Error      *failureBody `json:"error"`
}

type refreshed struct {
	portal oauth.Portal
	unsent bool // it was left alone, for the reason err
	err    error
}

func (r refreshed) word() string {
	switch {
	case r.unsent:
		return "left alone"
	case r.err != nil:
		return "failed"
	}
	return "refreshed"
}

// refreshAll refreshes the portals side by side and prints each as it is done.
// When nobody reads that any more, it goes on all the same until every refresh
// that began has ended.
func (p *program) refreshAll(ctx context.Context, portals []oauth.Portal, f refreshFlags) error {
	results := make(chan refreshed)
	go p.startRefreshes(ctx, portals, f, results)
	progress := p.newProgress("refreshing", len(portals))
	var errs []error
	var unwritten error
	views := make([]refreshJSON, 0, len(portals))
	width := aliasWidth(portals)
	for r := range results {
		errs = append(errs, r.err)
		progress.clear()
		if p.flags.json {
			views = append(views, refreshView(r, portalView(r.portal, p.now())))
		} else if unwritten == nil {
			unwritten = p.printRefreshed(r, width)
		}
		progress.step(len(errs))
	}
	progress.clear()
	if p.flags.json {
		unwritten = p.data(views)
	}
	if unwritten != nil {
		return unlessWorse(unwritten, errs)
	}
	return p.summary(errs)
}

// unlessWorse is the failure to print what came of some portals, unless one of
// them must not be overlooked.
func unlessWorse(unwritten error, errs []error) error {
	if err := worst(errs); err != nil && outranks(err) {
		return err
	}
	return unwritten
}

func (p *program) startRefreshes(ctx context.Context, portals []oauth.Portal, f refreshFlags, results chan<- refreshed) {
	defer close(results)
	work := refreshWork{tokens: p.refresher(), apps: p.parts.store, force: f.force} // made before they run side by side
	var running sync.WaitGroup
	slots := make(chan struct{}, f.concurrency)
	for _, portal := range portals {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			results <- work.refresh(ctx, portal)
		})
	}
	running.Wait()
}

func (p *program) printRefreshed(r refreshed, width int) error {
	paint, m, tail := p.palette(p.out), moodGood, clock(r.portal.TTL(p.now()))
	if r.err != nil {
		f := asFailure(r.err)
		m, tail = moodBad, joined(safe(f.Message), safe(f.Hint))
	}
	_, err := fmt.Fprintf(p.out, "%-*s  %s  %s\n", width, safe(r.portal.Alias), paint(m, fmt.Sprintf("%-10s", r.word())), tail)
	return err
}

func refreshView(r refreshed, portal portalJSON) refreshJSON {
	v := refreshJSON{
		Alias: portal.Alias, Outcome: r.word(),
		ExpiresAt: portal.ExpiresAt, TTLSeconds: portal.TTLSeconds, Version: portal.Version,
	}
	if r.err != nil {
		body := asFailure(r.err).body()
		v.Error = &body
	}
	return v
}

// summary counts on stderr and hands the worst failure on for its exit code. The
// failures themselves were printed with their portals; a script that asked for
// JSON gets the one of the worst, with the count in its message.
func (p *program) summary(errs []error) error {
	failed := 0
	for _, err := range errs {
		if err != nil {
			failed++
		}
	}
	switch {
	case len(errs) == 0:
		p.words("Nothing to refresh.")
	case len(errs) > 1 || failed > 0:
		p.words("%d of %d refreshed.", len(errs)-failed, len(errs))
	}
	switch {
	case failed == 0:
		return nil
	case p.flags.json && len(errs) > 1:
		return counted(worst(errs), failed, len(errs))
	}
	return saidError{worst(errs)}
}

// counted is the failure err of one portal as that of a command about several.
func counted(err error, failed, total int) error {
	e, were := asFailure(err).Error, "were"
	if failed == 1 {
		were = "was"
	}
	e.Message = fmt.Sprintf("%d of %d portals %s not refreshed: %s", failed, total, were, e.Message)
	e.Err = err
	return &e
}

func aliasWidth(portals []oauth.Portal) int {
	width := 0
	for _, portal := range portals {
		width = max(width, len(safe(portal.Alias)))
	}
	return width
}
