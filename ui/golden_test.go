package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

var update = flag.Bool("update", false, "write the golden frames anew")

// golden compares a frame, text and styles, with the one in testdata.
func golden(t *testing.T, name string, p picture, width, height int) {
	t.Helper()
	got := gridOf(p, width, height)
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; make it with: go test ./ui -run %s -update", err, t.Name())
	}
	if got != string(want) {
		t.Errorf("%s differs; if that is meant: go test ./ui -update\n%s", path, difference(string(want), got))
	}
}

// gridOf draws a frame into a grid and writes it down: the text, then for every
// cell a letter for its style, then what the letters mean.
func gridOf(p picture, width, height int) string {
	screen := uv.NewScreenBuffer(width, height)
	uv.NewStyledString(strings.Join(p.lines, "\n")).Draw(screen, screen.Bounds())
	var text, styles strings.Builder
	var legend []string
	for y := range height {
		var row, look strings.Builder
		for x := range width {
			c := screen.CellAt(x, y)
			if c == nil || c.Width == 0 {
				continue
			}
			row.WriteString(c.Content)
			letter := "."
			if s := describe(c); s != "" {
				i := slices.Index(legend, s)
				if i < 0 {
					i = len(legend)
					legend = append(legend, s)
				}
				letter = string(rune('a' + i))
			}
			look.WriteString(strings.Repeat(letter, c.Width))
		}
		text.WriteString(strings.TrimRight(row.String(), " ") + "\n")
		styles.WriteString(strings.TrimRight(look.String(), ".") + "\n")
	}
	var b strings.Builder
	b.WriteString(text.String() + "--\n" + styles.String() + "--\n")
	for i, s := range legend {
		fmt.Fprintf(&b, "%c %s\n", 'a'+i, s)
	}
	if p.cursor != nil {
		fmt.Fprintf(&b, "cursor %d,%d\n", p.cursor.x, p.cursor.y)
	}
	return b.String()
}

// describe is a cell's style in words, "" for none.
func describe(c *uv.Cell) string {
	var parts []string
	colour := func(name string, v interface{ RGBA() (r, g, b, a uint32) }) {
		if v == nil {
			return
		}
		r, g, b, _ := v.RGBA()
		parts = append(parts, fmt.Sprintf("%s #%02x%02x%02x", name, r>>8, g>>8, b>>8))
	}
	if c.Style.Fg != nil {
		colour("fg", c.Style.Fg)
	}
	if c.Style.Bg != nil {
		colour("bg", c.Style.Bg)
	}
	if c.Style.Attrs != 0 || c.Style.Underline != 0 {
		parts = append(parts, fmt.Sprintf("attrs %b underline %d", c.Style.Attrs, c.Style.Underline))
	}
	if c.Link.URL != "" {
		parts = append(parts, "link "+c.Link.URL)
	}
	return strings.Join(parts, ", ")
}

// difference is the first lines that are not the same.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			out = append(out, fmt.Sprintf("line %d\n  want %s\n  got  %s", i+1, a, b))
		}
		if len(out) == 8 {
			break
		}
	}
	return strings.Join(out, "\n")
}

func frozen(o *Options) { o.Now = noon }

func TestMainFrames(t *testing.T) {
	looks := map[string]func(*Options){
		"dark":  frozen,
		"light": func(o *Options) { o.Now, o.Theme = noon, "light" },
		"ascii": func(o *Options) { o.Now, o.ASCII = noon, true },
	}
	for look, edit := range looks {
		for _, size := range [][2]int{{80, 24}, {120, 36}, {40, 20}} {
			name := fmt.Sprintf("list_%s_%dx%d", look, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				play(t, scenario, size[0], size[1], edit, func(s *stage) {
					golden(s.t, name, s.frame(), size[0], size[1])
				})
			})
		}
	}
}

func TestFrames(t *testing.T) {
	scenes := []struct {
		name string
		fake func(func() time.Time) *fakeBackend
		play func(*stage)
	}{
		{"overview_broken", scenario, func(s *stage) { s.press("j", "j", "j", "j", "enter") }},
		{"overview_static", scenario, func(s *stage) { s.press("j", "j", "j", "enter") }},
		{"events", scenario, func(s *stage) { s.press("4", "j", "j", "enter") }},
		{"diagnose", scenario, func(s *stage) { s.press("G", "k", "k", "5") }},
		{"filter", scenario, func(s *stage) { s.press("/"); s.typeText("app:main is:a") }},
		{"help", scenario, func(s *stage) { s.press("?") }},
		{"help_search", scenario, func(s *stage) { s.press("?"); s.typeText("token") }},
		{"choose", scenario, func(s *stage) { s.press("n") }},
		{"consent_ready", scenario, func(s *stage) { s.press("c") }},
		{"consent_waiting", scenario, func(s *stage) { s.press("c", "enter") }},
		{"apps", scenario, func(s *stage) { s.press("a") }},
		{"app_form", scenario, func(s *stage) { s.press("a", "n") }},
		{"disconnect", scenario, func(s *stage) { s.press("x"); s.typeText("acme") }},
		{"welcome", nobody, func(*stage) {}},
	}
	for _, scene := range scenes {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			name := fmt.Sprintf("%s_%dx%d", scene.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				play(t, scene.fake, size[0], size[1], frozen, func(s *stage) {
					scene.play(s)
					golden(s.t, name, s.frame(), size[0], size[1])
				})
			})
		}
	}
}

// nobody is a store with nothing in it.
func nobody(now func() time.Time) *fakeBackend { return &fakeBackend{now: now} }
