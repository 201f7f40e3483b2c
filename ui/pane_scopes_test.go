package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// probes lets HubSpot say this of each scope, one every 200 ms.
func (s *stage) probes(results ...api.ProbeResult) *phone {
	p := &phone{fakeBackend: s.fake, stage: s}
	p.probe = func(ctx context.Context, report func(api.ProbeResult)) error {
		for _, r := range results {
			timer := time.NewTimer(200 * time.Millisecond)
			select {
			case <-timer.C:
				report(r)
			case <-ctx.Done():
				timer.Stop()
				return &oauth.Error{Class: oauth.ClassInterrupted, Message: "The probes were stopped."}
			}
		}
		return nil
	}
	s.m.opts.Backend.Calls = p
	return p
}

// line is the line of the screen that holds text.
func (s *stage) line(text string) string {
	for line := range strings.Lines(s.text()) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

func TestScopesPutsWhatIsMissingFirst(t *testing.T) {
	play(t, scenario, 80, 24, frozen, func(s *stage) {
		s.press("s")
		s.sees("7 granted", "1 missing", "not probed yet", "more")
		s.press("z")
		want := []string{"crm.objects.deals.read", "crm.objects.companies.read", "crm.schemas.contacts.read"}
		at := 0
		for line := range strings.Lines(s.text()) {
			if at < len(want) && strings.Contains(line, want[at]) {
				at++
			}
		}
		if at != len(want) {
			s.t.Errorf("%s does not come where it should:\n%s", want[at], s.text())
		}
		for scope, words := range map[string]string{
			"deals.read": "✕ required missing", "companies.read": "✓ required granted", "schemas.contacts": "✓ optional granted",
		} {
			line := s.line(scope)
			for _, w := range strings.Fields(words) {
				if !strings.Contains(line, w) {
					s.t.Errorf("%q does not say %s", line, w)
				}
			}
		}
		s.sees("opens", "List deals, Search deals, Deal pipelines")
	})
}

func TestScopesAreProbedLive(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.probes(
			api.ProbeResult{Scope: "oauth", Sample: "account-details", State: api.ProbeWorks, Status: 200},
			api.ProbeResult{Scope: "tickets", Sample: "list-tickets", State: api.ProbeForbidden, Status: 403, Failure: &oauth.Error{Class: oauth.ClassForbidden, Message: "The tier \x1b[31mlacks it."}},
			api.ProbeResult{Scope: "crm.objects.contacts.write", State: api.ProbeUntested},
		)
		s.press("s", "s")
		s.pass(300 * time.Millisecond)
		s.sees("probing, 1 of 8")
		if line := s.line("✓ oauth"); !strings.Contains(line, "works") {
			s.t.Errorf("the first verdict is not shown: %q", line)
		}
		s.pass(time.Second)
		s.sees("probed 00:00:00")
		for scope, word := range map[string]string{"tickets": "forbidden", "contacts.write": "granted", "deals.read": "missing", "owners.read": "granted"} {
			if line := s.line(scope); !strings.Contains(line, word) {
				s.t.Errorf("%q does not say %s", line, word)
			}
		}
		for !strings.Contains(s.line("▌ ✕"), "tickets") {
			before := s.text()
			s.press("j")
			if s.text() == before {
				s.t.Fatalf("no way to tickets:\n%s", before)
			}
		}
		s.sees(`The tier`, `\x1b[31mlacks it.`)
	})
}

func TestScopeProbesCanBeStopped(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.probes(
			api.ProbeResult{Scope: "oauth", State: api.ProbeWorks},
			api.ProbeResult{Scope: "tickets", State: api.ProbeWorks},
		)
		s.press("s", "s")
		s.pass(250 * time.Millisecond)
		s.press("esc")
		s.sees("stopped after 1 probe")
		s.pass(time.Second)
		if line := s.line("✓ tickets"); !strings.Contains(line, "granted") {
			s.t.Errorf("a verdict came after the end: %q", line)
		}
	})
}

func TestScopeProbesSayWhyTheyEnded(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.probes()
		p.probe = func(context.Context, func(api.ProbeResult)) error {
			return &oauth.Error{Class: oauth.ClassRateLimited, Message: "The daily limit is used up."}
		}
		s.press("s", "s")
		s.sees("The daily limit is used up", "ended early, 0 probes")
	})
}

func TestScopesOfAStaticTokenComeFromProbes(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.probes()
		p.probe = func(_ context.Context, report func(api.ProbeResult)) error {
			report(api.ProbeResult{Scope: "tickets", Sample: "list-tickets", State: api.ProbeWorks, Status: 200})
			report(api.ProbeResult{Scope: "forms", Sample: "list-forms", State: api.ProbeMissing, Status: 403})
			return nil
		}
		s.fake.change(func() { s.fake.portals[3].Scopes = nil })
		s.send(pollMsg{})
		s.press("j", "j", "j", "s")
		s.sees("hooli-key", "does not know which scopes a static token")
		s.press("s")
		if a, b := s.line("tickets"), s.line("forms"); !strings.Contains(a, "✓") || !strings.Contains(a, "works") || !strings.Contains(b, "missing") {
			s.t.Errorf("%q\n%q", a, b)
		}
	})
}

func TestScopesReconnectsWithTheChosenOne(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.fake.change(func() {
			s.fake.apps[0].OptionalScopes = []string{"forms"}
		})
		s.send(pollMsg{})
		s.press("s", "G")
		if got := s.m.panes.scopes.missing(s.m.scene()); len(got) != 1 || got[0] != "forms" {
			s.t.Errorf("would ask for %q", got)
		}
		s.press("c")
		if s.m.dialog == nil {
			s.t.Error("c opened no consent")
		}
	})
}
