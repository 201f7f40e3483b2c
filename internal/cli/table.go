package cli

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// cell is one field of a table, and how it should look.
type cell struct {
	text  string
	mood  mood
	right bool // aligned to the right, as numbers are
}

func left(text string) cell  { return cell{text: text} }
func right(text string) cell { return cell{text: text, right: true} }

func (c cell) as(m mood) cell {
	c.mood = m
	return c
}

// table prints rows in aligned columns with two spaces between them. Widths are
// counted before colour goes in, and the last column is never padded.
type table struct {
	head  []string
	rows  [][]cell
	width int // of the terminal: texts are cut so that a row stays one line; 0 for no limit
}

func (t *table) row(cells ...cell) { t.rows = append(t.rows, cells) }

func (t *table) write(w io.Writer, paint palette) error {
	lines := t.rows
	if len(t.head) > 0 {
		head := make([]cell, len(t.head))
		for i, name := range t.head {
			head[i] = cell{text: name, mood: moodMuted, right: len(t.rows) > 0 && i < len(t.rows[0]) && t.rows[0][i].right}
		}
		lines = append([][]cell{head}, lines...)
	}
	widths := columnWidths(lines)
	t.squeeze(widths)
	var b strings.Builder
	for _, line := range lines {
		for i, c := range line {
			last := i == len(line)-1
			text := safe(c.text)
			if !last {
				text = ansi.Truncate(text, widths[i], "…")
			}
			gap := strings.Repeat(" ", max(0, widths[i]-ansi.StringWidth(text)))
			switch {
			case c.right:
				b.WriteString(gap + paint(c.mood, text))
			case last:
				b.WriteString(paint(c.mood, t.fit(text, widths[:i])))
			default:
				b.WriteString(paint(c.mood, text) + gap)
			}
			if !last {
				b.WriteString("  ")
			}
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// squeeze takes room from the widest columns where the last would have next to
// none.
func (t *table) squeeze(widths []int) {
	const least = 8
	if t.width == 0 || len(widths) < 2 {
		return
	}
	before := widths[:len(widths)-1]
	over := min(widths[len(widths)-1], least) - t.width
	for _, w := range before {
		over += w + 2
	}
	for ; over > 0; over-- {
		widest := slices.Index(before, slices.Max(before))
		if before[widest] <= least {
			return
		}
		before[widest]--
	}
}

// fit cuts the last text of a line so that the line stays one.
func (t *table) fit(text string, before []int) string {
	if t.width == 0 {
		return text
	}
	room := t.width
	for _, w := range before {
		room -= w + 2
	}
	return ansi.Truncate(text, max(room, 8), "…")
}

func columnWidths(lines [][]cell) []int {
	var widths []int
	for _, line := range lines {
		for i, c := range line {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(safe(c.text)))
		}
	}
	return widths
}
