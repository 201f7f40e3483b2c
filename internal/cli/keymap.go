package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/hsterm/hsterm/ui"
)

// keymap is the table [keys] of the config file. What is wrong with it keeps only
// the screen from opening: commands do not need keys.
func (p *program) keymap() (ui.Keymap, error) {
	s, err := p.settings()
	if err != nil || len(s.keys) == 0 {
		return nil, err
	}
	keymap := make(ui.Keymap)
	for id, value := range leaves("", s.keys) {
		keys, ok := keyList(value)
		if !ok {
			return nil, s.keyError(id, fmt.Sprintf("The keys of %q are neither a text nor a list of texts.", id),
				`Write "portal.refresh" = "ctrl+r", or ["r", "f5"], or [] for no key.`)
		}
		keymap[id] = keys
	}
	tidy, err := keymap.Tidy()
	var wrong *ui.KeymapError
	if errors.As(err, &wrong) {
		return nil, s.keyError(wrong.ID, wrong.Message, wrong.Hint)
	}
	return tidy, err
}

// leaves are the values of nested tables by their dotted names: TOML reads
// portal.refresh = "r" without quotes as a table in a table.
func leaves(prefix string, table map[string]any) map[string]any {
	flat := make(map[string]any)
	for name, value := range table {
		if inner, ok := value.(map[string]any); ok {
			for id, v := range leaves(prefix+name+".", inner) {
				flat[id] = v
			}
			continue
		}
		flat[prefix+name] = value
	}
	return flat
}

// keyList reads one key or several; "" is none.
func keyList(value any) ([]string, bool) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return nil, true
		}
		return []string{v}, true
	case []any:
		keys := make([]string, len(v))
		for i, one := range v {
			key, ok := one.(string)
			if !ok {
				return nil, false
			}
			keys[i] = key
		}
		return keys, true
	}
	return nil, false
}

// keyError names the file and, where it can be found, the line.
func (s settings) keyError(id, message, hint string) error {
	place := s.config
	if text, err := os.ReadFile(s.config); err == nil {
		if line := lineOf(string(text), "keys."+id); line > 0 {
			place = fmt.Sprintf("%s, line %d", place, line)
		}
	}
	return usageError(hint, "The config file %s: %s", place, message)
}

// lineOf is the line of a TOML file on which a dotted name gets its value, counted
// from 1; 0 when it is written in a way that this does not follow.
func lineOf(text, name string) int {
	header := ""
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if inside, found := strings.CutPrefix(line, "["); found {
			inside, _, _ = strings.Cut(inside, "]")
			header = plainName(inside) + "."
			continue
		}
		if left, _, found := strings.Cut(line, "="); found && header+plainName(left) == name {
			return i + 1
		}
	}
	return 0
}

// plainName is a TOML name without quotes and blanks.
func plainName(s string) string {
	return strings.NewReplacer(`"`, "", "'", "", " ", "", "\t", "").Replace(s)
}
