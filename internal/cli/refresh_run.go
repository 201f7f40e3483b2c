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
	new    bool // false when the token at hand was left alone
	err    error
}

func (r refreshed) word() string {
	switch {
	case r.err != nil:
		return "failed"
	case r.new:
		return "refreshed"
	}
	return "left alone"
}

// refreshAll refreshes the portals side by side and prints each as it is done.
func (p *program) refreshAll(ctx context.Context, portals []oauth.Portal, f refreshFlags) error {
	results := make(chan refreshed)
	go p.startRefreshes(ctx, portals, f, results)
	progress := p.newProgress("refreshing", len(portals))
	var errs []error
	views := make([]refreshJSON, 0, len(portals))
	width := aliasWidth(portals)
	for r := range results {
		errs = append(errs, r.err)
		progress.clear()
		if p.flags.json {
			views = append(views, refreshView(r, portalView(r.portal, p.now())))
		} else if err := p.printRefreshed(r, width); err != nil {
			return err
		}
		progress.step(len(errs))
	}
	progress.clear()
	if p.flags.json {
		if err := p.data(views); err != nil {
			return err
		}
	}
	return p.summary(errs)
}

func (p *program) startRefreshes(ctx context.Context, portals []oauth.Portal, f refreshFlags, results chan<- refreshed) {
	defer close(results)
	tokens := p.refresher() // one for all, and made before they run side by side
	var running sync.WaitGroup
	slots := make(chan struct{}, f.concurrency)
	for _, portal := range portals {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			results <- refreshOne(ctx, tokens, portal, f.force)
		})
	}
	running.Wait()
}

// refreshOne asks for a new token however long the current one lives. A portal
// whose app was refused waits for the app to be edited, unless forced.
func refreshOne(ctx context.Context, tokens *oauth.Refresher, portal oauth.Portal, force bool) refreshed {
	if ctx.Err() != nil {
		return refreshed{portal: portal, err: context.Cause(ctx)}
	}
	grant, err := tokens.Fresh(ctx, portal.ID, oauth.FreshOptions{
		Policy: oauth.PolicyInteractive, Force: force || portal.Status != oauth.StatusAppMisconfigured,
	})
	if err != nil {
		return refreshed{portal: portal, err: aboutPortal(err, portal.Alias)}
	}
	return refreshed{portal: grant.Portal, new: grant.Portal.Version > portal.Version}
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

// summary counts on stderr and hands the worst failure on for its exit code; the
// failures themselves were printed with their portals.
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
	if failed == 0 {
		return nil
	}
	return saidError{worst(errs)}
}

func aliasWidth(portals []oauth.Portal) int {
	width := 0
	for _, portal := range portals {
		width = max(width, len(safe(portal.Alias)))
	}
	return width
}
