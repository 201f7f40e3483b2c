package api

import "testing"

func TestSampleFor(t *testing.T) {
	for call, want := range map[[2]string]string{
		{"GET", "/crm/objects/2026-09/deals"}:         "list-deals",
		{"POST", "/crm/objects/2026-09/deals"}:        "create-deal",
		{"POST", "/crm/objects/2026-09/deals/search"}: "search-deals",
		{"GET", "/crm/objects/2026-09/deals/"}:        "",
		{"GET", "/nowhere"}:                           "",
	} {
		if s, ok := SampleFor(call[0], call[1]); s.ID != want || ok != (want != "") {
			t.Errorf("%s is %q", call, s.ID)
		}
	}
}
