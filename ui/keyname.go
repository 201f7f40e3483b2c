package ui

import (
	"fmt"
	"slices"
	"strings"
)

// onlyTyping tells scopes in which every key that writes something is text.
func onlyTyping(s scope) bool {
	return slices.Contains([]scope{inFilter, inAPILine, inHelp, inPalette, inRemove}, s)
}

// writes tells keys that write a character.
func writes(key string) bool { return key == "space" || len([]rune(key)) == 1 }

// keyHint tells how keys are written.
const keyHint = `Write a key as "r", "R", "?", "space", "enter", "f5", "ctrl+r" or "alt+x".`

// parseKey is a key as the terminal reports it, or what is wrong with its name.
func parseKey(name string) (key, trouble string) {
	parts := strings.Split(name, "+")
	if strings.HasSuffix(name, "+") { // the key is + itself
		parts = append(parts[:max(0, len(parts)-2)], "+")
	}
	base := parts[len(parts)-1]
	held := parts[:len(parts)-1]
	single := len([]rune(base)) == 1
	switch {
	case name == " " || strings.HasSuffix(name, "+ "):
		return "", "The space bar is called \"space\"."
	case !single && !slices.Contains(namedKeys(), base), single && !printable(base):
		return "", fmt.Sprintf("%q is not the name of a key.", name)
	case single && len(held) == 1 && held[0] == "shift":
		return "", fmt.Sprintf("With shift, write what it types, such as %q for \"shift+r\".", "R")
	case single && len(held) > 0 && base != strings.ToLower(base):
		return "", fmt.Sprintf("%q has a capital letter; write it small, with shift+ if it is held too.", name)
	}
	if len(held) == 1 && held[0] == "ctrl" {
		if same, ok := map[string]string{"i": "tab", "m": "enter", "[": "esc"}[base]; ok {
			return "", fmt.Sprintf("Most terminals send %s for %q; write %q.", same, name, same)
		}
	}
	var b strings.Builder
	for _, modifier := range []string{"ctrl", "alt", "shift", "meta", "hyper", "super"} {
		if i := slices.Index(held, modifier); i >= 0 {
			b.WriteString(modifier + "+")
			held = slices.Delete(slices.Clone(held), i, i+1)
		}
	}
	if len(held) > 0 {
		return "", fmt.Sprintf("%q is not the name of a key: %q is not held.", name, held[0])
	}
	return b.String() + base, ""
}

func printable(s string) bool { return Safe(s) == s && strings.TrimSpace(s) == s }

// namedKeys are the keys with names of more than one letter, as Bubble Tea has
// them.
func namedKeys() []string {
	keys := strings.Fields("up down left right home end pgup pgdown insert delete enter tab esc backspace space")
	for i := range 20 {
		keys = append(keys, fmt.Sprintf("f%d", i+1))
	}
	return keys
}
