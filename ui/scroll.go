package ui

import (
	"fmt"

	"github.com/hsterm/hsterm/theme"
)

// scrolled is the first visible line after a motion through total lines of which
// height show.
func scrolled(top, total, height int, by motion) int {
	last := max(0, total-height)
	switch by {
	case toBottom:
		return last
	case toTop:
		return 0
	}
	return max(0, min(by.step(min(top, last), total, height), last))
}

// window is the part of lines that fits, with a word about how much is below.
func window(t theme.Theme, lines []string, f frame, top int) picture {
	if len(lines) <= f.height || f.height <= 0 {
		return picture{lines: lines}
	}
	top = max(0, min(top, len(lines)-f.height))
	shown := append([]string(nil), lines[top:top+f.height]...)
	if below := len(lines) - top - f.height; below > 0 {
		shown[f.height-1] = t.Muted.Render(fmt.Sprintf("%s %d more", t.Glyphs.More, below+1))
	}
	return picture{lines: shown}
}
