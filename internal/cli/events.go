package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
)

// followEvery is how often a followed store is looked at.
const followEvery = time.Second

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
		Long: `Prints the events of all portals, or of one, oldest first. With --json each event is
one line. -f goes on until it is interrupted.`,
		Example:           "  hsterm events\n  hsterm events acme -f\n  hsterm events --json | jq 'select(.outcome == \"failed\")'",
		Args:              arguments("[PORTAL]"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			filter := oauth.EventFilter{Limit: limit}
			store, err := p.store(ctx)
			if err != nil {
				return err
			}
			if len(args) == 1 {
				portal, err := store.Resolve(ctx, args[0])
				if err != nil {
					return err
				}
				filter.PortalID = portal.ID
			}
			return p.printEvents(ctx, filter, follow)
		},
	}
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on with new events as they come")
	cmd.Flags().IntVarP(&limit, "limit", "n", 200, "at most this `NUMBER` of past events")
	return cmd
}

func (p *program) printEvents(ctx context.Context, filter oauth.EventFilter, follow bool) error {
	store := p.parts.store
	ticker := time.NewTicker(followEvery)
	defer ticker.Stop()
	for {
		events, err := store.Events(ctx, filter)
		if err != nil {
			return err
		}
		slices.Reverse(events)
		for _, event := range events {
			if err := p.printEvent(event); err != nil {
				return err
			}
			filter.AfterID = event.ID
		}
		if !follow {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ticker.C:
		}
	}
}

func (p *program) printEvent(e oauth.Event) error {
	if p.flags.json {
		return writeJSON(p.out, eventJSON{
			ID: e.ID, At: stamp(e.At), Portal: e.Alias, Kind: string(e.Kind), Outcome: e.Outcome,
			Class: string(e.Class), Detail: e.Detail, Actor: e.Actor,
			DurationMS: e.Duration.Milliseconds(), Status: e.Status, CorrelationID: e.CorrelationID,
		})
	}
	paint, m := p.palette(p.out), moodGood
	if e.Outcome == oauth.OutcomeFailed {
		m = moodBad
	}
	_, err := fmt.Fprintf(p.out, "%s  %-16s  %s  %s\n",
		paint(moodMuted, e.At.Local().Format("2006-01-02 15:04:05")), safe(e.Alias),
		paint(m, fmt.Sprintf("%-18s", e.Kind)), safe(e.Detail))
	return err
}
