package ui

import (
	"strings"
	"testing"
)

func TestFilter(t *testing.T) {
	f := scenario(noon)
	for line, want := range map[string]string{
		"":                    "acme-prod acme-sandbox globex hooli-key initech northwind umbrella",
		"acme":                "acme-prod acme-sandbox",
		"apd":                 "acme-prod",
		"ACME is:active":      "acme-prod acme-sandbox",
		"is:expired":          "umbrella",
		"is:e":                "umbrella",
		"is:due":              "northwind",
		"is:reconnect":        "initech",
		"is:static":           "hooli-key",
		"is:active":           "acme-prod acme-sandbox globex hooli-key",
		"app:import":          "globex",
		"app:main is:expired": "umbrella",
		"scope:tickets acme":  "acme-prod acme-sandbox",
		"scope:nowhere":       "",
		"7712":                "globex",
		"is:":                 "acme-prod acme-sandbox globex hooli-key initech northwind umbrella",
		"what:ever":           "",
	} {
		q := parseQuery(line)
		var got []string
		for _, p := range f.portals {
			if q.match(p, noon()) {
				got = append(got, p.Alias)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q shows %v, not %s", line, got, want)
		}
	}
}

func TestFilterLine(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		s.press("/")
		s.typeText("is:due")
		s.sees("1 of 7", "northwind")
		s.misses("globex")
		// Letters are text now, not commands.
		s.typeText("qxr")
		s.sees("0 of 7", "is:dueqxr is not known. There are is:active")
		s.press("backspace", "backspace", "backspace")
		s.typeText(" zz")
		s.sees("0 of 7", "No portal matches.")
		s.press("backspace", "backspace", "backspace", "enter")
		s.sees("/ is:due", "northwind")
		s.press("r")
		s.sees("refreshed northwind", "No portal matches.")
		s.press("esc")
		s.sees("globex", "time to live")
		if p, _ := s.m.selected(); p.Alias != "northwind" {
			s.t.Errorf("the choice went to %s", p.Alias)
		}
	})
}
