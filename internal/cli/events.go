package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// followEvery is how often a followed store is looked at.
const followEvery = time.Second

// followPage is how many new events are read at once.
const followPage = 200

type eventJSON struct {
	ID            int64  `json:"id"`
	At            stamp  `json:"at"`
	Portal        string `json:"portal"`
	Kind          string `json:"kind"`
	Outcome       string `json:"outcome"`
	Class         string `json:"class"`
	Detail        string `json:"detail"`
	Actor         string `json:"actor"`
	DurationMS    int64  `json:"duration_ms"`
	Status        int    `json:"status"`
	CorrelationID string `json:"correlation_id"`
}

func newEventsCommand(p *program) *cobra.Command {
	var follow bool
	var limit int
	cmd := &cobra.Command{
		Use:   "events [PORTAL]",
		Short: "Show what happened: refreshes, refusals, consents, calls",
		Long: `Prints the events of all portals, or of one, oldest first: when, which portal, how it
ended, what it was, the HTTP status. The events of a portal that was removed are found
by its alias. With --json each event is one line. -f goes on until it is interrupted.`,
		Example:           "  hsterm events\n  hsterm events acme -f\n  hsterm events --json | jq 'select(.outcome == \"failed\")'",
		Args:              arguments("[PORTAL]"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			store, err := p.reading(ctx)
			if err != nil {
				return err
			}
			filter := oauth.EventFilter{}
			if len(args) == 1 {
				if filter, err = eventsOf(ctx, store, args[0]); err != nil {
					return err
				}
			}
			filter.Limit = limit
			return p.printEvents(ctx, filter, follow)
		},
	}
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on with new events as they come")
	cmd.Flags().IntVarP(&limit, "limit", "n", 200, "at most this `NUMBER` of past events")
	return cmd
}

// eventsOf selects the events of a portal: one that is there, else one that was,
// else one whose alias begins so.
func eventsOf(ctx context.Context, store *db.Store, ref string) (oauth.EventFilter, error) {
	portal, err := store.ResolveExact(ctx, ref)
	if oauth.ClassOf(err) == oauth.ClassNotFound {
		gone := oauth.EventFilter{Alias: ref}
		events, err := store.Events(ctx, oauth.EventFilter{Alias: ref, Limit: 1})
		if err != nil || len(events) > 0 {
			return gone, err
		}
		if portal, err = store.Resolve(ctx, ref); err != nil {
			return gone, err
		}
		return oauth.EventFilter{PortalID: portal.ID}, nil
	}
	return oauth.EventFilter{PortalID: portal.ID}, err
}

func (p *program) printEvents(ctx context.Context, filter oauth.EventFilter, follow bool) error {
	if _, err := p.printPage(ctx, &filter); err != nil || !follow {
		return err
	}
	// The limit was one on the past: of what is new nothing may be missing.
	filter.Limit, filter.Oldest = followPage, true
	ticker := time.NewTicker(followEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ticker.C:
		}
		for {
			n, err := p.printPage(ctx, &filter)
			if err != nil {
				return err
			}
			if n < followPage {
				break
			}
		}
	}
}

// printPage prints the events of a filter, oldest first, moves the filter behind
// them and counts them.
func (p *program) printPage(ctx context.Context, filter *oauth.EventFilter) (int, error) {
	events, err := p.parts.store.Events(ctx, *filter)
	if err != nil {
		return 0, err
	}
	slices.Reverse(events)
	for _, event := range events {
		if err := p.printEvent(event); err != nil {
			return 0, err
		}
		filter.AfterID = event.ID
	}
	return len(events), nil
}

func (p *program) printEvent(e oauth.Event) error {
	if p.flags.json {
		return writeJSON(p.out, eventJSON{
			ID: e.ID, At: stamp(e.At), Portal: e.Alias, Kind: string(e.Kind), Outcome: e.Outcome,
			Class: string(e.Class), Detail: e.Detail, Actor: e.Actor,
			DurationMS: e.Duration.Milliseconds(), Status: e.Status, CorrelationID: e.CorrelationID,
		})
	}
	paint := p.palette(p.out)
	outcome, m := p.outcomeText(e.Outcome)
	status := "-"
	if e.Status != 0 {
		status = strconv.Itoa(e.Status)
	}
	line := fmt.Sprintf("%s  %-16s  %s  %-18s  %3s  %s", paint(moodMuted, e.At.Local().Format("2006-01-02 15:04:05")),
		safe(e.Alias), paint(m, outcome), e.Kind, status, safe(e.Detail))
	if e.Class != "" {
		line += "  " + paint(moodMuted, string(e.Class))
	}
	_, err := fmt.Fprintln(p.out, line)
	return err
}

// outcomeText is how something ended: a mark on a terminal that has it, else a
// word of a fixed width.
func (p *program) outcomeText(outcome string) (string, mood) {
	s, err := p.settings()
	marks := isTerminal(p.out) && err == nil && !s.ascii
	switch {
	case outcome == oauth.OutcomeFailed && marks:
		return "✕", moodBad
	case outcome == oauth.OutcomeFailed:
		return "failed", moodBad
	case marks:
		return "✓", moodGood
	}
	return "ok    ", moodGood
}
