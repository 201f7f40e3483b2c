package ui

import "github.com/hsterm/hsterm/theme"

// keys are the keys that the screen names in its words, by action id: what a key
// is called is asked here, because it can be bound to another. A nil one has the
// keys hsterm comes with.
type keys map[string]string

// keysOf names the first key of each action.
func keysOf(actions []action, g theme.Glyphs) keys {
	k := make(keys, len(actions))
	for _, a := range actions {
		if len(a.keys) > 0 {
			k[a.id] = keyName(a.keys[0], g)
		}
	}
	return k
}

// of is the key of an action. One without a key of its own is found in the
// palette, whose key leads to all.
func (k keys) of(id string) string {
	if k == nil {
		k = keysOf(table(), theme.New(theme.Options{}).Glyphs)
	}
	if key, ok := k[id]; ok {
		return key
	}
	return k[paletteID]
}
