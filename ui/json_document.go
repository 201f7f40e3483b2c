package ui

import (
	"bytes"
	"slices"
	"sort"
	"unicode/utf8"
)

const (
	foldFrom  = 8     // items an array inside the data has before it starts folded
	maxHits   = 10000 // matching lines a search remembers
	maxBranch = 64    // steps of a path, as deep as the runner lets JSON nest
	textWrap  = 96    // bytes of a line of text
)

// document is an answer's body, cut into lines. Cutting costs a pass over the
// body, so it is done by the command that fetched it, not in Update.
type document struct {
	body  []byte
	lower []byte // ASCII letters lowered, for the search; same offsets
	lines []jsonLine
	json  bool

	folded []bool   // by line: of an opening bracket
	shown  []uint32 // lines that no fold hides
}

// newDocument reads body as JSON, or as text where it is none.
func newDocument(body []byte) *document {
	d := &document{body: body, lower: lowerASCII(body)}
	lines, err := indexJSON(body)
	d.json = err == nil
	if d.json {
		d.lines = lines
	} else {
		d.lines = textLines(body)
	}
	d.folded = make([]bool, len(d.lines))
	for i, l := range d.lines {
		// The list one asked for stays open; long arrays inside its items close.
		d.folded[i] = l.opens() && l.depth > 1 && int(l.items) > foldFrom && d.bracket(i) == '['
	}
	d.reflow()
	return d
}

// raw is the same body as text, the way it came.
func (d *document) raw() *document {
	if !d.json {
		return d
	}
	lines := textLines(d.body)
	r := &document{body: d.body, lower: d.lower, lines: lines, folded: make([]bool, len(lines))}
	r.reflow()
	return r
}

// textLines cuts text at its line ends, and lines that no screen would show
// whole between two runes.
func textLines(body []byte) []jsonLine {
	var lines []jsonLine
	for at := 0; at < len(body); {
		end, next := len(body), len(body)
		if i := bytes.IndexByte(body[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		if end-at > textWrap {
			end = at + textWrap
			for range utf8.UTFMax - 1 {
				if utf8.RuneStart(body[end]) {
					break
				}
				end--
			}
			next = end
		}
		lines = append(lines, jsonLine{start: uint32(at), end: uint32(at + len(bytes.TrimRight(body[at:end], "\r")))})
		at = next
	}
	return lines
}

// bracket is the last byte of a line's span: '{' or '[' of one that opens.
func (d *document) bracket(line int) byte { return d.body[d.lines[line].end-1] }

// text is the span of a line in the body, as it came.
func (d *document) text(line int) []byte {
	return d.body[d.lines[line].start:d.lines[line].end]
}

// reflow works out which lines no fold hides.
func (d *document) reflow() {
	d.shown = d.shown[:0]
	for i := 0; i < len(d.lines); i++ {
		d.shown = append(d.shown, uint32(i))
		if d.folded[i] {
			i = int(d.lines[i].mate)
		}
	}
}

// row is where a line is shown; of a hidden one, the fold that hides it.
func (d *document) row(line int) int {
	return sort.Search(len(d.shown), func(i int) bool { return int(d.shown[i]) > line }) - 1
}

// toggle folds or unfolds the bracket a line opens or closes, or else the one it
// is inside of, and returns the line that now stands for it.
func (d *document) toggle(line int) int {
	if line < 0 || line >= len(d.lines) {
		return line
	}
	if !d.lines[line].opens() {
		line = d.parent(line)
	}
	if line < 0 {
		return 0
	}
	d.folded[line] = !d.folded[line]
	d.reflow()
	return line
}

// foldAll folds every bracket below the list one asked for, or unfolds all when
// one of them is folded.
func (d *document) foldAll() {
	unfold := slices.Contains(d.folded, true)
	for i, l := range d.lines {
		d.folded[i] = !unfold && l.opens() && l.depth > 1
	}
	d.reflow()
}

// reveal opens every fold that hides a line.
func (d *document) reveal(line int) {
	changed := false
	for p := d.parent(line); p >= 0; p = d.parent(p) {
		changed = changed || d.folded[p]
		d.folded[p] = false
	}
	if changed {
		d.reflow()
	}
}

// parent is the line of the bracket around a line (around the whole bracket, for
// one that closes it), or -1.
func (d *document) parent(line int) int {
	depth := d.lines[line].depth
	for i := line - 1; i >= 0; i-- {
		if l := d.lines[i]; l.depth < depth || l.depth == depth && l.opens() && int(l.mate) == line {
			return i
		}
	}
	return -1
}

// search returns the lines that hold term, in order. Case counts only outside
// ASCII.
func (d *document) search(term string) []uint32 {
	if term == "" {
		return nil
	}
	needle := lowerASCII([]byte(term))
	var hits []uint32
	for at := 0; len(hits) < maxHits; {
		i := bytes.Index(d.lower[at:], needle)
		if i < 0 {
			break
		}
		line := sort.Search(len(d.lines), func(n int) bool { return int(d.lines[n].start) > at+i }) - 1
		if line >= 0 && at+i < int(d.lines[line].end) {
			hits = append(hits, uint32(line))
			at = int(d.lines[line].end)
			continue
		}
		at += i + 1
	}
	return hits
}

// lowerASCII keeps every offset where it was, which bytes.ToLower does not.
func lowerASCII(b []byte) []byte {
	low := make([]byte, len(b))
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return low
}
