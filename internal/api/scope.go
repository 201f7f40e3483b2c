package api

import (
	"slices"
	"strings"
)

// Missing returns the scopes that granted lacks: those of All, and every
// alternative of Any when not one of them is granted. Nil means the call may be
// made.
func (r ScopeRule) Missing(granted []string) []string {
	var missing []string
	for _, scope := range r.All {
		if !slices.Contains(granted, scope) {
			missing = append(missing, scope)
		}
	}
	if slices.ContainsFunc(r.Any, func(s string) bool { return slices.Contains(granted, s) }) {
		return missing
	}
	return append(missing, r.Any...)
}

// Names returns every scope the rule mentions, All before Any.
func (r ScopeRule) Names() []string { return slices.Concat(r.All, r.Any) }

// String writes the rule the way HubSpot's tables do: + for all of, | for any of.
func (r ScopeRule) String() string {
	all, anyOf := strings.Join(r.All, " + "), strings.Join(r.Any, " | ")
	switch {
	case anyOf == "":
		return all
	case all == "":
		return anyOf
	case len(r.Any) == 1:
		return all + " + " + anyOf
	default:
		return all + " + (" + anyOf + ")"
	}
}
