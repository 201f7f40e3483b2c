package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// filter is one condition of a search.
type filter struct {
	PropertyName string   `json:"propertyName"`
	Operator     string   `json:"operator"`
	Value        any      `json:"value"`
	HighValue    any      `json:"highValue"`
	Values       []string `json:"values"`
}

// check says what is wrong with a filter, or nothing.
func (f filter) check(t objectType) string {
	if _, known := t.field(f.PropertyName); !known {
		return fmt.Sprintf("Property %q does not exist", f.PropertyName)
	}
	switch f.Operator {
	case "HAS_PROPERTY", "NOT_HAS_PROPERTY":
	case "IN", "NOT_IN":
		if len(f.Values) == 0 {
			return f.Operator + " needs values"
		}
	case "EQ", "NEQ", "LT", "LTE", "GT", "GTE", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN":
		if v, ok := textOf(f.Value); !ok || v == "" {
			return f.Operator + " needs a value"
		}
	case "BETWEEN":
		low, okLow := textOf(f.Value)
		high, okHigh := textOf(f.HighValue)
		if !okLow || !okHigh || low == "" || high == "" {
			return "BETWEEN needs value and highValue"
		}
	default:
		return fmt.Sprintf("%q is not an operator", f.Operator)
	}
	return ""
}

func matchesAny(t objectType, r *record, groups [][]filter) bool {
	if len(groups) == 0 {
		return true
	}
	return slices.ContainsFunc(groups, func(g []filter) bool {
		for _, f := range g {
			if !f.matches(t, r) {
				return false
			}
		}
		return true
	})
}

func (f filter) matches(t objectType, r *record) bool {
	is, _ := t.field(f.PropertyName)
	have := r.props[f.PropertyName]
	want, _ := textOf(f.Value)
	switch f.Operator {
	case "HAS_PROPERTY":
		return have != ""
	case "NOT_HAS_PROPERTY":
		return have == ""
	case "NEQ":
		return is.compare(have, want) != 0
	case "NOT_IN":
		return !f.lists(is, have)
	case "NOT_CONTAINS_TOKEN":
		return !hasToken(have, want)
	}
	if have == "" { // what is not there is neither equal nor less nor more
		return false
	}
	order := is.compare(have, want)
	switch f.Operator {
	case "EQ":
		return order == 0
	case "LT":
		return order < 0
	case "LTE":
		return order <= 0
	case "GT":
		return order > 0
	case "GTE":
		return order >= 0
	case "IN":
		return f.lists(is, have)
	case "CONTAINS_TOKEN":
		return hasToken(have, want)
	}
	high, _ := textOf(f.HighValue)
	return order >= 0 && is.compare(have, high) <= 0 // BETWEEN, ends included
}

func (f filter) lists(is field, have string) bool {
	return slices.ContainsFunc(f.Values, func(v string) bool { return is.compare(have, v) == 0 })
}

// hasToken looks for a word of the text; a star at either end stands for the rest of it.
func hasToken(text, want string) bool {
	text, want = strings.ToLower(text), strings.ToLower(want)
	core := strings.Trim(want, "*")
	return slices.ContainsFunc(append(tokens(text), text), func(word string) bool {
		switch open, shut := strings.HasPrefix(want, "*"), strings.HasSuffix(want, "*"); {
		case open && shut:
			return strings.Contains(word, core)
		case open:
			return strings.HasSuffix(word, core)
		case shut:
			return strings.HasPrefix(word, core)
		}
		return word == want
	})
}

func tokens(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" @.,;:-_/", r) })
}

// mentions is the free-text query: every word stands somewhere in a text property.
func mentions(t objectType, r *record, query string) bool {
	for _, word := range strings.Fields(strings.ToLower(query)) {
		found := slices.ContainsFunc(t.fields, func(f field) bool {
			return f.kind == "string" && strings.Contains(strings.ToLower(r.props[f.name]), word)
		})
		if !found {
			return false
		}
	}
	return true
}

// instant reads a time as HubSpot takes them: RFC 3339, a date, or milliseconds since 1970.
func instant(value string) (time.Time, bool) {
	if ms, err := strconv.ParseInt(value, 10, 64); err == nil {
		return time.UnixMilli(ms), true
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, value); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
