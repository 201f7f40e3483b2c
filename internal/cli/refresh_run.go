package cli

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// Waiting for an app that is paused: as long as the server said, but no longer than
// refreshPatience in one run, and never so short that it becomes a busy loop. Waits
// that end within sameWait of each other are one: the portal that was refused backs
// off a little longer than the others of its app.
const (
	refreshPatience = 60 * time.Second
	shortestWait    = 100 * time.Millisecond
	sameWait        = 2 * time.Second
)

// refreshRun is one hsterm refresh. It belongs to the goroutine of the command;
// only the refreshes themselves run beside it.
type refreshRun struct {
	p        *program
	work     refreshWork
	slots    int           // at the same time
	patience time.Duration // left for pauses; 0 tells of them at once
	progress *progress

	width     int     // of the aliases
	errs      []error // but for the interruption
	views     []refreshJSON
	count     refreshCount
	unwritten error // why the rows could not be printed
}

// refreshAll refreshes the portals side by side and prints each as it is done.
// When nobody reads that any more, it goes on all the same until every refresh
// that began has ended.
func (p *program) refreshAll(ctx context.Context, portals []oauth.Portal, f refreshFlags) error {
	run := &refreshRun{
		p: p, slots: f.concurrency, width: aliasWidth(portals),
		work:     refreshWork{tokens: p.refresher(), apps: p.parts.store, force: f.force, wrong: &wrongApps{}},
		progress: p.newProgress("refreshing", len(portals), f.concurrency),
		views:    make([]refreshJSON, 0, len(portals)),
	}
	if f.all || f.due {
		run.patience = refreshPatience
	}
	for len(portals) > 0 {
		portals = run.again(ctx, run.round(ctx, portals))
	}
	run.progress.clear()
	return run.end(ctx)
}

// round tries each portal once. It returns what came of those whose app is paused,
// as far as there is patience to wait for them.
func (run *refreshRun) round(ctx context.Context, portals []oauth.Portal) (putOff []refreshed) {
	underway, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	results := make(chan refreshed)
	go run.start(ctx, underway, portals, results)
	stop := ctx.Done()
	for {
		select {
		case r, more := <-results:
			switch {
			case !more:
				return putOff
			case r.limited() && run.patience > 0:
				putOff = append(putOff, r)
			default:
				run.tell(r)
			}
		case <-stop:
			stop = nil
			run.stopping(abandon)
		}
	}
}

func (run *refreshRun) start(ctx, underway context.Context, portals []oauth.Portal, results chan<- refreshed) {
	defer close(results)
	var running sync.WaitGroup
	slots := make(chan struct{}, run.slots)
	for _, portal := range portals {
		slots <- struct{}{}
		if ctx.Err() != nil {
			<-slots
			results <- refreshed{portal: portal, skipped: true, err: context.Cause(ctx)}
			continue
		}
		running.Go(func() {
			defer func() { <-slots }()
			results <- run.work.refresh(underway, portal)
		})
	}
	running.Wait()
}

// stopping lets what was sent be stored, within the time the program has left, and
// sends nothing any more.
func (run *refreshRun) stopping(abandon func()) {
	run.progress.clear()
	run.p.words("Stopping. Of what was sent, it goes on until the answers are stored, for %s at most.", drainLimit)
	last := run.p.lastMoments()
	context.AfterFunc(last, abandon)
	go run.work.tokens.Drain(last)
}

// goingOn is when the first of the pauses have ended.
func goingOn(putOff []refreshed) time.Time {
	first := slices.MinFunc(putOff, func(a, b refreshed) int { return a.retryAt().Compare(b.retryAt()) }).retryAt()
	at := first
	for _, r := range putOff {
		if end := r.retryAt(); end.After(at) && !end.After(first.Add(sameWait)) {
			at = end
		}
	}
	return at
}

// again waits for the first of the pauses to end and returns the portals that were
// put off. Where that would take too long, or nobody wants to wait any more, it
// tells of them instead and returns none.
func (run *refreshRun) again(ctx context.Context, putOff []refreshed) []oauth.Portal {
	if len(putOff) == 0 {
		return nil
	}
	at := goingOn(putOff)
	wait := max(at.Sub(run.p.now()), shortestWait)
	if ctx.Err() != nil || wait > run.patience || !run.wait(ctx, at, wait) {
		for _, r := range putOff {
			r.unsent, r.skipped = true, ctx.Err() != nil
			run.tell(r)
		}
		return nil
	}
	portals := make([]oauth.Portal, len(putOff))
	for i, r := range putOff {
		portals[i] = r.portal
	}
	return portals
}

// wait lets a pause that ends at a time pass; false when the program is to end.
func (run *refreshRun) wait(ctx context.Context, at time.Time, wait time.Duration) bool {
	run.progress.clear()
	run.p.words("HubSpot asked to wait; going on at %s.", at.Local().Format("15:04:05"))
	timer := time.NewTimer(wait)
	defer timer.Stop()
	run.patience -= wait
	run.progress.rest(wait)
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
