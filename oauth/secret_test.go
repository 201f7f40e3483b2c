package oauth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const marked = "CJ-hstermtestsecret-9f3c"

// Every way a value can be printed must show the hint, also where the secret
// sits in an unexported field that fmt reaches without calling a method.
func TestSecretNeverPrints(t *testing.T) {
	type holder struct {
		Name   string
		secret Secret
		Shown  Secret
	}
	s := NewSecret(marked)
	h := holder{"x", s, s}

	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%10.3s"} {
		fmt.Fprintf(&out, verb+"\n", s)
		fmt.Fprintf(&out, verb+"\n", &s)
		fmt.Fprintf(&out, verb+"\n", h)
		fmt.Fprintf(&out, verb+"\n", []Secret{s})
		fmt.Fprintf(&out, verb+"\n", map[string]holder{"k": h})
	}
	if err := json.NewEncoder(&out).Encode(map[string]any{"s": s, "h": h}); err != nil {
		t.Fatal(err)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "s", s, "h", h)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "s", s, "h", h)
	fmt.Fprintln(&out, fmt.Errorf("failed with %v: %w", s, &Error{Message: s.String()}))

	for _, form := range []string{marked, fmt.Sprintf("%x", marked), fmt.Sprintf("%X", marked), "hstermtestsecret"} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the secret leaked as %q in:\n%s", form, out.String())
		}
	}
	if !strings.Contains(out.String(), "····9f3c") {
		t.Error("the hint is shown nowhere")
	}
}

func TestSecretHint(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"short":                  "····",
		"fifteen-letters":        "····",
		"sixteen-letters!":       "····ers!",
		"0123456789abcdefg\x1b[": "····",
		"0123456789abcdefghié":   "····",
	} {
		if got := NewSecret(text).Hint(); got != want {
			t.Errorf("hint of %q is %q, want %q", text, got, want)
		}
	}
	if !NewSecret("").Empty() || NewSecret("x").Empty() {
		t.Error("Empty is wrong")
	}
}
