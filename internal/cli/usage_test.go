package cli

import (
	"encoding/json"
	"testing"
)

func TestUsageErrors(t *testing.T) {
	for _, c := range []struct {
		args   []string
		stderr string
	}{
		{[]string{"verion"}, "Did you mean version?"},
		{[]string{"--jsn"}, "Did you mean --json?"},
		{[]string{"version", "more"}, `does not know what to do with "more"`},
		{[]string{"completion"}, "needs SHELL"},
		{[]string{"completion", "fisch"}, "Did you mean fish?"},
		{[]string{"man", "nothing"}, "no manual page"},
		{[]string{"api", "acme"}, "hsterm api needs PATH.\n"},
		{[]string{"api", "acme"}, "Such as: hsterm api acme /"},
		{[]string{"api", "acme", "get"}, "hsterm api needs PATH.\n"},
		{[]string{"api"}, "hsterm api needs PORTAL and PATH."},
		{[]string{"api", "acme", "crm/objects?x=1"}, `Did you mean "/crm/objects?x=1"?`},
		{[]string{"connect", "nope"}, "--portal nope, or name a new one with --alias nope."},
		{[]string{"help", "nope"}, "Commands: "},
		{[]string{"help", "conect"}, "Did you mean connect?"},
		{[]string{"help", "app", "ad"}, "Did you mean add?"},
		{[]string{"help", "token", "acme"}, "does not know what to do with"},
		{[]string{}, "needs a terminal"},
	} {
		t.Run("", func(t *testing.T) {
			newHome(t).run(c.args...).want(t, 2, "", c.stderr)
		})
	}
}

func TestUsageErrorAsJSON(t *testing.T) {
	for _, args := range [][]string{{"verion", "--json"}, {"--json", "--jsn"}} {
		r := newHome(t).run(args...)
		r.want(t, 2, "", "error")
		var failure map[string]map[string]string
		if err := json.Unmarshal([]byte(r.stderr), &failure); err != nil {
			t.Fatalf("%q is not JSON: %v", r.stderr, err)
		}
		if failure["error"]["class"] != "usage" || failure["error"]["hint"] == "" {
			t.Errorf("the failure is %v", failure)
		}
		for _, name := range []string{"class", "message", "hint", "portal", "correlation_id"} {
			if _, ok := failure["error"][name]; !ok {
				t.Errorf("the failure has no %s", name)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"acme-prod", "acme-sandbox", "globex", "northwind"}
	for word, want := range map[string]string{
		"acme-prd": "acme-prod",
		"acme":     "acme-prod",
		"globx":    "globex",
		"gloebx":   "globex",
		"GLOBEX":   "globex",
		"zzz":      "",
		"g":        "",
	} {
		got := ""
		if near := nearest(word, names); len(near) > 0 {
			got = near[0]
		}
		if got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}
