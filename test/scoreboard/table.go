package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// line is one line of the table.
type line struct {
	row     string
	figure  string
	target  string
	count   string
	seed    string // "" where nothing is random
	when    string // day, UTC
	full    bool
	failed  bool
	command string
}

func (l line) verdict() string {
	if l.failed {
		return "FAILED: "
	}
	return ""
}

// markdown is the line as a row of a Markdown table.
func (l line) markdown() string {
	set := "quick"
	if l.full {
		set = "full"
	}
	cells := []string{l.row, l.figure, l.target, l.verdict() + l.count, cmp.Or(l.seed, "–"), l.when + ", " + set, "`" + l.command + "`"}
	for i, cell := range cells {
		cells[i] = strings.NewReplacer("|", `\|`, "\n", " ").Replace(cell)
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

const heading = "| row | figure | target | last count | seed | run | again |\n|---|---|---|---|---|---|---|\n"

func table(lines []line) string {
	var b strings.Builder
	b.WriteString(heading)
	for _, l := range lines {
		b.WriteString(l.markdown() + "\n")
	}
	return b.String()
}

// The lines stand between these in CONTRIBUTING.md.
const (
	begin = "<!-- scoreboard: go run ./test/scoreboard -full -write -->\n"
	end   = "<!-- end of the scoreboard -->\n"
)

// publish puts lines into a document. Those of other rows stay.
func publish(path string, lines []line) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, err = merged(text, lines)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}

func merged(text []byte, lines []line) ([]byte, error) {
	before, rest, ok := strings.Cut(string(text), begin)
	old, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return nil, fmt.Errorf("the document has no place for the scoreboard, between %q and %q", begin, end)
	}
	rows := strings.Split(strings.TrimSpace(strings.TrimPrefix(old, heading)), "\n")
	rows = slices.DeleteFunc(rows, func(r string) bool {
		return r == "" || slices.ContainsFunc(lines, func(l line) bool { return strings.HasPrefix(r, "| "+l.row+" |") })
	})
	for _, l := range lines {
		rows = append(rows, l.markdown())
	}
	slices.SortStableFunc(rows, func(a, b string) int { return place(a) - place(b) })
	return []byte(before + begin + heading + strings.Join(rows, "\n") + "\n" + end + after), nil
}

// place is a row's number; what has none comes last.
func place(row string) int {
	name, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " |")
	n, err := strconv.Atoi(name)
	if err != nil {
		return 1000
	}
	return n
}

// grouped writes a number with commas between thousands.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
