// Package api calls HubSpot with a portal's token: a catalogue of sample calls,
// the runner that sends a request and reads the answer, and scope probes.
package api

// Effect says what a call does to the portal's data.
type Effect string

// The effects.
const (
	EffectRead        Effect = "read"
	EffectWrite       Effect = "write"
	EffectDestructive Effect = "destructive"
)

// ScopeRule is the set of scopes a call needs: all of All and, unless Any is
// empty, at least one of Any.
type ScopeRule struct {
	All []string
	Any []string
}

// Param is a path placeholder or a query parameter of a sample.
type Param struct {
	Name  string
	Value string // suggested
}

// Sample is one call of the catalogue.
type Sample struct {
	ID     string // stable, kebab-case, such as list-contacts
	Area   string // group it is shown under, such as CRM
	Name   string
	Method string
	Path   string  // with {placeholders}
	Params []Param // a value for every placeholder of Path
	Query  []Param
	Body   string // JSON, "" for none
	Scopes ScopeRule
	Effect Effect
}
