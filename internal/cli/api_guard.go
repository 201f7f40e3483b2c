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

// mayWrite refuses a write to a protected portal, and one that could be the
// second of its kind because nobody knows what became of the first.
func (p *program) mayWrite(ctx context.Context, portal oauth.Portal, request api.Request) error {
	if portal.Protected {
		return usageError("Say --force, or take the protection off: hsterm protect "+portal.Alias+" off",
			"%s is protected, and %s may change its data.", portal.Alias, request.Method)
	}
	events, err := p.parts.store.Events(ctx, oauth.EventFilter{PortalID: portal.ID})
	if err != nil {
		return err
	}
	last, found := lastCall(events, request.Method+" "+request.Path)
	age := p.now().Sub(last.At)
	if !found || last.Class != oauth.ClassUnknownOutcome || age >= doubtFor {
		return nil
	}
	return &oauth.Error{
		Class:   oauth.ClassUnknownOutcome,
		Message: "The outcome of the same " + request.Method + " " + ago(age) + " is unknown; this would perhaps do it twice.",
		Hint:    "Look whether the change was made. If it was not, say --force.",
	}
}

// lastCall is the newest call of a method and path; events come newest first.
func lastCall(events []oauth.Event, call string) (oauth.Event, bool) {
	for _, event := range events {
		if event.Kind == oauth.EventCall && event.Detail == call {
			return event, true
		}
	}
	return oauth.Event{}, false
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
