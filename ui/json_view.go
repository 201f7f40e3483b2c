package ui

import (
	"fmt"

	"github.com/hsterm/hsterm/theme"
)

// documentView is a document on the screen: which lines, which one is chosen,
// and what was searched for.
type documentView struct {
	doc    *document
	at     int // chosen line of the document
	top    int // first visible row
	skip   int // cells left out on the left
	term   string
	hits   []uint32 // lines that hold term
	hitsAt int      // of the last hit gone to
}

// show starts at the top of another document.
func (v *documentView) show(doc *document) { *v = documentView{doc: doc} }

// rows is how many lines the folds leave.
func (v *documentView) rows() int {
	if v.doc == nil {
		return 0
	}
	return len(v.doc.shown)
}

// row is where the chosen line is shown.
func (v *documentView) row() int {
	if v.rows() == 0 {
		return 0
	}
	return max(0, v.doc.row(v.at))
}

// move chooses another line; page is how many are visible.
func (v *documentView) move(by motion, page int) {
	if v.rows() == 0 {
		return
	}
	v.at = int(v.doc.shown[by.step(v.row(), v.rows(), page)])
	v.follow(page)
}

// follow scrolls until the chosen line is visible.
func (v *documentView) follow(page int) {
	row := v.row()
	v.top = min(v.top, row)
	v.top = max(v.top, row-page+1)
	v.top = max(0, min(v.top, v.rows()-page))
}

// sideways shifts what is too wide.
func (v *documentView) sideways(cells int) { v.skip = max(0, v.skip+cells) }

// toggle folds or unfolds at the chosen line.
func (v *documentView) toggle() {
	if v.rows() > 0 && v.doc.json {
		v.at = v.doc.toggle(v.at)
	}
}

// foldAll folds what is long, or opens everything.
func (v *documentView) foldAll() {
	if v.rows() > 0 && v.doc.json {
		v.doc.foldAll()
		v.at = int(v.doc.shown[v.row()])
	}
}

// search looks for term from the chosen line on, and stays there when it is
// nowhere.
func (v *documentView) search(term string) {
	v.term, v.hits, v.hitsAt = term, nil, 0
	if v.doc == nil || term == "" {
		return
	}
	v.hits = v.doc.search(term)
	for i, line := range v.hits {
		if int(line) >= v.at {
			v.goTo(i)
			return
		}
	}
	v.goTo(0)
}

// next goes to another hit, round the end.
func (v *documentView) next(by int) {
	if n := len(v.hits); n > 0 {
		v.goTo(((v.hitsAt+by)%n + n) % n)
	}
}

func (v *documentView) goTo(hit int) {
	if hit >= len(v.hits) {
		return
	}
	v.hitsAt = hit
	v.at = int(v.hits[hit])
	v.doc.reveal(v.at)
}

// found says where the search stands, "" without one.
func (v *documentView) found() string {
	switch n := len(v.hits); {
	case v.term == "":
		return ""
	case n == 0:
		return "not found"
	case n >= maxHits:
		return fmt.Sprintf("%d of more than %d", v.hitsAt+1, n)
	default:
		return fmt.Sprintf("%d of %d", v.hitsAt+1, n)
	}
}

// view paints the visible lines and no others. It works on a copy: what scrolls
// for the sake of a frame is not kept.
func (v documentView) view(t theme.Theme, f frame) []string {
	v.follow(f.height)
	lines := make([]string, 0, f.height)
	chosen := v.row()
	for row := v.top; row < min(v.top+f.height, v.rows()); row++ {
		lines = append(lines, v.line(t, int(v.doc.shown[row]), f, f.focused && row == chosen))
	}
	return lines
}

// line paints one line: a marker, then what is to be seen of its text.
func (v *documentView) line(t theme.Theme, line int, f frame, chosen bool) string {
	inks, marker := t.Inks, " "
	if chosen {
		inks, marker = t.Picked, t.Glyphs.Marker
	}
	width := f.width - 2
	if width <= 0 {
		return ""
	}
	// A cell takes at most a few bytes; what is beyond cannot be seen.
	pieces := v.doc.pieces(line, 8*(v.skip+width)+64, inks, t.Glyphs.Ellipsis)
	pieces = mark(pieces, v.term, t.Picked.Key)
	text, cells := paintPieces(pieces, v.skip, width, t.Glyphs.Ellipsis, inks)
	var r run
	r.add(inks.Accent, marker).gap(inks.Text, 1).painted(text, cells)
	if chosen {
		r.to(inks.Text, f.width)
	}
	return r.String()
}
