package cli

import (
	"context"
	"fmt"
	"time"

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

// refreshed is what came of one portal: err is nil for a new token.
type refreshed struct {
	portal  oauth.Portal
	unsent  bool // it was left alone, for the reason err
	skipped bool // the run was ended first
	err     error
}

func (r refreshed) word() string {
	switch {
	case r.unsent || r.skipped:
		return "left alone"
	case r.err != nil:
		return "failed"
	}
	return "refreshed"
}

// limited tells whether nothing but a limit of the server is in the way.
func (r refreshed) limited() bool { return oauth.ClassOf(r.err) == oauth.ClassRateLimited }

// retryAt is when a portal that was limited may be tried again.
func (r refreshed) retryAt() time.Time { return asFailure(r.err).RetryAt }

// refreshCount is the summary in numbers.
type refreshCount struct{ refreshed, failed, leftAlone, skipped int }

func (c *refreshCount) add(r refreshed) {
	switch {
	case r.err == nil:
		c.refreshed++
	case r.skipped:
		c.skipped++
	case r.unsent:
		c.leftAlone++
	default:
		c.failed++
	}
}

func (c refreshCount) total() int { return c.refreshed + c.failed + c.leftAlone + c.skipped }

// String is the summary in words: what did not happen is not in it.
func (c refreshCount) String() string {
	text := fmt.Sprintf("%d of %d refreshed", c.refreshed, c.total())
	for _, part := range []struct {
		n    int
		what string
	}{{c.failed, "failed"}, {c.leftAlone, "left alone"}, {c.skipped, "not done"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	return text + "."
}

// tell counts and prints what came of one portal. What was not done because the
// run was ended is no news, except for a program, which gets a row for each.
func (run *refreshRun) tell(r refreshed) {
	if oauth.ClassOf(r.err) != oauth.ClassInterrupted { // told by the end of the run, once for all
		run.errs = append(run.errs, r.err)
	}
	run.count.add(r)
	run.progress.clear()
	switch {
	case run.p.flags.json:
		run.views = append(run.views, refreshView(r, portalView(r.portal, run.p.now())))
	case run.unwritten == nil && !r.skipped:
		run.unwritten = run.p.printRefreshed(r, run.width)
	}
	run.progress.step(run.count.total(), run.count.failed)
}

// end sums up and returns the failure that decides the exit code.
func (run *refreshRun) end(ctx context.Context) error {
	if run.p.flags.json {
		run.unwritten = run.p.data(run.views)
	}
	bad := worst(run.errs)
	switch {
	case run.unwritten != nil && bad != nil && outranks(bad):
		return bad
	case run.unwritten != nil:
		return run.unwritten
	}
	run.summary()
	switch stopped := context.Cause(ctx); {
	case bad != nil && outranks(bad):
		return saidError{bad}
	case stopped != nil:
		return stopped
	case bad == nil:
		return nil
	case run.p.flags.json && run.count.total() > 1:
		return counted(bad, run.count.total()-run.count.refreshed, run.count.total())
	}
	return saidError{bad}
}

// summary counts on stderr. The failures themselves were printed with their
// portals; a script that asked for JSON gets the one of the worst, with the count
// in its message.
func (run *refreshRun) summary() {
	switch c := run.count; {
	case c.total() == 0:
		run.p.words("Nothing to refresh.")
	case c.total() > 1 || c.refreshed == 0:
		run.p.words("%s", c)
	}
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
