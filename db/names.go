package db

import (
	"fmt"
	"slices"
	"strings"
)

const longestName = 63

// checkName refuses what cannot be an alias or the name of an app: they are
// typed in shells, stand in columns, and must not look like a hub id or a flag.
func checkName(what, name string) error {
	digits := true
	for _, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		digit := r >= '0' && r <= '9'
		if !letter && !digit && r != '-' && r != '_' && r != '.' {
			return badName(what, name, fmt.Sprintf("holds %q", r))
		}
		digits = digits && digit
	}
	switch {
	case name == "":
		return badName(what, name, "is empty")
	case len(name) > longestName:
		return badName(what, name, fmt.Sprintf("is longer than %d characters", longestName))
	case digits:
		return badName(what, name, "is a number, which would be taken for a hub id")
	case strings.ContainsAny(name[:1], "-_."):
		return badName(what, name, "begins with "+name[:1])
	}
	return nil
}

func badName(what, name, problem string) error {
	return usage(fmt.Sprintf("%q cannot be an %s: it %s.", name, what, problem),
		"Use letters, digits, '-', '_' and '.', beginning with a letter or digit, such as acme-prod.")
}

// aliasFrom makes an alias out of the account's domain, or its hub id, that is
// not taken yet.
func aliasFrom(hubDomain string, hubID int64, taken func(string) bool) string {
	label := strings.TrimPrefix(strings.ToLower(hubDomain), "www.")
	label, _, _ = strings.Cut(label, ".")
	base := strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, label), "-")
	if len(base) > longestName-8 {
		base = base[:longestName-8]
	}
	if checkName("alias", base) != nil {
		base = "portal"
		if hubID != 0 {
			base = fmt.Sprintf("portal-%d", hubID)
		}
	}
	alias := base
	for n := 2; taken(alias); n++ {
		alias = fmt.Sprintf("%s-%d", base, n)
	}
	return alias
}

// mostMeant bounds how many names a hint offers.
const mostMeant = 3

// near returns a few of names that a person who typed ref may have meant,
// nearest first.
func near(ref string, names []string) []string {
	const most = mostMeant
	ref = strings.ToLower(ref)
	var found []string
	for limit := 1; limit <= max(1, len(ref)/3); limit++ {
		for _, name := range names {
			if len(found) < most && distance(ref, strings.ToLower(name)) == limit {
				found = append(found, name)
			}
		}
	}
	for _, name := range names {
		lower := strings.ToLower(name)
		if len(found) < most && len(ref) >= 3 && strings.Contains(lower, ref) && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// distance is how many letters must be put in, left out, changed or swapped with
// their neighbour to get from a to b (optimal string alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// didYouMean is the hint of an unknown name.
func didYouMean(ref string, names []string, otherwise string) string {
	meant := near(ref, names)
	if len(meant) == 0 {
		return otherwise
	}
	return "Did you mean " + orList(meant) + "?"
}

// orList joins names as "a, b or c".
func orList(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
