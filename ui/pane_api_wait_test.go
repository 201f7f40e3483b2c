package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// slow makes every call take its time.
func (p *phone) slow(d time.Duration) {
	good := p.send
	p.send = func(ctx context.Context, id int64, r api.Request) (api.Response, error) {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return good(ctx, id, r)
		case <-ctx.Done():
			return api.Response{}, &oauth.Error{Class: oauth.ClassInterrupted, Message: "Stopped."}
		}
	}
}

func TestAPIWaitsWithASpinnerAndCancels(t *testing.T) {
	play(t, scenario, 80, 24, nil, func(s *stage) {
		p := s.answers(200, "application/json", oneContact, nil)
		p.slow(5 * time.Second)
		s.find("list contacts")
		s.press("enter")
		s.pass(100 * time.Millisecond)
		s.misses("waiting for HubSpot")
		s.pass(100 * time.Millisecond)
		s.sees("waiting for HubSpot", "GET  /crm/objects/2026-09/contacts?limit=10", "esc cancel")
		s.press("enter") // an impatient finger
		if len(p.sent) != 1 {
			s.t.Errorf("%d calls", len(p.sent))
		}
		s.press("esc")
		s.sees("cancelled", "List contacts")
		s.misses("waiting for HubSpot")
		s.pass(10 * time.Second)
		s.misses("200 OK")
	})
}

func TestAPIKeepsAnAnswerForThePortalItIsAbout(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		p := s.answers(200, "application/json", oneContact, nil)
		p.slow(2 * time.Second)
		s.find("list contacts")
		s.press("enter", "esc")
		s.misses("200 OK") // esc cancelled it
		s.press("enter")
		s.pass(time.Second)
		s.m.focus = focusList // as a click or a key would
		s.press("j")
		s.sees("acme-sandbox                           sandbox")
		s.pass(2 * time.Second)
		s.misses("200 OK  ")
		s.sees("acme-prod: GET answered 200 OK")
		s.press("k", "2")
		s.sees("✓ 200 OK")
	})
}

func TestAPISessionsAreBounded(t *testing.T) {
	now := func(f func() time.Time) *fakeBackend { return many(40, f) }
	play(t, now, 120, 36, frozen, func(s *stage) {
		s.press("2", "esc")
		for range 39 {
			s.press("j")
		}
		if n := len(s.m.panes.api.sessions); n > mostSessions {
			s.t.Errorf("%d portals' answers are kept", n)
		}
	})
}

func TestAPIViewerFoldsSearchesAndShowsHeaders(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(200, "application/json", string(contactList(30)), nil)
		s.find("list contacts")
		s.press("enter", "j")
		s.sees(`"results": [  30 items`, ".results", "2 of 244")
		s.press("space")
		s.sees(`"results": [ … 30 items ]`, "2 of 3")
		s.press("space", "/")
		s.typeText("person29")
		s.sees(`person29@acme.com`, "1 of 1")
		s.press("enter", "n", "N")
		s.sees("1 of 1")
		s.press("esc")
		s.sees(".results[29].properties.email")
		s.press("w")
		s.sees("Content-Type: application/json", "headers")
		s.press("w", "f")
		s.sees("{ … 3 members }")
		s.press("f", ">", "G")
		s.misses("{ … 3 members }")
		s.press("g", "<", "pgdown", "pgup")
		s.sees("1 of 244")
	})
}

func TestHeadersHideCookies(t *testing.T) {
	r := api.Response{Header: map[string][]string{"Set-Cookie": {"session=hstermtestsecret; Path=/"}, "Date": {"today"}}}
	if got := string(headerText(r)); got != "Date: today\nSet-Cookie: session=····" {
		t.Errorf("got %q", got)
	}
}

func TestAnswersTellValuesForOtherCalls(t *testing.T) {
	search, _ := api.SampleByID("search-contacts")
	create, _ := api.SampleByID("create-contact")
	tests := []struct {
		call call
		body string
		key  string
		want string
	}{
		{call{sample: search}, oneContact, "/crm/objects/2026-09/contacts/{id}", "51"},
		{call{sample: search}, oneContact, "/crm/objects/2026-09/contacts/{email}", "sales@acme.com"},
		{call{sample: create}, `{"id":"77"}`, "/crm/objects/2026-09/contacts/{id}", "77"},
		{call{sample: search}, `{"results":[]}`, "/crm/objects/2026-09/contacts/{id}", ""},
		{call{sample: search}, `{"results":[{"id":"` + strings.Repeat("9", 300) + `"}]}`, "/crm/objects/2026-09/contacts/{id}", ""},
		{call{sample: search}, `nonsense`, "/crm/objects/2026-09/contacts/{id}", ""},
	}
	for _, tt := range tests {
		if got := harvest(tt.call, api.Response{Body: []byte(tt.body)})[tt.key]; got != tt.want {
			t.Errorf("%.40s: %q, want %q", tt.body, got, tt.want)
		}
	}
	archive, _ := api.SampleByID("archive-contact")
	c := newComposer(archive, map[string]string{archive.Path: "51"})
	if strings.Contains(c.target.Value(), "51") {
		t.Error("what removes a contact is not filled in with one that exists")
	}
}

func TestGaugeFitsAndWarns(t *testing.T) {
	th := darkTheme()
	a := &answer{response: api.Response{Status: 200, Limits: api.RateLimits{Max: 110, Remaining: 5}}}
	for width := range 90 {
		if got := a.summary(th, width); textWidth(got) > width {
			t.Fatalf("%d cells in %d", textWidth(got), width)
		}
	}
	if got := a.summary(th, 90); !strings.Contains(got, th.Warn.Render(th.Glyphs.GaugeFull)) {
		t.Errorf("nothing warns of 5 of 110: %q", got)
	}
	a.response.Limits.Remaining = 0
	if got := a.summary(th, 90); strings.Contains(got, th.Glyphs.GaugeFull) || !strings.Contains(got, "0 of 110 left") {
		t.Errorf("an empty gauge: %q", got)
	}
}
