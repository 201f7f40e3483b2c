package terminal

import (
	"context"
	"fmt"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// Screen is what the terminal showed at one moment.
type Screen struct {
	Cols, Rows int
	Cells      [][]uv.Cell // rows of Cols cells; the second half of a wide one has width 0
	Title      string
	Cursor     uv.Position
	CursorOff  bool
	Alt        bool // the alternate screen
}

// Screen returns the last whole picture: while the program is inside a
// synchronised update that is the one before it.
func (t *Terminal) Screen() Screen {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.syncing {
		return t.shown
	}
	return t.snapshot()
}

func (t *Terminal) snapshot() Screen {
	s := Screen{
		Cols: t.emu.Width(), Rows: t.emu.Height(), Title: t.title,
		Cursor: t.emu.CursorPosition(), CursorOff: t.hidden, Alt: t.alt,
	}
	s.Cells = make([][]uv.Cell, s.Rows)
	for y := range s.Cells {
		s.Cells[y] = make([]uv.Cell, s.Cols)
		for x := range s.Cells[y] {
			if c := t.emu.CellAt(x, y); c != nil {
				s.Cells[y][x] = *c
			}
		}
	}
	return s
}

// Line returns the text of row y, without the blanks at its end.
func (s Screen) Line(y int) string {
	var b strings.Builder
	for _, c := range s.Cells[y] {
		switch {
		case c.Content != "":
			b.WriteString(c.Content)
		case c.Width > 0:
			b.WriteByte(' ')
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// Text returns all rows, one a line.
func (s Screen) Text() string {
	lines := make([]string, s.Rows)
	for y := range lines {
		lines[y] = s.Line(y)
	}
	return strings.Join(lines, "\n")
}

// Contains tells whether text can be read in one row.
func (s Screen) Contains(text string) bool {
	for y := range s.Rows {
		if strings.Contains(s.Line(y), text) {
			return true
		}
	}
	return false
}

const poll = 5 * time.Millisecond

// WaitFor looks at the screen until ok says it is the one, ctx ends, or the
// program has ended and its last screen is not.
func (t *Terminal) WaitFor(ctx context.Context, what string, ok func(Screen) bool) (Screen, error) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		over := t.ended()
		s := t.Screen()
		if ok(s) {
			return s, nil
		}
		if over {
			return s, fmt.Errorf("the program ended before %s; its last screen:\n%s", what, s.Text())
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return s, fmt.Errorf("no %s: %w; the screen:\n%s", what, ctx.Err(), s.Text())
		}
	}
}

// WaitText is [Terminal.WaitFor] a text in one row.
func (t *Terminal) WaitText(ctx context.Context, text string) (Screen, error) {
	return t.WaitFor(ctx, fmt.Sprintf("text %q", text), func(s Screen) bool { return s.Contains(text) })
}

// Settle waits until the program has written nothing for quiet, or ctx ends,
// and returns the screen. A screen that never rests is returned as it is then.
func (t *Terminal) Settle(ctx context.Context, quiet time.Duration) Screen {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		t.mu.Lock()
		rested := time.Since(t.last) >= quiet && !t.syncing
		t.mu.Unlock()
		if rested || t.ended() {
			return t.Screen()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return t.Screen()
		}
	}
}

func (t *Terminal) ended() bool {
	select {
	case <-t.read:
		return true
	default:
		return false
	}
}
