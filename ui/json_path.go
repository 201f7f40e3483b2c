package ui

import (
	"slices"
	"strconv"
	"strings"
)

// path names the place of a line the way jq does: .results[2].properties.email.
func (d *document) path(line int) string {
	if !d.json || line < 0 || line >= len(d.lines) {
		return ""
	}
	var steps []string
	for at := line; at >= 0 && len(steps) < maxBranch; {
		p := d.parent(at)
		if p >= 0 && d.lines[p].mate == uint32(at) && d.lines[p].opens() && d.lines[p].depth == d.lines[at].depth {
			at = p // a closing bracket is at the place of its opening one
			continue
		}
		if p < 0 {
			break
		}
		steps = append(steps, d.step(p, at))
		at = p
	}
	if len(steps) == 0 {
		return "" // the document itself
	}
	slices.Reverse(steps)
	path := strings.Join(steps, "")
	if path[0] == '[' {
		path = "." + path
	}
	return path
}

// step is the last part of the path of a line inside parent.
func (d *document) step(parent, line int) string {
	if l := d.lines[line]; l.keyed {
		key := string(d.body[l.start:stringEnd(d.body, int(l.start))])
		if name := strings.Trim(key, `"`); isPlainKey(name) {
			return "." + name
		}
		return "[" + key + "]"
	}
	index := 0
	for i := parent + 1; i < line; i++ {
		if d.lines[i].opens() {
			i = int(d.lines[i].mate)
		}
		index++
	}
	return "[" + strconv.Itoa(index) + "]"
}

// isPlainKey tells whether jq takes a key without quotes.
func isPlainKey(s string) bool {
	for i, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
