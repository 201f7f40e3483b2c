package ui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestQuickWidth: the fast way to measure agrees with the library wherever it
// answers at all.
func TestQuickWidth(t *testing.T) {
	for r := rune(0); r < 0x30000; r++ {
		for _, s := range []string{string(r), "a" + string(r) + "b", "─" + string(r), "\x1b[1;38;2;1;2;3m" + string(r) + "\x1b[m"} {
			if r < ' ' || r == 0x7f {
				continue
			}
			if cells, ok := quickWidth(s); ok && cells != ansi.StringWidth(s) {
				t.Fatalf("U+%04X in %q: %d cells, the library says %d", r, s, cells, ansi.StringWidth(s))
			}
		}
	}
}

func TestCutAndFill(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"acme", 6, "acme  "}, {"acme-production", 6, "acme-…"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日… "}, {"é́é", 1, "…"}, {"x", 0, ""}, {"xy", 1, "…"},
	} {
		if got := left(c.in, c.width, "…"); got != c.want {
			t.Errorf("left(%q, %d) = %q, not %q", c.in, c.width, got, c.want)
		}
	}
	if got := right("42", 5, "…"); got != "   42" {
		t.Errorf("right gave %q", got)
	}
}

func TestBoxIsExact(t *testing.T) {
	for _, lines := range [][]string{nil, {"a"}, {"\x1b[1mlonger than it may be\x1b[m", "日本語日本語"}, {"a", "b", "c", "d"}} {
		for _, line := range box(lines, 7, 3) {
			if ansi.StringWidth(line) != 7 {
				t.Errorf("%q is %d wide", line, ansi.StringWidth(line))
			}
		}
	}
}
