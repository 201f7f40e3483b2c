package ui

import (
	"fmt"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/theme"
)

// gaugeWidth is the cells of the rate limit's gauge.
const gaugeWidth = 8

// summary is how a call went, in one line: status, time, size, and how much of
// the rate limit is left. What does not fit is left out from the right.
func (a *answer) summary(t theme.Theme, width int) string {
	r, glyph, ink := a.response, t.Glyphs.Check, t.Good
	switch {
	case a.failure != nil && passing(a.failure.Class):
		glyph, ink = t.Glyphs.Due, t.Warn
	case a.failure != nil:
		glyph, ink = t.Glyphs.Cancel, t.Bad
	}
	var line run
	line.add(ink, cut(glyph+" "+a.statusWords(), width, t.Glyphs.Ellipsis))
	part := func(ink theme.Ink, text string) {
		if line.cells+3+textWidth(text) <= width {
			line.gap(t.Text, 3).add(ink, text)
		}
	}
	part(t.Text, shortTime(r.Elapsed))
	part(t.Text, size(len(r.Body)))
	if r.Limits.Known() {
		gauge(&line, t, r.Limits, width)
	}
	if r.Refreshed {
		part(t.Muted, "refreshed on the way")
	}
	return line.String()
}

// gauge draws what is left of the short rate limit, and says it in numbers, in
// the fullest form that fits.
func gauge(line *run, t theme.Theme, l api.RateLimits, width int) {
	words, cells := fmt.Sprintf("%d of %d left", l.Remaining, l.Max), gaugeWidth+1
	room := width - line.cells - 3
	if cells+len(words) > room {
		words = fmt.Sprintf("%d/%d", l.Remaining, l.Max)
	}
	if cells+len(words) > room {
		cells = 0
	}
	if cells+len(words) > room {
		return
	}
	left := min(l.Remaining, l.Max)
	ink := t.Good
	switch {
	case left == 0:
		ink = t.Bad
	case left*5 < l.Max:
		ink = t.Warn
	}
	line.gap(t.Text, 3)
	if cells > 0 {
		full := (left*gaugeWidth + l.Max/2) / l.Max
		if left > 0 {
			full = max(full, 1)
		}
		line.add(ink, repeat(t.Glyphs.GaugeFull, full)).add(t.Faint, repeat(t.Glyphs.GaugeEmpty, gaugeWidth-full)).gap(t.Text, 1)
	}
	line.add(t.Muted, words)
}
