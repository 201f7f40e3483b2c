package cli

import (
	"context"
	"strings"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// doubtFor is how long a write of unknown outcome keeps the next one back.
const doubtFor = 10 * time.Minute

// guardPage is how many events are looked through at once.
const guardPage = 200

// mayWrite refuses a write to a protected portal, and one that could be the
// second of its kind because nobody knows what became of the first.
func (p *program) mayWrite(ctx context.Context, portal oauth.Portal, request api.Request) error {
	if portal.Protected {
		return usageError("Say --force, or take the protection off: hsterm protect "+portal.Alias+" off",
			"%s is protected, and %s may change its data.", portal.Alias, request.Method)
	}
	doubt, found, err := p.doubtfulCall(ctx, portal.ID, request.Method+" "+request.Path)
	if err != nil || !found {
		return err
	}
	age := p.now().Sub(doubt.At)
	return &oauth.Error{
		Class:   oauth.ClassUnknownOutcome,
		Message: "The outcome of the same " + request.Method + " " + ago(age) + " is unknown; this would perhaps do it twice.",
		Hint:    "Look whether the change was made. If it was not, say --force.",
	}
}

// doubtfulCall is the newest call of a method and path whose outcome is unknown
// and still matters. Only the same call gone well ends the doubt: one that failed
// says nothing about the one before.
func (p *program) doubtfulCall(ctx context.Context, portal int64, call string) (oauth.Event, bool, error) {
	since := p.now().Add(-doubtFor)
	filter := oauth.EventFilter{PortalID: portal, Limit: guardPage}
	for {
		events, err := p.parts.store.Events(ctx, filter)
		if err != nil {
			return oauth.Event{}, false, err
		}
		for _, event := range events {
			same := event.Kind == oauth.EventCall && event.Detail == call
			switch {
			case !event.At.After(since), same && event.Outcome == oauth.OutcomeOK:
				return oauth.Event{}, false, nil
			case same && event.Class == oauth.ClassUnknownOutcome:
				return event, true, nil
			}
			filter.BeforeID = event.ID
		}
		if len(events) < guardPage {
			return oauth.Event{}, false, nil
		}
	}
}

// changesData tells a write from a read. HubSpot's searches and batch reads are
// POSTs that change nothing.
func changesData(r api.Request) bool {
	switch r.Method {
	case "GET", "HEAD":
		return false
	case "POST":
		return !strings.HasSuffix(r.Path, "/search") && !strings.HasSuffix(r.Path, "/batch/read")
	}
	return true
}
