package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const (
	maxGroups  = 5
	maxFilters = 6
	maxDepth   = 10000 // HubSpot pages no further than the 10,000th hit
)

// searchBody is what the search endpoints take.
type searchBody struct {
	FilterGroups []struct {
		Filters []filter `json:"filters"`
	} `json:"filterGroups"`
	Filters    []filter          `json:"filters"` // short for one group
	Query      string            `json:"query"`
	Sorts      []json.RawMessage `json:"sorts"`
	Properties []string          `json:"properties"`
	Limit      *int              `json:"limit"`
	After      json.RawMessage   `json:"after"`
}

func (s *Server) searchRecords(q *call, t objectType, c *crmStore) answer {
	var in searchBody
	if len(q.body) > 0 {
		if err := q.decode(&in); err != nil {
			return badJSON(err).answer(q)
		}
	}
	groups, failure := in.groups(t)
	if failure != nil {
		return failure.answer(q)
	}
	limit, offset, failure := in.window()
	if failure != nil {
		return failure.answer(q)
	}
	var hits []*record
	for _, r := range c.all(t, false) {
		if matchesAny(t, r, groups) && mentions(t, r, in.Query) {
			hits = append(hits, r)
		}
	}
	if failure := in.order(t, hits); failure != nil {
		return failure.answer(q)
	}
	body := map[string]any{"total": len(hits)}
	results := []map[string]any{}
	for i := offset; i < len(hits) && i < offset+limit; i++ {
		results = append(results, t.view(hits[i], in.Properties))
	}
	if next := offset + limit; next < len(hits) {
		body["paging"] = map[string]any{"next": map[string]string{"after": strconv.Itoa(next)}}
	}
	body["results"] = results
	return q.json(http.StatusOK, body)
}

// groups checks the filters; the groups are alternatives, the filters of one hold together.
func (in searchBody) groups(t objectType) ([][]filter, *apiFailure) {
	var groups [][]filter
	for _, g := range in.FilterGroups {
		groups = append(groups, g.Filters)
	}
	if len(in.Filters) > 0 {
		groups = append(groups, in.Filters)
	}
	if len(groups) > maxGroups {
		f := invalid(fmt.Sprintf("There are %d filter groups; %d are allowed.", len(groups), maxGroups), map[string]any{"message": "too many", "in": "filterGroups"})
		return nil, &f
	}
	for _, g := range groups {
		if len(g) > maxFilters {
			f := invalid(fmt.Sprintf("A group has %d filters; %d are allowed.", len(g), maxFilters), map[string]any{"message": "too many", "in": "filters"})
			return nil, &f
		}
		for _, one := range g {
			if problem := one.check(t); problem != "" {
				f := invalid("There was a problem with the request.", map[string]any{"message": problem, "in": "filters"})
				return nil, &f
			}
		}
	}
	return groups, nil
}

func (in searchBody) window() (limit, offset int, failure *apiFailure) {
	limit = defaultPage
	if in.Limit != nil {
		if limit, failure = pageSize(strconv.Itoa(*in.Limit), maxSearch); failure != nil {
			return 0, 0, failure
		}
	}
	after, failure := cursor(plain(in.After))
	if failure == nil && after > maxDepth-int64(limit) {
		f := invalid(fmt.Sprintf("Search pages no further than %d results.", maxDepth))
		failure = &f
	}
	return limit, int(after), failure
}

// order sorts the hits; HubSpot takes one sort, as an object or as a bare property name.
func (in searchBody) order(t objectType, hits []*record) *apiFailure {
	for _, raw := range in.Sorts {
		var by struct {
			PropertyName string `json:"propertyName"`
			Direction    string `json:"direction"`
		}
		if json.Unmarshal(raw, &by.PropertyName) == nil {
			by.PropertyName, by.Direction = strings.TrimPrefix(by.PropertyName, "-"), map[bool]string{true: "DESCENDING"}[strings.HasPrefix(by.PropertyName, "-")]
		} else if err := json.Unmarshal(raw, &by); err != nil {
			f := badJSON(err)
			return &f
		}
		f, known := t.field(by.PropertyName)
		if !known {
			bad := invalid(fmt.Sprintf("Cannot sort by %q: no such property.", by.PropertyName), map[string]any{"message": "unknown property", "in": "sorts"})
			return &bad
		}
		sign := 1
		if by.Direction == "DESCENDING" {
			sign = -1
		}
		slices.SortStableFunc(hits, func(a, b *record) int { return sign * f.compare(a.props[f.name], b.props[f.name]) })
	}
	return nil
}

// compare orders two stored values: as numbers or times where the property is one.
func (f field) compare(a, b string) int {
	switch f.kind {
	case "number":
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		if errX == nil && errY == nil {
			return cmp.Compare(x, y)
		}
	case "datetime":
		x, okX := instant(a)
		y, okY := instant(b)
		if okX && okY {
			return x.Compare(y)
		}
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}
