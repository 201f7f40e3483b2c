package cli

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestDoubtfulCall(t *testing.T) {
	const call = "POST " + contacts
	now := time.Now()
	unknown := oauth.Event{Class: oauth.ClassUnknownOutcome, Detail: call}
	failed := oauth.Event{Class: oauth.ClassRejected, Detail: call}
	ctx := context.Background()
	h := newHome(t)
	p := newProgram(h.file("in"), h.file("out"), h.file("err"), newEnvironment(h.environ()), time.Now)
	store, err := p.unlocked(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	portal := int64(0)
	for name, c := range map[string]struct {
		events []oauth.Event // oldest first
		noise  int           // other calls after them
		found  bool
	}{
		"none":              {},
		"unknown":           {[]oauth.Event{unknown}, 0, true},
		"long ago in pages": {[]oauth.Event{unknown}, guardPage + 1, true},
		"then failed":       {[]oauth.Event{unknown, failed}, 0, true},
		"then well":         {[]oauth.Event{unknown, {Detail: call}, failed}, 0, false},
		"too old":           {[]oauth.Event{{Class: oauth.ClassUnknownOutcome, Detail: call, At: now.Add(-doubtFor)}}, 0, false},
		"of another path":   {[]oauth.Event{{Class: oauth.ClassUnknownOutcome, Detail: call + "/1"}}, 0, false},
	} {
		portal++
		for range c.noise {
			c.events = append(c.events, oauth.Event{Detail: "GET " + contacts})
		}
		for _, event := range c.events {
			event.Kind, event.PortalID = oauth.EventCall, portal
			if err := store.Record(ctx, event); err != nil {
				t.Fatal(err)
			}
		}
		if _, found, err := p.doubtfulCall(ctx, portal, call); found != c.found || err != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}
