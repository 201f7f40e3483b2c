package sandbox

import (
	"net/http"
	"testing"
)

func TestSearchFilters(t *testing.T) {
	r, token := crmRig(t)
	one := func(property, operator string, rest map[string]any) map[string]any {
		f := map[string]any{"propertyName": property, "operator": operator}
		for k, v := range rest {
			f[k] = v
		}
		return f
	}
	value := func(v any) map[string]any { return map[string]any{"value": v} }
	// Every record has one of these: an operator and its opposite add up to all of them.
	for name, pair := range map[string][2]map[string]any{
		"EQ":             {one("lifecyclestage", "EQ", value("lead")), one("lifecyclestage", "NEQ", value("lead"))},
		"IN":             {one("lifecyclestage", "IN", map[string]any{"values": []string{"lead", "customer"}}), one("lifecyclestage", "NOT_IN", map[string]any{"values": []string{"lead", "customer"}})},
		"HAS_PROPERTY":   {one("associatedcompanyid", "HAS_PROPERTY", nil), one("associatedcompanyid", "NOT_HAS_PROPERTY", nil)},
		"LT":             {one("num_notes", "LT", value(4)), one("num_notes", "GTE", value("4"))},
		"LTE":            {one("num_notes", "LTE", value(4)), one("num_notes", "GT", value(4))},
		"date":           {one("createdate", "LT", value("2026-01-01")), one("createdate", "GTE", value("1767225600000"))},
		"CONTAINS_TOKEN": {one("jobtitle", "CONTAINS_TOKEN", value("desk")), one("jobtitle", "NOT_CONTAINS_TOKEN", value("desk"))},
		"star":           {one("email", "CONTAINS_TOKEN", value("*desk*")), one("email", "NOT_CONTAINS_TOKEN", value("*desk*"))},
	} {
		total := 0.0
		for _, f := range pair {
			got := r.searchAt(token, contacts, map[string]any{"filterGroups": []any{map[string]any{"filters": []any{f}}}})
			n, _ := got.json["total"].(float64)
			if got.status != http.StatusOK || (n == 48 && name != "HAS_PROPERTY") {
				t.Errorf("%s: %d %s", name, got.status, got.text)
			}
			total += n
		}
		want(t, name+" and its opposite", total, 48.0)
	}
	between := one("num_notes", "BETWEEN", map[string]any{"value": "2", "highValue": "5"})
	for _, row := range rowsOf(r.searchAt(token, contacts, map[string]any{"filters": []any{between}, "properties": []string{"num_notes"}})) {
		if n, _ := prop(row, "num_notes").(string); n < "2" || n > "5" {
			t.Errorf("BETWEEN found %s", n)
		}
	}
}

// searchAt is a search on a fresh second, clear of the search limit.
func (r *rig) searchAt(token, root string, body any) reply {
	r.clock.advance(searchWindow)
	return r.api(token, "POST", root+"/search", body)
}

func TestSearchPagesAndSorts(t *testing.T) {
	r, token := crmRig(t)
	const deals = "/crm/v3/objects/deals"
	body := map[string]any{
		"sorts": []any{map[string]any{"propertyName": "amount", "direction": "DESCENDING"}}, "limit": 7, "properties": []string{"amount"},
	}
	last, count := "1000000000", 0
	number := field{kind: "number"}
	for {
		got := r.searchAt(token, deals, body)
		want(t, "total", got.json["total"], any(30.0))
		for _, row := range rowsOf(got) {
			amount, _ := prop(row, "amount").(string)
			if number.compare(amount, last) > 0 {
				t.Errorf("%s after %s", amount, last)
			}
			last = amount
			count++
		}
		paging, more := got.json["paging"].(map[string]any)
		if !more {
			break
		}
		next, _ := paging["next"].(map[string]any)
		body["after"] = next["after"]
	}
	want(t, "seen", count, 30)
	want(t, "no such text", r.searchAt(token, deals, map[string]any{"query": "zeppelin"}).json["total"], any(0.0))
	if total, _ := r.searchAt(token, deals, map[string]any{"query": "Stark"}).json["total"].(float64); total == 0 {
		t.Error("the query found nothing")
	}
}

func TestSearchRefusals(t *testing.T) {
	r, token := crmRig(t)
	filter := func(f map[string]any) map[string]any { return map[string]any{"filters": []any{f}} }
	groups := make([]any, maxGroups+1)
	for i := range groups {
		groups[i] = map[string]any{}
	}
	for name, body := range map[string]any{
		"unknown property": filter(map[string]any{"propertyName": "shoe_size", "operator": "HAS_PROPERTY"}),
		"unknown operator": filter(map[string]any{"propertyName": "email", "operator": "LIKE", "value": "x"}),
		"no value":         filter(map[string]any{"propertyName": "email", "operator": "EQ"}),
		"no values":        filter(map[string]any{"propertyName": "email", "operator": "IN"}),
		"half a range":     filter(map[string]any{"propertyName": "num_notes", "operator": "BETWEEN", "value": "1"}),
		"too many groups":  map[string]any{"filterGroups": groups},
		"limit":            map[string]any{"limit": 201},
		"too deep":         map[string]any{"after": "10000"},
		"sort":             map[string]any{"sorts": []any{"shoe_size"}},
		"not JSON":         "text",
	} {
		got := r.searchAt(token, contacts, body)
		want(t, name, got.status, http.StatusBadRequest)
		want(t, name, got.json["category"], any("VALIDATION_ERROR"))
	}
}
