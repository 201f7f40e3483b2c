package ui

import (
	"fmt"
	"maps"
	"slices"
)

// Keymap binds actions to other keys than those they come with, by action id. An
// empty list takes an action's keys away; the palette still finds it.
type Keymap map[string][]string

// KeymapError says what is wrong with the binding of one action.
type KeymapError struct {
	ID      string // of the action, as the Keymap has it
	Message string // a sentence
	Hint    string // what to do about it, a sentence
}

// Error is the sentence.
func (e *KeymapError) Error() string { return e.Message }

// table is the action table with the keys of the map.
func (k Keymap) table() []action {
	actions := table()
	for i, a := range actions {
		if bound, ok := k[a.id]; ok {
			actions[i].keys = bound
		}
	}
	return actions
}

// Tidy returns the map with every key as the terminal reports it, such as
// "ctrl+alt+x" for "alt+ctrl+x". It fails with a *KeymapError at the first id or
// key that is not known, and where two actions would have one key.
func (k Keymap) Tidy() (Keymap, error) {
	known := table()
	tidy := make(Keymap, len(k))
	for _, id := range slices.Sorted(maps.Keys(k)) {
		i := slices.IndexFunc(known, func(a action) bool { return a.id == id })
		if i < 0 {
			return nil, &KeymapError{id, fmt.Sprintf("There is no action %q.", id), "List the ids with: hsterm keys"}
		}
		tidy[id] = []string{}
		for _, name := range k[id] {
			key, trouble := parseKey(name)
			if trouble == "" && writes(key) && onlyTyping(known[i].scope) {
				trouble = fmt.Sprintf("%q writes a letter there, because %s takes text.", name, known[i].scope)
			}
			if trouble != "" {
				return nil, &KeymapError{id, trouble, keyHint}
			}
			if !slices.Contains(tidy[id], key) {
				tidy[id] = append(tidy[id], key)
			}
		}
	}
	if bound, ok := tidy[wayOut]; ok && len(bound) == 0 {
		return nil, &KeymapError{wayOut, "It is the way out that always works, and needs a key.", "Bind it to another key, such as \"ctrl+q\"."}
	}
	return tidy, tidy.clash()
}

// wayOut is the action that ends the program whatever is on the screen.
const wayOut = "quit.now"

// clash finds a key that the map gives to an action where another has it. Actions
// that share a key in the table itself are never open at the same time.
func (k Keymap) clash() error {
	before, after := table(), k.table()
	for i, a := range after {
		if _, rebound := k[a.id]; !rebound {
			continue
		}
		for j, b := range after {
			if i == j || !meet(a.scope, b.scope) {
				continue
			}
			for _, key := range a.keys {
				if !slices.Contains(b.keys, key) || slices.Contains(before[i].keys, key) && slices.Contains(before[j].keys, key) {
					continue
				}
				return &KeymapError{
					a.id,
					fmt.Sprintf("%q is also the key of %s (%s).", key, b.id, b.label),
					fmt.Sprintf("Choose another key, or give %q another one in [keys] too.", b.id),
				}
			}
		}
	}
	return nil
}

// meet tells whether keys of both scopes work at the same time, neither hiding the
// other on purpose as a tab hides what is common to all.
func meet(a, b scope) bool {
	if a == b {
		return true
	}
	for _, together := range [][]scope{{inList, inPortal, inAny}, {inDetail, inPortal, inAny}} {
		if slices.Contains(together, a) && slices.Contains(together, b) {
			return true
		}
	}
	return false
}
