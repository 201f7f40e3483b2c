package api

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

func TestCatalogueIsWhole(t *testing.T) {
	samples := Samples()
	if len(samples) < 36 {
		t.Errorf("the catalogue has %d samples, want at least 36", len(samples))
	}
	seen := map[string]bool{}
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, s := range samples {
		if seen[s.ID] || !id.MatchString(s.ID) {
			t.Errorf("%q is taken twice or not kebab-case", s.ID)
		}
		seen[s.ID] = true
		if s.Area == "" || s.Name == "" {
			t.Errorf("%s has no area or no name", s.ID)
		}
		if len(s.Scopes.Names()) == 0 {
			t.Errorf("%s needs no scope", s.ID)
		}
		if s.Body != "" && !json.Valid([]byte(s.Body)) {
			t.Errorf("%s has a body that is not JSON", s.ID)
		}
		if _, _, err := ParseTarget(s.Target(nil)); err != nil {
			t.Errorf("%s cannot be sent as it is: %v", s.ID, err)
		}
		if !strings.Contains(s.Path, "/2026-0") && !regexp.MustCompile(`/v[34]/`).MatchString(s.Path) {
			t.Errorf("%s has a path without a version: %s", s.ID, s.Path)
		}
	}
}

func TestCatalogueAreasStayTogether(t *testing.T) {
	done, last := map[string]bool{}, ""
	for _, s := range Samples() {
		if s.Area != last && done[s.Area] {
			t.Errorf("%s comes after its area %q had ended", s.ID, s.Area)
		}
		done[s.Area], last = true, s.Area
	}
}

func TestEffectFollowsMethod(t *testing.T) {
	for _, s := range Samples() {
		switch s.Method {
		case "GET":
			if s.Effect != EffectRead || s.Body != "" {
				t.Errorf("%s: a GET that has effect %q and body %q", s.ID, s.Effect, s.Body)
			}
		case "DELETE":
			if s.Effect != EffectDestructive {
				t.Errorf("%s: a DELETE that is not destructive", s.ID)
			}
		case "POST":
			reads := strings.HasSuffix(s.Path, "/search") || strings.HasSuffix(s.Path, "/batch/read")
			if reads != (s.Effect == EffectRead) {
				t.Errorf("%s: effect %q does not fit %s", s.ID, s.Effect, s.Path)
			}
		case "PATCH":
			if s.Effect != EffectWrite {
				t.Errorf("%s: a PATCH that is not a write", s.ID)
			}
		}
	}
}

func TestSampleByID(t *testing.T) {
	s, ok := SampleByID("list-contacts")
	if !ok || s.Path != "/crm/objects/2026-09/contacts" {
		t.Errorf("got %+v, %v", s, ok)
	}
	if s, ok := SampleByID("no-such-call"); ok || s.ID != "" {
		t.Errorf("an unknown id gave %+v", s)
	}
}

func TestSamplesCannotBeChangedByACaller(t *testing.T) {
	Samples()[0].Scopes.All[0] = "changed"
	Samples()[0].Name = "changed"
	if s := Samples()[0]; s.Name == "changed" || s.Scopes.All[0] == "changed" {
		t.Error("a caller's change reached the catalogue")
	}
}
