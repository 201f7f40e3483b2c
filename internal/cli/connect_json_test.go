package cli

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// stderrObjects reads stderr as lines of JSON.
func (r result) stderrObjects(t *testing.T) []map[string]json.RawMessage {
	t.Helper()
	var objects []map[string]json.RawMessage
	for line := range strings.Lines(r.stderr) {
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("%q is not JSON: %v", line, err)
		}
		objects = append(objects, object)
	}
	return objects
}

func TestConnectAsJSONSaysNothingElse(t *testing.T) {
	l := newLab(t)
	l.addApp()
	r := l.connect("--json", "--alias", "acme", "--scope", "conversations.read")
	r.want(t, 0, `does not list the scope conversations.read`, "{")
	objects := r.stderrObjects(t)
	var c consentBody
	if len(objects) != 1 || json.Unmarshal(objects[0]["consent"], &c) != nil {
		t.Fatalf("stderr is %s", r.stderr)
	}
	if !strings.Contains(c.URL, "/authorize?") || c.RedirectURI != l.redirect || time.Until(time.Time(c.ExpiresAt)) < time.Minute {
		t.Errorf("the consent is %+v", c)
	}
}

func TestConnectFailsAsJSON(t *testing.T) {
	l := newConnected(t)
	for _, c := range []struct {
		class, portal string
		code          int
		args          []string
	}{
		{"timed_out", "acme", 124, []string{"--alias", "acme", "--timeout", "50ms"}},
		{"timed_out", "acme", 124, []string{"--portal", "acme", "--timeout", "50ms"}},
		{"timed_out", "", 124, []string{"--alias", "fresh", "--timeout", "50ms"}},
		{"usage", "acme", 2, []string{"--portal", "acme", "--paste"}},
		{"not_found", "", 3, []string{"--portal", "nobody"}},
	} {
		r := l.feed("http://127.0.0.1:1/nowhere\n", append([]string{"connect", "--json"}, c.args...)...)
		r.want(t, c.code, "", `{"error":`)
		objects := r.stderrObjects(t)
		var f failureBody
		if err := json.Unmarshal(objects[len(objects)-1]["error"], &f); err != nil {
			t.Fatalf("%v: the last line is no failure: %s", c.args, r.stderr)
		}
		if string(f.Class) != c.class || f.Portal != c.portal {
			t.Errorf("%v: the failure is %+v", c.args, f)
		}
		if c.class == "usage" && !strings.Contains(f.Hint, "another server") {
			t.Errorf("the hint does not say what was wrong with the address: %q", f.Hint)
		}
	}
}
