package terminal

import (
	"fmt"
	"strings"
)

// Key returns what a terminal sends for a key: a named one such as "enter",
// "shift+tab" or "ctrl+p", or the text itself.
func Key(name string) string {
	if s, ok := named(name); ok {
		return s
	}
	if c, ok := strings.CutPrefix(name, "ctrl+"); ok && len(c) == 1 && c[0] >= 'a' && c[0] <= 'z' {
		return string(rune(c[0] - 'a' + 1))
	}
	if c, ok := strings.CutPrefix(name, "alt+"); ok {
		return "\x1b" + c
	}
	return name
}

func named(name string) (string, bool) {
	sequences := map[string]string{
		"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "space": " ", "backspace": "\x7f",
		"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
		"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~", "delete": "\x1b[3~",
		"focus": "\x1b[I", "blur": "\x1b[O",
	}
	s, ok := sequences[name]
	return s, ok
}

// Press sends keys by name, one after the other.
func (t *Terminal) Press(names ...string) error {
	for _, name := range names {
		if err := t.Send(Key(name)); err != nil {
			return fmt.Errorf("press %s: %w", name, err)
		}
	}
	return nil
}
