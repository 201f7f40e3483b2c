package api

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// wire answers without a network, so that tests can own the clock.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

func reply(status int, body string) (*http.Response, error) {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

const missingScopes = `{"category":"MISSING_SCOPES","message":"This app hasn't been granted all required scopes."}`

func newProber(grant oauth.Grant, w wire) (*Runner, *fakeStore) {
	store := &fakeStore{}
	return &Runner{Tokens: &fakeTokens{grant: grant}, Store: store, Base: w}, store
}

func probeAll(t *testing.T, r *Runner) (map[string]ProbeResult, error) {
	t.Helper()
	results := map[string]ProbeResult{}
	err := r.ProbeScopes(t.Context(), 1, func(p ProbeResult) {
		if _, twice := results[p.Scope]; twice {
			t.Errorf("%s is reported twice", p.Scope)
		}
		results[p.Scope] = p
	})
	return results, err
}

func TestProbesTellWhatEachScopeDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		grant := grantAt("https://api.hubapi.com", "oauth", "tickets", "forms", "crm.objects.contacts.write")
		grant.App = oauth.App{Scopes: []string{"oauth", "crm.objects.deals.read"}, OptionalScopes: []string{"crm.lists.read", "automation"}}
		var sent []time.Time
		r, store := newProber(grant, func(req *http.Request) (*http.Response, error) {
			sent = append(sent, time.Now())
			if limit := req.URL.Query().Get("limit"); limit != "" && limit != "1" {
				t.Errorf("%s asks for %s", req.URL.Path, limit)
			}
			switch req.URL.Path {
			case "/crm/objects/2026-09/deals":
				return reply(403, missingScopes)
			case "/marketing/v3/forms":
				return reply(403, `{"category":"GATED"}`)
			case "/crm/lists/2026-09/search":
				return reply(401, `{"category":"INVALID_AUTHENTICATION"}`)
			case "/automation/v4/flows":
				return reply(404, `{}`)
			}
			return reply(200, `{}`)
		})
		results, err := probeAll(t, r)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]ProbeState{
			"oauth": ProbeWorks, "tickets": ProbeWorks, "forms": ProbeForbidden, "crm.objects.deals.read": ProbeMissing,
			"crm.lists.read": ProbeCredential, "automation": ProbeFailed, "crm.objects.contacts.write": ProbeUntested,
		}
		if len(results) != len(want) {
			t.Errorf("%d results, want %d", len(results), len(want))
		}
		for scope, state := range want {
			if results[scope].State != state {
				t.Errorf("%s: %+v, want %s", scope, results[scope], state)
			}
		}
		for i := 1; i < len(sent); i++ {
			if gap := sent[i].Sub(sent[i-1]); gap < 200*time.Millisecond {
				t.Errorf("two probes within %v", gap)
			}
		}
		if len(store.events) != 1 || store.events[0].Kind != oauth.EventProbed ||
			store.events[0].Detail != "scopes: 2 works, 1 missing, 1 forbidden, 1 credential, 1 failed, 1 untested" {
			t.Errorf("events %+v", store.events)
		}
	})
}

func TestProbesDoNotClaimMoreThanTheyKnow(t *testing.T) {
	samples := Samples()
	granted := func(scopes ...string) oauth.Portal { return oauth.Portal{Kind: oauth.KindOAuth, Scopes: scopes} }
	static := oauth.Portal{Kind: oauth.KindPrivateApp}
	tests := []struct {
		name    string
		scope   string
		portal  oauth.Portal
		sample  string
		telling bool
	}{
		{"its own read", "crm.objects.contacts.read", granted("crm.objects.contacts.read"), "list-contacts", true},
		{"alone among alternatives", "crm.schemas.deals.read", granted("crm.schemas.deals.read"), "list-pipelines", true},
		{"with another alternative", "crm.schemas.deals.read", granted("crm.objects.deals.read"), "list-pipelines", false},
		{"with what it needs beside it", "sales-email-read", granted("crm.objects.contacts.read"), "list-emails", true},
		{"without what it needs beside it", "sales-email-read", granted(), "", false},
		{"no read", "crm.objects.contacts.write", granted(), "", false},
		{"unheard of", "offline", granted(), "", false},
		{"alternatives of a static token", "hubdb", static, "list-hubdb-tables", false},
		{"its own read of a static token", "tickets", static, "list-tickets", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := probeFor(tt.scope, samples, tt.portal)
			if p.sample.ID != tt.sample || p.telling != tt.telling {
				t.Errorf("sample %q, telling %v", p.sample.ID, p.telling)
			}
		})
	}
}

func TestProbesOfAStaticTokenTryTheCatalogue(t *testing.T) {
	g := grantAt("https://api.hubapi.com")
	g.Portal.Kind = oauth.KindPrivateApp
	var scopes []string
	for _, p := range plan(g) {
		scopes = append(scopes, p.scope)
	}
	for _, want := range []string{"oauth", "tickets", "crm.objects.companies.read"} {
		if !slices.Contains(scopes, want) {
			t.Errorf("%s is not probed", want)
		}
	}
}

func TestProbesWaitForAShortLimitAndStopAtADailyOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limited := true
		r, _ := newProber(grantAt("https://api.hubapi.com", "oauth"), func(*http.Request) (*http.Response, error) {
			if limited {
				limited = false
				return reply(429, `{"policyName":"TEN_SECONDLY_ROLLING"}`)
			}
			return reply(200, `{}`)
		})
		began := time.Now()
		results, err := probeAll(t, r)
		if err != nil || results["oauth"].State != ProbeWorks || time.Since(began) < 10*time.Second {
			t.Errorf("%+v after %v, %v", results, time.Since(began), err)
		}
		daily, _ := newProber(grantAt("https://api.hubapi.com", "oauth", "tickets"), func(*http.Request) (*http.Response, error) {
			return reply(429, `{"policyName":"DAILY"}`)
		})
		results, err = probeAll(t, daily)
		if oauth.ClassOf(err) != oauth.ClassRateLimited || len(results) != 0 {
			t.Errorf("%+v, %v", results, err)
		}
	})
}

func TestProbesGiveUpOnASilentServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		r, store := newProber(
			grantAt("https://api.hubapi.com", "oauth", "tickets", "forms", "content", "automation"),
			func(*http.Request) (*http.Response, error) {
				sent++
				return nil, io.ErrUnexpectedEOF
			})
		results, err := probeAll(t, r)
		if oauth.ClassOf(err) != oauth.ClassTransient || sent != probeEnd || len(results) != probeEnd-1 {
			t.Errorf("%d sent, %d results, %v", sent, len(results), err)
		}
		if e := store.events[0]; e.Outcome != oauth.OutcomeFailed || e.Class != oauth.ClassTransient {
			t.Errorf("event %+v", e)
		}
	})
}

func TestProbesStopWhenToldTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r, store := newProber(grantAt("https://api.hubapi.com", "oauth", "tickets", "forms"),
			func(*http.Request) (*http.Response, error) { return reply(200, `{}`) })
		n := 0
		err := r.ProbeScopes(ctx, 1, func(ProbeResult) {
			n++
			cancel()
		})
		if oauth.ClassOf(err) != oauth.ClassInterrupted || n != 1 || len(store.events) != 1 {
			t.Errorf("%d results, %d events, %v", n, len(store.events), err)
		}
	})
}

func TestCallsEndInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := wire(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		})
		r, _ := newProber(grantAt("https://api.hubapi.com", "oauth"), hang)
		for method, want := range map[string]oauth.Class{"GET": oauth.ClassTransient, "POST": oauth.ClassUnknownOutcome} {
			began := time.Now()
			_, err := r.Send(t.Context(), 1, Request{Method: method, Path: "/x"})
			if oauth.ClassOf(err) != want || time.Since(began) != callTimeout {
				t.Errorf("%s: %v after %v", method, err, time.Since(began))
			}
		}
	})
}
