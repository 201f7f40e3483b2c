package ui

import (
	"slices"
	"strings"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// recordedCall is the call of the catalogue that an event is about.
func recordedCall(e oauth.Event) (api.Sample, bool) {
	words := strings.Fields(e.Detail)
	if e.Kind != oauth.EventCall || len(words) < 2 {
		return api.Sample{}, false
	}
	return api.SampleFor(words[0], words[1])
}

// used counts the recorded calls that went through and needed a scope.
func (s scene) used(scope string) int {
	n := 0
	for _, e := range s.history.events {
		if call, ok := recordedCall(e); ok && e.Outcome == oauth.OutcomeOK && slices.Contains(call.Scopes.Names(), scope) {
			n++
		}
	}
	return n
}

// refused are the scopes for want of which recorded calls were refused since the
// portal was last connected, and which it still lacks.
func (s scene) refused() []string {
	var lacking []string
	for _, e := range s.history.events {
		if e.Outcome == oauth.OutcomeOK && (e.Kind == oauth.EventConnected || e.Kind == oauth.EventReconnected) {
			break
		}
		call, ok := recordedCall(e)
		if !ok || e.Class != oauth.ClassPermissionDenied {
			continue
		}
		missing := &oauth.Error{Scopes: call.Scopes.Missing(s.portal.Scopes), AllScopes: len(call.Scopes.Any) == 0}
		lacking = append(lacking, scopesToAdd(missing, s.circumstance())...)
	}
	slices.Sort(lacking)
	return slices.Compact(lacking)
}

// usedWords say whether the recorded calls needed a scope: one that was granted
// and that none needed may be more than is good.
func (s scene) usedWords(row scopeRow) string {
	n := s.used(row.scope)
	switch {
	case slices.Contains(s.refused(), row.scope):
		return "a call lacked it"
	case n > 0:
		return "used by " + count(n, "call")
	case row.granted && row.scope != "oauth" && len(s.history.events) > 0:
		return "unused lately"
	}
	return ""
}
