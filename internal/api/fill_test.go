package api

import (
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestTargetFillsPlaceholders(t *testing.T) {
	tests := []struct {
		id     string
		values map[string]string
		want   string
	}{
		{"list-contacts", nil, "/crm/objects/2026-09/contacts?limit=10"},
		{"list-contacts", map[string]string{"limit": "3"}, "/crm/objects/2026-09/contacts?limit=3"},
		{"get-contact", map[string]string{"id": "42"}, "/crm/objects/2026-09/contacts/42"},
		{"get-contact", map[string]string{"id": "../deals?x=1"}, "/crm/objects/2026-09/contacts/..%2Fdeals%3Fx=1"},
		{"contact-by-email", nil, "/crm/objects/2026-09/contacts/contact@example.com?idProperty=email"},
	}
	for _, tt := range tests {
		s, _ := SampleByID(tt.id)
		if got := s.Target(tt.values); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.id, got, tt.want)
		}
	}
}

func TestParseTarget(t *testing.T) {
	good := map[string]string{
		"/crm/objects/2026-09/contacts":          "",
		"  /crm/x?limit=5&after=a%20b ":          "after=a+b&limit=5",
		"/crm/contacts/a%2Fb":                    "",
		"/crm/contacts?url=https%3A%2F%2Facme.x": "url=https%3A%2F%2Facme.x",
	}
	for line, want := range good {
		_, query, err := ParseTarget(line)
		if err != nil || query.Encode() != want {
			t.Errorf("%q: query %q, error %v", line, query.Encode(), err)
		}
	}
	bad := []string{
		"", "crm/x", "https://evil.example/crm", "//evil.example/crm", `/\evil.example`, "http:/x://",
		"/crm/../oauth", "/crm/%2e%2e/oauth", "/crm/.", "/crm/{id}", "/crm#x", "/crm/a b", "/crm/\x1b[2J", "/crm/%zz",
		`/crm\x`, "/crm?a=%zz", "/crm?a;b",
	}
	for _, line := range bad {
		_, _, err := ParseTarget(line)
		if oauth.ClassOf(err) != oauth.ClassUsage {
			t.Errorf("%q was taken: %v", line, err)
		}
	}
}
