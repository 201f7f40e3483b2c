package ui

import (
	"charm.land/bubbles/v2/textinput"
)

// viewer looks at an answer: its body, or its headers.
type viewer struct {
	documentView
	answer  *answer
	headers bool
	raw     bool            // the body as it came
	input   textinput.Model // the search
	sieve   sieve
	editing bool
	origin  int // line where the search was begun
}

// show starts at the top of an answer's body.
func (v *viewer) show(a *answer) {
	*v = viewer{answer: a, input: newInput(), sieve: newSieve()}
	v.input.Placeholder = "find"
	v.documentView.show(a.body)
}

// toggleHeaders turns from the body to the headers or back.
func (v *viewer) toggleHeaders() {
	if v.answer == nil {
		return
	}
	v.headers = !v.headers
	v.turn()
}

// toggleRaw turns from the body as it is understood to the body as it came.
func (v *viewer) toggleRaw() {
	v.raw, v.headers = !v.raw || v.headers, false
	v.turn()
}

// turn shows what was asked for from its top.
func (v *viewer) turn() {
	doc := v.answer.body
	switch {
	case v.headers:
		doc = v.answer.headers
	case v.sieve.doc != nil && v.raw:
		doc = v.sieve.raw
	case v.sieve.doc != nil:
		doc = v.sieve.doc
	case v.raw:
		doc = v.answer.raw
	}
	v.documentView.show(doc)
	v.origin = 0
	v.seek()
}

// writing tells whether a line of the viewer is being typed.
func (v *viewer) writing() bool { return v.editing || v.sieve.editing }

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

// clear ends a search, or else the filter; false when there was neither.
func (v *viewer) clear() bool {
	if v.sieve.editing || !v.editing && v.input.Value() == "" {
		return v.unsift()
	}
	had := v.input.Value() != "" || v.editing
	v.find(false)
	v.input.Reset()
	v.seek()
	return had
}
