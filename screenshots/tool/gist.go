package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hsterm/hsterm/test/terminal"
)

// gist is what a screen says once everything is masked that is different each
// time: digits, bars, what is left of secrets, random names. Two pictures with
// one gist show the same thing.
func gist(s terminal.Screen) string {
	text := s.Text()
	for _, m := range masks() {
		text = m.pattern.ReplaceAllString(text, m.with)
	}
	return text + "\n" + strings.Join(styles(s), "\n") + "\n"
}

type mask struct {
	pattern *regexp.Regexp
	with    string
}

func masks() []mask {
	each := func(pattern, with string) mask { return mask{regexp.MustCompile(pattern), with} }
	return []mask{
		each(`[━╸╺╾╼]+─*|─+[━╸╺╾╼]+`, "<bar>"),
		each(`····\S{4}`, "····<end>"),
		each(`[0-9a-f]{8}-[0-9a-f-]{4,}…?`, "<id>"),
		each(`[A-Za-z0-9_-]{24,}…?`, "<random>"),
		each(`<?\d+`, "0"),
		each(`(?m) *t?o?o?k 0 ms`, ""), // "took 3 ms", or what a dialog leaves of it; none when it took no time
		each(`[▁▂▃▄▅▆▇█]+  0 ms( each| to 0 ms)`, "<times>"),
		each(`<bar> *`, "<bar> "),
		each(` +(\n|$)`, "$1"),
		each(`(?m) {2,}`, "  "),
	}
}

// styles lists how the cells look, each way once.
func styles(s terminal.Screen) []string {
	seen := map[string]bool{}
	for _, row := range s.Cells {
		for _, c := range row {
			if strings.TrimSpace(c.Content) != "" {
				seen[fmt.Sprintf("%v on %v, %d %d", c.Style.Fg, c.Style.Bg, c.Style.Attrs, c.Style.Underline)] = true
			}
		}
	}
	list := make([]string, 0, len(seen))
	for style := range seen {
		list = append(list, style)
	}
	slices.Sort(list)
	return list
}

// difference lists the lines of two texts that are not the same.
func difference(was, is string) string {
	a, b := strings.Split(was, "\n"), strings.Split(is, "\n")
	var out strings.Builder
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			fmt.Fprintf(&out, "- %s\n+ %s\n", x, y)
		}
	}
	return out.String()
}
