package cli

import "strings"

// safe makes text from outside harmless on a terminal: what has no picture of
// its own becomes a visible mark.
func safe(text string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return '\ufffd'
		}
		return r
	}, text)
}
