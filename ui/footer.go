package ui

import (
	"strings"
)

// mostHints is how many keys the footer shows at once.
const mostHints = 6

// footer is the keys that work here and now, and at its right end the toast, or how
// far a refresh of many is.
func (m *Model) footer(width int) string {
	t := m.theme
	note, ink := m.toasts.show(t)
	if note == "" {
		note, ink = m.batch.progress(t.Glyphs.Bullet), t.Muted
	}
	cells := 0
	if note != "" {
		room := width - 2
		if m.toasts.bad {
			room -= m.leastHints()
		}
		note = cut(note, room, t.Glyphs.Ellipsis)
		cells = textWidth(note) + hintGap
	}
	var r run
	r.gap(t.Text, 1)
	room := width - cells - 1
	for _, a := range m.fitting(room - 1) {
		r.add(t.Key, m.keyText(a.keys[0])).add(t.Muted, " "+a.label).gap(t.Text, hintGap)
	}
	if note != "" {
		r.to(t.Text, width-textWidth(note)-1).add(ink, note)
	}
	return r.String()
}

// hintGap is between two keys of the footer.
const hintGap = 3

// hintWidth is how many cells a hint takes.
func (m *Model) hintWidth(a *action) int {
	return textWidth(m.keyText(a.keys[0])) + 1 + textWidth(a.label)
}

// leastHints is the room a failure leaves to the keys: to the first, which shows
// all of it, and to the last where a screen is wide enough for both.
func (m *Model) leastHints() int {
	if m.dialog != nil || !m.loaded {
		return 0
	}
	hints := m.hints()
	if len(hints) == 0 {
		return 0
	}
	cells := m.hintWidth(hints[len(hints)-1]) + hintGap
	if len(hints) > 1 && m.width >= sheetWidth {
		cells += m.hintWidth(hints[0]) + hintGap
	}
	return cells
}

// fitting are the hints that fit; the last, which leads to all others, is the
// last to go.
func (m *Model) fitting(room int) []*action {
	if m.dialog != nil || !m.loaded {
		return nil // a dialog names its own keys; nothing is known yet
	}
	hints := m.hints()
	if len(hints) == 0 {
		return nil
	}
	last := hints[len(hints)-1]
	room -= m.hintWidth(last)
	var fit []*action
	for _, a := range hints[:len(hints)-1] {
		if room -= m.hintWidth(a) + hintGap; room < 0 {
			break
		}
		fit = append(fit, a)
	}
	return append(fit, last)
}

// hints are the actions the footer names: at most six that work here and now,
// the way to all the others last.
func (m *Model) hints() []*action {
	var hints []*action
	var help *action
	taken := map[string]bool{} // by an inner action, which the key goes to
	for _, a := range m.reachable() {
		if !m.enabled(a) || a.hinted != nil && !a.hinted(m) {
			continue
		}
		shadowed := len(a.keys) == 0 || taken[a.keys[0]]
		for _, key := range a.keys {
			taken[key] = true
		}
		switch {
		case a.hint == 0 || shadowed:
		case a.id == helpID:
			help = a
		default:
			hints = append(hints, a)
		}
	}
	sortHints(hints)
	limit := mostHints
	if help != nil {
		limit--
	}
	if len(hints) > limit {
		hints = hints[:limit]
	}
	if help != nil {
		hints = append(hints, help)
	}
	return hints
}

// keyText is a key as people write it.
func (m *Model) keyText(key string) string { return keyName(key, m.theme.Glyphs) }

// joinKeys lists keys for help and documentation.
func joinKeys(keys []string) string { return strings.Join(keys, " ") }
