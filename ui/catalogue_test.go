package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

func searched(text string) catalogue {
	c := newCatalogue()
	c.input.SetValue(text)
	c.sift()
	return c
}

func found(c catalogue) []string {
	var ids []string
	for _, r := range c.rows {
		if r.sample >= 0 {
			ids = append(ids, c.samples[r.sample].ID)
		}
	}
	return ids
}

func TestCatalogueSearch(t *testing.T) {
	tests := []struct{ text, first, never string }{
		{"", "account-details", ""},
		{"deals", "list-deals", "account-details"},
		{"post contacts", "search-contacts", "list-contacts"},
		{"crm.lists", "search-lists", "list-contacts"},
		{"marketing", "list-forms", "list-contacts"},
		{"lcnt", "list-contacts", "list-deals"}, // letters with gaps, when nothing else matches
		{"scope", "", "list-companies"},         // a word that is nowhere is not made of letters of others
		{"hubdb", "list-hubdb-tables", ""},
	}
	for _, tt := range tests {
		ids := found(searched(tt.text))
		if first := append(ids, "")[0]; first != tt.first {
			t.Errorf("%q finds %q", tt.text, ids)
		}
		for _, id := range ids {
			if id == tt.never {
				t.Errorf("%q finds %s", tt.text, id)
			}
		}
	}
	none := searched("no such call")
	if _, ok := none.chosen(); ok || len(none.rows) != 0 {
		t.Error("a call is chosen that is not listed")
	}
}

func TestCatalogueMovesFromCallToCall(t *testing.T) {
	c := newCatalogue()
	const page = 10
	var seen []string
	for range len(c.samples) {
		s, ok := c.chosen()
		if !ok {
			t.Fatalf("row %d is no call", c.at)
		}
		seen = append(seen, s.ID)
		if c.at < c.top || c.at >= c.top+page {
			t.Fatalf("%s is not visible", s.ID)
		}
		c.move(lineDown, page)
	}
	for i, s := range c.samples {
		if seen[i] != s.ID {
			t.Fatalf("call %d is %s, not %s", i, seen[i], s.ID)
		}
	}
	c.move(lineDown, page)
	if s, _ := c.chosen(); s.ID != seen[len(seen)-1] {
		t.Errorf("down from the last leads to %s", s.ID)
	}
	for range len(c.samples) {
		c.move(lineUp, page)
	}
	if s, _ := c.chosen(); s.ID != seen[0] || c.top != 0 {
		t.Errorf("up again leads to %s, top %d", s.ID, c.top)
	}
	c.move(toBottom, page)
	if s, _ := c.chosen(); s.ID != seen[len(seen)-1] {
		t.Errorf("the end is %s", s.ID)
	}
}

func TestCatalogueKeepsTheChoiceWhenASearchEnds(t *testing.T) {
	c := searched("tickets")
	c.clear()
	if s, _ := c.chosen(); s.ID != "list-tickets" || len(c.rows) < len(c.samples) {
		t.Errorf("chosen is %s of %d rows", s.ID, len(c.rows))
	}
}

func TestCallsWithoutScopeSayWhy(t *testing.T) {
	grant := oauth.Portal{ID: 1, Kind: oauth.KindOAuth, Alias: "acme", Scopes: []string{"oauth"}}
	s := scene{theme: darkTheme(), portal: grant}
	c := searched("pipelines")
	wide := ansi.Strip(strings.Join(c.view(s, frame{width: 100, height: 10}).lines, "\n"))
	for _, want := range []string{"1 call, 1 without scope", "– needs crm.objects.deals.read or crm.schemas.deals.read", "HubSpot will refuse it"} {
		if !strings.Contains(wide, want) {
			t.Errorf("%q is not in\n%s", want, wide)
		}
	}
	narrow := ansi.Strip(strings.Join(c.view(s, frame{width: 49, height: 10}).lines, "\n"))
	if !strings.Contains(narrow, "– no scope") {
		t.Errorf("the row says nothing:\n%s", narrow)
	}
	s.portal.Scopes = []string{"crm.schemas.deals.read"}
	if got := ansi.Strip(strings.Join(c.view(s, frame{width: 100, height: 10}).lines, "\n")); strings.Contains(got, "– needs") {
		t.Errorf("one of the alternatives is enough:\n%s", got)
	}
	s.portal = oauth.Portal{ID: 1, Kind: oauth.KindServiceKey}
	if got := ansi.Strip(strings.Join(c.view(s, frame{width: 100, height: 10}).lines, "\n")); strings.Contains(got, "– needs") {
		t.Errorf("nobody knows a static token's scopes:\n%s", got)
	}
}

func TestWhatAsksFirst(t *testing.T) {
	open, protected := oauth.Portal{}, oauth.Portal{Protected: true}
	for _, tt := range []struct {
		effect api.Effect
		portal oauth.Portal
		want   bool
	}{
		{api.EffectRead, protected, false},
		{api.EffectWrite, open, false},
		{api.EffectWrite, protected, true},
		{api.EffectDestructive, open, true},
	} {
		if asksFirst(tt.effect, tt.portal) != tt.want {
			t.Errorf("%s, protected %v", tt.effect, tt.portal.Protected)
		}
	}
}
