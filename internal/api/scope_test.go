package api

import (
	"slices"
	"testing"
)

func TestScopeRule(t *testing.T) {
	tests := []struct {
		name    string
		rule    ScopeRule
		granted []string
		missing []string
		text    string
	}{
		{"nothing needed", ScopeRule{}, nil, nil, ""},
		{"all granted", all("a", "b"), []string{"b", "a", "c"}, nil, "a + b"},
		{"one of all missing", all("a", "b"), []string{"a"}, []string{"b"}, "a + b"},
		{"any granted", anyOf("a", "b"), []string{"b"}, nil, "a | b"},
		{"any missing names every alternative", anyOf("a", "b"), []string{"c"}, []string{"a", "b"}, "a | b"},
		{"both", ScopeRule{All: []string{"x"}, Any: []string{"a", "b"}}, []string{"a"}, []string{"x"}, "x + (a | b)"},
		{"both missing", ScopeRule{All: []string{"x"}, Any: []string{"a"}}, nil, []string{"x", "a"}, "x + a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.rule.Missing(tt.granted); !slices.Equal(got, tt.missing) {
				t.Errorf("Missing = %q, want %q", got, tt.missing)
			}
			if got := tt.rule.String(); got != tt.text {
				t.Errorf("String = %q, want %q", got, tt.text)
			}
		})
	}
}
