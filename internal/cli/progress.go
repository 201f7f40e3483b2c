package cli

import (
	"fmt"
	"strings"
	"time"
)

// progress is a line on stderr that counts, drawn only on a terminal, and not for
// a program that asked for JSON there.
type progress struct {
	p      *program
	what   string
	total  int
	sample int // how many have to be done before an estimate is worth something
	began  time.Time
	rested time.Duration // since then, when nothing could be done
	shown  bool
}

// newProgress begins a line about total things, sample of which are under way at
// once.
func (p *program) newProgress(what string, total, sample int) *progress {
	g := &progress{p: p, what: what, total: total, sample: sample, began: p.now()}
	g.step(0, 0)
	return g
}

// step draws the line anew.
func (g *progress) step(done, failed int) {
	if g.p.flags.json || g.total < 2 || done >= g.total || !isTerminal(g.p.err) {
		return
	}
	line := []rune(g.line(done, failed))
	if width := g.p.width(g.p.err); width > 0 && len(line) >= width {
		line = line[:width-1] // a line that wraps could not be taken away
	}
	fmt.Fprint(g.p.err, "\r\x1b[K"+string(line))
	g.shown = true
}

func (g *progress) line(done, failed int) string {
	parts := []string{fmt.Sprintf("%s  %d/%d", g.what, done, g.total)}
	if failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", failed))
	}
	if left := g.estimate(done); left > 0 {
		parts = append(parts, "about "+roughly(left)+" left")
	}
	return strings.Join(parts, g.p.separator())
}

// estimate is how long the rest takes if it goes on as it went so far; 0 while too
// little is known. What was waited because a server asked for it is left out:
// nobody knows whether it asks again.
func (g *progress) estimate(done int) time.Duration {
	spent := g.p.now().Sub(g.began) - g.rested
	if done < g.sample || spent < time.Second {
		return 0
	}
	left := time.Duration(float64(spent) / float64(done) * float64(g.total-done))
	for _, step := range []struct{ below, unit time.Duration }{
		{10 * time.Second, time.Second}, {90 * time.Second, 5 * time.Second}, {1 << 62, time.Minute},
	} {
		if left < step.below {
			return (left + step.unit - 1).Truncate(step.unit) // rounded up: better early than late
		}
	}
	return left
}

// roughly is a duration in one unit: "40 s", "3 min".
func roughly(d time.Duration) string {
	if d < 2*time.Minute {
		return fmt.Sprintf("%d s", d/time.Second)
	}
	return fmt.Sprintf("%d min", d/time.Minute)
}

// rest leaves a wait out of the estimate.
func (g *progress) rest(d time.Duration) { g.rested += d }

// clear takes the line away, so that a line of data can take its place.
func (g *progress) clear() {
	if g.shown {
		fmt.Fprint(g.p.err, "\r\x1b[K")
		g.shown = false
	}
}
