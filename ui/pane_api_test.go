package ui

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// phone answers calls the way a test wants, and never from Update or View.
type phone struct {
	*fakeBackend
	stage *stage
	send  func(ctx context.Context, id int64, r api.Request) (api.Response, error)
	sent  []api.Request
	probe func(ctx context.Context, report func(api.ProbeResult)) error
}

func (p *phone) Send(ctx context.Context, id int64, r api.Request) (api.Response, error) {
	if p.stage.inside.Load() {
		p.stage.t.Error("Send was called from Update or View")
	}
	p.sent = append(p.sent, r)
	return p.send(ctx, id, r)
}

func (p *phone) ProbeScopes(ctx context.Context, _ int64, report func(api.ProbeResult)) error {
	if p.stage.inside.Load() {
		p.stage.t.Error("ProbeScopes was called from Update or View")
	}
	return p.probe(ctx, report)
}

// answers is a phone that always answers the same.
func (s *stage) answers(status int, kind, body string, failure *oauth.Error) *phone {
	p := &phone{fakeBackend: s.fake, stage: s}
	p.send = func(_ context.Context, _ int64, r api.Request) (api.Response, error) {
		return api.Response{
			Request: r, Status: status, Header: http.Header{"Content-Type": {kind}}, Body: []byte(body),
			Elapsed: 118 * time.Millisecond, Limits: api.RateLimits{Max: 110, Remaining: 97, Interval: 10 * time.Second},
			CorrelationID: "019cd9fe-1", Failure: failure,
		}, nil
	}
	s.m.opts.Backend.Calls = p
	return p
}

// find opens the catalogue at a call.
func (s *stage) find(name string) {
	s.press("t", "/")
	s.typeText(name)
}

const oneContact = `{"results":[{"id":"51","properties":{"email":"sales@acme.com","note":null},"archived":false}],"total":1}`

func TestAPISendsARead(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.answers(200, "application/json", oneContact, nil)
		s.find("list contacts")
		s.press("enter")
		s.sees("GET  /crm/objects/2026-09/contacts?limit=10", "200 OK", "118 ms", "97 of 110 left", "correlation 019cd9fe-1", `"email": "sales@acme.com"`)
		if len(p.sent) != 1 || p.sent[0].Method != "GET" || p.sent[0].Query.Get("limit") != "10" {
			s.t.Errorf("sent %+v", p.sent)
		}
		s.press("esc")
		s.sees("List contacts", "1 call")
		s.press("esc")
		s.sees("List contacts", "Contact by id")
	})
}

func TestAPIFillsInWhatAnswersTold(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.answers(200, "application/json", oneContact, nil)
		s.find("list contacts")
		s.press("enter", "t", "/")
		s.typeText("contact by id")
		s.press("enter")
		s.sees("/crm/objects/2026-09/contacts/51")
		if len(p.sent) != 1 {
			s.t.Error("a call with a placeholder was sent unseen")
		}
		s.press("backspace")
		s.typeText("2")
		s.press("enter")
		if len(p.sent) != 2 || p.sent[1].Path != "/crm/objects/2026-09/contacts/52" {
			s.t.Errorf("sent %+v", p.sent)
		}
	})
}

func TestAPIRefusesWhatCannotBeSent(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.answers(200, "application/json", "{}", nil)
		s.press("t", "e")
		s.press("ctrl+u")
		s.typeText("https://evil.example/x")
		s.press("enter")
		s.sees("A full address is not called")
		s.press("esc")
		s.find("create contact")
		s.press("enter", "tab", "backspace", "enter")
		s.sees("The body is not JSON.")
		if len(p.sent) != 0 {
			s.t.Errorf("sent %+v", p.sent)
		}
	})
}

func TestAPIAsksBeforeItDestroys(t *testing.T) {
	play(t, scenario, 80, 24, frozen, func(s *stage) {
		p := s.answers(204, "", "", nil)
		s.find("archive contact")
		s.press("enter", "enter")
		s.sees("hsterm cannot bring it back", "Type the alias to send it: acme-prod")
		s.typeText("acme")
		s.press("enter")
		s.sees("That is not acme-prod.")
		if len(p.sent) != 0 {
			s.t.Fatal("sent without the name")
		}
		s.typeText("-prod")
		s.press("enter")
		s.sees("204 No Content", "no body")
		if len(p.sent) != 1 || p.sent[0].Method != "DELETE" {
			s.t.Errorf("sent %+v", p.sent)
		}
	})
}

// The store tells that the same write was sent before: by this screen, by another
// process, or by one that was killed.
func TestAPIAsksBeforeAWriteOfUnknownOutcomeIsRepeated(t *testing.T) {
	for _, c := range []struct {
		answered bool
		question string
	}{
		{true, "The outcome of the same write 3 min ago is unknown"},
		{false, "The same write was sent 3 min ago, and nobody"},
	} {
		play(t, scenario, 120, 36, frozen, func(s *stage) {
			p := s.answers(201, "application/json", `{"id":"9"}`, nil)
			good := p.send
			p.send = func(ctx context.Context, id int64, r api.Request) (api.Response, error) {
				if r.Again {
					return good(ctx, id, r)
				}
				return api.Response{Request: r}, &oauth.Error{
					Class: oauth.ClassUnknownOutcome, Message: "Not sent.", Err: &oauth.Doubt{At: s.m.now.Add(-3 * time.Minute), Answered: c.answered},
				}
			}
			s.find("create contact")
			s.press("enter", "tab", "ctrl+u")
			s.typeText(`{"a":1}`)
			s.press("enter")
			s.sees(c.question, "Type the alias to send it: acme-prod", `{"a":1}`)
			s.press("esc", "enter")
			s.sees("Type the alias to send it") // leaving the question does not answer it
			s.typeText("acme-prod")
			s.press("enter")
			s.sees("201 Created")
			if n := len(p.sent); n != 3 || p.sent[0].Again || p.sent[1].Again || string(p.sent[2].Body) != `{"a":1}` {
				s.t.Errorf("sent %+v", p.sent)
			}
			s.press("e", "enter")
			if p.sent[len(p.sent)-1].Again {
				s.t.Error("the next one is sent without asking the store")
			}
		})
	}
}

// A question of another portal does not come up on the one that is looked at.
func TestAPIKeepsAQuestionForItsPortal(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		p, earlier := s.answers(0, "", "", nil), s.m.now
		p.send = func(context.Context, int64, api.Request) (api.Response, error) {
			return api.Response{}, &oauth.Error{Class: oauth.ClassUnknownOutcome, Message: "Not sent.", Err: &oauth.Doubt{At: earlier}}
		}
		p.slow(2 * time.Second)
		s.find("create contact")
		s.press("enter", "enter")
		s.m.focus = focusList
		s.press("j")
		s.pass(3 * time.Second)
		s.sees("acme-prod: POST was not sent, it asks first")
		s.misses("Type the alias")
		s.press("k", "2")
		s.sees("Type the alias to send it: acme-prod")
	})
}

func TestAPIShowsAMissingScopeAndReconnectsWithIt(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.answers(403, "application/json", `{"category":"MISSING_SCOPES"}`, &oauth.Error{
			Class: oauth.ClassPermissionDenied, Message: "This call needs the scope crm.objects.deals.read, which was not granted.",
			Status: 403, Code: "MISSING_SCOPES", Scopes: []string{"crm.objects.deals.read"},
		})
		s.find("list deals")
		s.press("enter")
		s.sees("HubSpot will refuse it")
		s.press("enter")
		s.sees("a scope is missing", "reconnect with crm.objects.deals.read")
		if len(p.sent) != 1 {
			s.t.Errorf("sent %d", len(p.sent))
		}
		s.press("c")
		if s.m.dialog == nil {
			s.t.Error("c opened no consent")
		}
	})
}

func TestAPIShowsFailuresWithoutAnAnswer(t *testing.T) {
	play(t, scenario, 80, 24, frozen, func(s *stage) {
		p := s.answers(200, "", "", nil)
		p.send = func(context.Context, int64, api.Request) (api.Response, error) {
			return api.Response{}, &oauth.Error{Class: oauth.ClassTransient, Message: "The server refused the connection.", Hint: "Check that it is running."}
		}
		s.press("t", "enter")
		s.sees("No answer came", "The server refused the connection.", "Check that it is running.")
		p.send = func(context.Context, int64, api.Request) (api.Response, error) {
			return api.Response{}, errors.New("odd\x1b[2J")
		}
		s.press("t", "enter")
		s.sees(`odd\x1b[2J`)
	})
}

func TestAPIShowsTextSafely(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(502, "text/html", "<html>\x1b]0;owned\x07\u202e</html>", &oauth.Error{Class: oauth.ClassTransient, Message: "The server failed (HTTP 502).", Status: 502})
		s.press("t", "enter")
		s.sees("502 Bad Gateway", "HubSpot could not answer just now", `<html>\x1b]0;owned\x07\u202e</html>`)
	})
}

func TestAPICopies(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.answers(200, "application/json", oneContact, nil)
		s.find("search contacts")
		s.press("enter", "enter", "C", "y")
		if len(s.clipboard) != 2 || s.clipboard[1] != oneContact {
			s.t.Fatalf("clipboard %q", s.clipboard)
		}
		for _, want := range []string{
			"curl -X POST 'https://api.hubapi.com/crm/objects/2026-09/contacts/search'",
			`-H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN"`, `--data-raw '{"query":"example.com"`,
		} {
			if !strings.Contains(s.clipboard[0], want) {
				s.t.Errorf("%q is not in %s", want, s.clipboard[0])
			}
		}
	})
}

func TestCurlQuotes(t *testing.T) {
	got := curl("https://acme.test/", api.Request{Method: "PATCH", Path: "/x", Body: []byte(`{"a":"it's"}`)})
	want := `curl -X PATCH 'https://acme.test/x' -H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN" -H 'Content-Type: application/json' --data-raw '{"a":"it'\''s"}'`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
