package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Counts say how much was tried.
type Counts struct {
	Runs, Steps int
	Acts        map[Act]int
	Seen        map[string]int
}

// Add adds the counts of another run.
func (c *Counts) Add(o Counts) {
	if c.Acts == nil {
		c.Acts, c.Seen = map[Act]int{}, map[string]int{}
	}
	c.Runs, c.Steps = c.Runs+o.Runs, c.Steps+o.Steps
	for act, n := range o.Acts {
		c.Acts[act] += n
	}
	for what, n := range o.Seen {
		c.Seen[what] += n
	}
}

// String lists all counts, one a line, in the order of their names.
func (c Counts) String() string {
	lines := []string{fmt.Sprintf("%d runs, %d steps", c.Runs, c.Steps)}
	for _, act := range slices.Sorted(maps.Keys(c.Acts)) {
		lines = append(lines, fmt.Sprintf("%7d act: %s", c.Acts[act], act))
	}
	for _, what := range slices.Sorted(maps.Keys(c.Seen)) {
		lines = append(lines, fmt.Sprintf("%7d %s", c.Seen[what], what))
	}
	return strings.Join(lines, "\n")
}
