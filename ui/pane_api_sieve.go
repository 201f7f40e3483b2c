package ui

import (
	"bytes"
	"context"
	"errors"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/theme"
)

// ownerSieve is who gets what a filter made of an answer.
const ownerSieve = "API/filter"

// Bounds of a filter, which is typed and may not end or make much of little.
const (
	sieveLimit = time.Second
	mostSifted = 8 << 20 // bytes of all results
)

// sieve is a jq expression and what it makes of the answer. It follows the typing;
// what does not work yet leaves the last result that did.
type sieve struct {
	input   textinput.Model
	editing bool
	doc     *document // nil for the whole answer
	raw     *document
	results int
	problem string
}

// sifted is what a filter made of an answer.
type sifted struct {
	answer   *answer
	doc, raw *document
	results  int
}

var errTooMuch = errors.New("the results are longer than 8 MB")

func newSieve() sieve {
	s := sieve{input: newInput()}
	s.input.Placeholder = ".results[].id"
	return s
}

// edit opens or closes the line.
func (x *sieve) edit(on bool) {
	x.editing = on
	if on {
		x.input.Focus()
		x.input.CursorEnd()
		return
	}
	x.input.Blur()
}

// active tells whether there is an expression.
func (x *sieve) active() bool { return x.input.Value() != "" }

// count says how many results there are, "" without a filter.
func (x *sieve) count() string {
	if x.doc == nil {
		return ""
	}
	return count(x.results, "result")
}

// openSieve lets an expression be typed.
func (v *viewer) openSieve() {
	v.find(false)
	v.headers = false
	v.turn()
	v.sieve.edit(true)
}

// unsift shows the whole answer again; false when it is shown already.
func (v *viewer) unsift() bool {
	had := v.sieve.editing || v.sieve.active()
	v.sieve = newSieve()
	if had {
		v.turn()
	}
	return had
}

// sift runs the expression as it is typed now, instead of the one before.
func (p *apiPane) sift(s scene) tea.Cmd {
	v := &p.current.viewer
	key := taskKey{ownerSieve, s.portal.ID}
	expression, a := v.sieve.input.Value(), v.answer
	if expression == "" {
		s.tasks.cancel(key)
		v.sieve.doc, v.sieve.raw, v.sieve.problem = nil, nil, ""
		v.turn()
		return nil
	}
	return s.tasks.quietly(key, func(ctx context.Context) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, sieveLimit)
		defer cancel()
		return runSieve(ctx, a, expression)
	})
}

// runSieve passes over the whole answer: call it in a command.
func runSieve(ctx context.Context, a *answer, expression string) (*sifted, error) {
	filter, err := api.NewFilter(expression)
	if err != nil {
		return nil, err
	}
	document, err := a.parsed()
	if err != nil {
		return nil, errNotJSON
	}
	var all [][]byte
	total := 0
	err = filter.Each(ctx, document, func(value any) error {
		text, err := filter.Text(value)
		if total += len(text); err == nil && total > mostSifted {
			err = errTooMuch
		}
		all = append(all, text)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &sifted{answer: a, results: len(all)}
	body := bytes.Join(all, []byte(","))
	if len(all) != 1 {
		body = append(append([]byte("["), body...), ']')
	}
	out.doc = newDocument(body)
	out.raw = out.doc.raw()
	return out, nil
}

// sifted takes a result, or says why there is none.
func (v *viewer) sifted(r result) {
	if r.err != nil {
		v.sieve.problem = cleanError(r.err).Message
		return
	}
	got, ok := r.value.(*sifted)
	if !ok || got.answer != v.answer {
		return
	}
	v.sieve.problem = ""
	v.sieve.doc, v.sieve.raw, v.sieve.results = got.doc, got.raw, got.results
	if !v.headers {
		v.turn()
	}
}

// prompt adds a field with a sign before it, and returns the column of its cursor.
func (r *run) prompt(t theme.Theme, sign string, input textinput.Model, room int) int {
	r.add(t.Key, sign).gap(t.Text, 1)
	paintInput(&input, t, max(1, room-r.cells))
	at := r.cells
	if c := input.Cursor(); c != nil {
		at += c.X
	}
	text := input.View()
	r.painted(text, textWidth(text))
	return at
}

// copyCommand copies the call as hsterm's own command.
func (p *apiPane) copyCommand(s scene) tea.Cmd {
	r, ok := p.shown()
	if !ok {
		return nil
	}
	return tea.Batch(tea.SetClipboard(command(s.portal.Alias, r)), succeed("copied as hsterm api"))
}
