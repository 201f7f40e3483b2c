package ui

import (
	"charm.land/bubbles/v2/textinput"
)

// viewer looks at an answer: its body, or its headers.
type viewer struct {
	documentView
	answer  *answer
	headers bool
	input   textinput.Model // the search
	editing bool
	origin  int // line where the search was begun
}

// show starts at the top of an answer's body.
func (v *viewer) show(a *answer) {
	*v = viewer{answer: a, input: newInput()}
	v.input.Placeholder = "find"
	v.documentView.show(a.body)
}

// toggleHeaders turns from the body to the headers or back.
func (v *viewer) toggleHeaders() {
	if v.answer == nil {
		return
	}
	v.headers = !v.headers
	doc := v.answer.body
	if v.headers {
		doc = v.answer.headers
	}
	v.documentView.show(doc)
	v.origin = 0
	v.seek()
}

// find opens or closes the search line.
func (v *viewer) find(on bool) {
	v.editing = on
	if on {
		v.origin = v.at
		v.input.Focus()
		v.input.CursorEnd()
		return
	}
	v.input.Blur()
}

// seek searches for what the line says now, from where the search was begun: what
// half a word found on the way must not count.
func (v *viewer) seek() {
	if v.editing && v.rows() > 0 {
		v.at = v.origin
	}
	v.search(v.input.Value())
}

// clear ends a search; false when there was none.
func (v *viewer) clear() bool {
	had := v.input.Value() != "" || v.editing
	v.find(false)
	v.input.Reset()
	v.seek()
	return had
}
