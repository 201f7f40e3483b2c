package cli

import "fmt"

// progress is a line on stderr that counts, drawn only on a terminal, and not for
// a program that asked for JSON there.
type progress struct {
	p     *program
	what  string
	total int
	shown bool
}

func (p *program) newProgress(what string, total int) *progress {
	g := &progress{p: p, what: what, total: total}
	g.step(0)
	return g
}

// step draws the line anew.
func (g *progress) step(done int) {
	if g.p.flags.json || g.total < 2 || done >= g.total || !isTerminal(g.p.err) {
		return
	}
	fmt.Fprintf(g.p.err, "\r%s  %d of %d", g.what, done, g.total)
	g.shown = true
}

// clear takes the line away, so that a line of data can take its place.
func (g *progress) clear() {
	if g.shown {
		fmt.Fprint(g.p.err, "\r\x1b[K")
		g.shown = false
	}
}
