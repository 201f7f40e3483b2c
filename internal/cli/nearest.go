package cli

import (
	"slices"
	"strings"
)

// didYouMean names the candidates that look like word, or falls back to another
// hint when none does.
func didYouMean(prefix, word string, candidates []string, otherwise string) string {
	near := nearest(word, candidates)
	if len(near) == 0 {
		return otherwise
	}
	for i, name := range near {
		near[i] = prefix + name
	}
	return "Did you mean " + strings.Join(near, " or ") + "?"
}

// nearest returns at most three candidates that word could be a slip for, the
// likeliest first.
func nearest(word string, candidates []string) []string {
	type match struct {
		name     string
		distance int
	}
	word = strings.ToLower(word)
	var found []match
	for _, name := range candidates {
		d := editDistance(word, strings.ToLower(name))
		if limit := max(1, min(len(word), len(name))/3); d > limit {
			if len(word) < 2 || !strings.HasPrefix(strings.ToLower(name), word) {
				continue
			}
		}
		found = append(found, match{name, d})
	}
	slices.SortStableFunc(found, func(a, b match) int { return a.distance - b.distance })
	var names []string
	for _, m := range found[:min(3, len(found))] {
		names = append(names, m.name)
	}
	return names
}

// editDistance counts insertions, deletions, substitutions and swaps of
// neighbours (optimal string alignment).
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(x)][len(y)]
}
