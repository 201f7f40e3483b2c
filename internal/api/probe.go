package api

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

const (
	probePace = 200 * time.Millisecond // five a second: a twentieth of the smallest limit
	probeWait = 11 * time.Second       // for a limit of ten seconds to pass
	probeEnd  = 3                      // probes in a row without an answer
)

// ProbeScopes tests every scope of the portal's grant and of its app with one
// cheap read, at most five a second, and reports each verdict as it comes. It
// records one event. The error is for what keeps all further probes from telling
// anything: no token, no connection, a daily limit, or ctx.
func (r *Runner) ProbeScopes(ctx context.Context, portalID int64, report func(ProbeResult)) error {
	grant, err := r.Tokens.Fresh(ctx, portalID, oauth.FreshOptions{Policy: r.Policy})
	if err != nil {
		return err
	}
	began := r.now()
	run := probing{runner: r, grant: grant, seen: map[string]ProbeResult{}, counts: map[ProbeState]int{}}
	for _, p := range plan(grant) {
		var result ProbeResult
		if result, err = run.probe(ctx, p); err != nil {
			break
		}
		run.counts[result.State]++
		report(result)
	}
	r.put(ctx, run.event(r.now(), r.now().Sub(began), err))
	return err
}

// probing is one run of probes.
type probing struct {
	runner *Runner
	grant  oauth.Grant
	seen   map[string]ProbeResult // by sample: one answer serves several scopes
	counts map[ProbeState]int
	silent int // probes in a row without an answer
	sent   bool
}

// probe tests one scope.
func (b *probing) probe(ctx context.Context, p probe) (ProbeResult, error) {
	if p.sample.ID == "" {
		return ProbeResult{Scope: p.scope, State: ProbeUntested}, nil
	}
	result, known := b.seen[p.sample.ID]
	if !known {
		var err error
		if result, err = b.ask(ctx, p); err != nil {
			return ProbeResult{}, err
		}
		b.seen[p.sample.ID] = result
	}
	result.Scope = p.scope
	if result.State == ProbeWorks && !p.telling {
		result.State = ProbeUntested
	}
	return result, nil
}

// ask sends the sample, a second time when a short limit was in the way.
func (b *probing) ask(ctx context.Context, p probe) (ProbeResult, error) {
	resp, err := b.send(ctx, p)
	if f := resp.Failure; err == nil && f != nil && f.Class == oauth.ClassRateLimited {
		wait := f.RetryAt.Sub(b.runner.now())
		if wait > probeWait || strings.Contains(strings.ToUpper(f.Policy), "DAILY") {
			return ProbeResult{}, f
		}
		if err := pause(ctx, max(wait, time.Second)); err != nil {
			return ProbeResult{}, stopped(err)
		}
		resp, err = b.send(ctx, p)
	}
	if err != nil {
		return b.unanswered(ctx, p, err)
	}
	b.silent = 0
	return ProbeResult{
		Sample: p.sample.ID, State: verdict(resp), Status: resp.Status,
		Failure: resp.Failure, Elapsed: resp.Elapsed,
	}, nil
}

// unanswered goes on after a probe that got no answer, unless the next would get
// none either.
func (b *probing) unanswered(ctx context.Context, p probe, err error) (ProbeResult, error) {
	b.silent++
	class := oauth.ClassOf(err)
	if ctx.Err() != nil || class != oauth.ClassTransient && class != oauth.ClassUnknownOutcome || b.silent >= probeEnd {
		return ProbeResult{}, err
	}
	var failure *oauth.Error
	errors.As(err, &failure)
	return ProbeResult{Sample: p.sample.ID, State: ProbeFailed, Failure: failure}, nil
}

func (b *probing) send(ctx context.Context, p probe) (Response, error) {
	if b.sent {
		if err := pause(ctx, probePace); err != nil {
			return Response{}, stopped(err)
		}
	}
	b.sent = true
	return b.runner.call(ctx, b.grant, p.request())
}

// verdict reads an answer for what it says about the scope.
func verdict(resp Response) ProbeState {
	if resp.Failure == nil {
		return ProbeWorks
	}
	switch resp.Failure.Class {
	case oauth.ClassPermissionDenied:
		return ProbeMissing
	case oauth.ClassForbidden:
		return ProbeForbidden
	}
	if resp.Status == 401 {
		return ProbeCredential
	}
	return ProbeFailed
}

// event sums the run up.
func (b *probing) event(at time.Time, took time.Duration, err error) oauth.Event {
	var parts []string
	for _, s := range []ProbeState{ProbeWorks, ProbeMissing, ProbeForbidden, ProbeCredential, ProbeFailed, ProbeUntested} {
		if n := b.counts[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	e := oauth.Event{
		At: at.UTC(), PortalID: b.grant.Portal.ID, Alias: b.grant.Portal.Alias, Kind: oauth.EventProbed,
		Outcome: oauth.OutcomeOK, Detail: "scopes: " + strings.Join(parts, ", "), Duration: took,
	}
	if err != nil {
		e.Outcome, e.Class = oauth.OutcomeFailed, oauth.ClassOf(err)
	}
	return e
}

// pause waits, or ends with ctx.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stopped is for a pause that ended early.
func stopped(err error) error {
	return &oauth.Error{Class: oauth.ClassInterrupted, Message: "Stopped while waiting to send the next request.", Err: err}
}
