package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// schemaRoutes serves owners, properties and pipelines in their v3 and dated paths.
func (s *Server) schemaRoutes(mux *http.ServeMux) {
	for _, root := range versions("owners") {
		mux.Handle("GET "+root, s.guard(anyOf("crm.objects.owners.read"), s.owners))
		mux.Handle("GET "+root+"/{id}", s.guard(anyOf("crm.objects.owners.read"), s.owner))
	}
	for _, t := range s.types {
		rule := t.read
		switch t.name {
		case "contacts", "companies", "deals":
			rule = anyOf("crm.schemas."+t.name+".read", "crm.objects."+t.name+".read")
		}
		for _, root := range versions("properties") {
			mux.Handle("GET "+root+"/"+t.name, s.guard(rule, t.properties))
			mux.Handle("GET "+root+"/"+t.name+"/{property}", s.guard(rule, t.property))
		}
	}
	for _, root := range versions("pipelines") {
		deals := anyOf("crm.objects.deals.read", "crm.schemas.deals.read")
		mux.Handle("GET "+root+"/deals", s.guard(deals, func(q *call, _ caller) answer { return s.pipelines(q, "default", "Sales pipeline", dealLabels()) }))
		mux.Handle("GET "+root+"/tickets", s.guard(anyOf("tickets"), func(q *call, _ caller) answer { return s.pipelines(q, "0", "Support pipeline", ticketLabels()) }))
	}
}

// versions are the paths of a CRM part: /crm/v3/owners, /crm/owners/2026-09, …
func versions(part string) []string {
	out := []string{"/crm/v3/" + part}
	for _, v := range dated() {
		out = append(out, "/crm/"+part+"/"+v)
	}
	return out
}

func (s *Server) ownerRows(a *account) []map[string]any {
	var out []map[string]any
	for i, id := range ownerIDs() {
		team := []string{"Sales", "Support", "Marketing", "Operations"}[i]
		out = append(out, map[string]any{
			"id": strconv.Itoa(id), "email": strings.ToLower(team) + "@" + a.domain, "firstName": team, "lastName": "Team",
			"userId": 30000 + i, "type": "PERSON", "archived": false, "createdAt": "2025-02-03T09:00:00.000Z", "updatedAt": "2026-01-12T09:00:00.000Z",
		})
	}
	return out
}

func (s *Server) owners(q *call, who caller) answer {
	rows := s.ownerRows(who.account)
	if email := q.query.Get("email"); email != "" {
		kept := []map[string]any{}
		for _, r := range rows {
			if r["email"] == email {
				kept = append(kept, r)
			}
		}
		rows = kept
	}
	return pageOf(q, rows)
}

func (s *Server) owner(q *call, who caller) answer {
	for _, r := range s.ownerRows(who.account) {
		if r["id"] == q.r.PathValue("id") {
			return q.json(http.StatusOK, r)
		}
	}
	return notFoundObject().answer(q)
}

// pageOf cuts a short list by limit and after; its cursor is a position.
func pageOf(q *call, rows []map[string]any) answer {
	limit, failure := pageSize(q.query.Get("limit"), 500)
	if failure == nil && q.query.Get("limit") == "" {
		limit = 100
	}
	after, bad := cursor(q.query.Get("after"))
	if failure == nil {
		failure = bad
	}
	if failure != nil {
		return failure.answer(q)
	}
	from := min(int(after), len(rows))
	to := min(from+limit, len(rows))
	body := map[string]any{"results": append([]map[string]any{}, rows[from:to]...)}
	if to < len(rows) {
		body["paging"] = nextPage(q, strconv.Itoa(to))
	}
	return q.json(http.StatusOK, body)
}

func (t objectType) properties(q *call, _ caller) answer {
	rows := make([]map[string]any, 0, len(t.fields))
	for _, f := range t.fields {
		rows = append(rows, t.describe(f))
	}
	return q.json(http.StatusOK, map[string]any{"results": rows})
}

func (t objectType) property(q *call, _ caller) answer {
	f, ok := t.field(q.r.PathValue("property"))
	if !ok {
		return notFoundObject().answer(q)
	}
	return q.json(http.StatusOK, t.describe(f))
}

func (t objectType) describe(f field) map[string]any {
	input := map[string]string{"number": "number", "datetime": "date", "enumeration": "select"}[f.kind]
	if input == "" {
		input = "text"
	}
	options := []map[string]any{}
	for i, o := range f.options {
		options = append(options, map[string]any{"label": o, "value": o, "displayOrder": i, "hidden": false})
	}
	stamped := f.name == "hs_object_id" || f.name == "createdate" || f.name == t.modified
	return map[string]any{
		"name": f.name, "label": f.label, "type": f.kind, "fieldType": input, "description": "",
		"groupName": strings.ToLower(t.singular) + "information", "options": options, "hasUniqueValue": f.name == t.unique && f.name != "email",
		"hubspotDefined": true, "hidden": false, "formField": !stamped, "archived": false, "calculated": false,
		"modificationMetadata": map[string]bool{"archivable": true, "readOnlyDefinition": true, "readOnlyValue": stamped},
	}
}

func (s *Server) pipelines(q *call, id, label string, stages [][2]string) answer {
	at := isoTime(time.Date(2025, 2, 3, 9, 0, 0, 0, time.UTC))
	rows := []map[string]any{}
	for i, stage := range stages {
		rows = append(rows, map[string]any{
			"id": stage[0], "label": stage[1], "displayOrder": i, "archived": false, "createdAt": at, "updatedAt": at,
			"metadata": map[string]string{"isClosed": fmt.Sprint(i >= len(stages)-2)},
		})
	}
	return q.json(http.StatusOK, map[string]any{"results": []map[string]any{{
		"id": id, "label": label, "displayOrder": 0, "archived": false, "createdAt": at, "updatedAt": at, "stages": rows,
	}}})
}

func dealLabels() [][2]string {
	labels := []string{"Appointment scheduled", "Qualified to buy", "Presentation scheduled", "Contract sent", "Closed won", "Closed lost"}
	out := make([][2]string, 0, len(labels))
	for i, id := range dealStages() {
		out = append(out, [2]string{id, labels[i]})
	}
	return out
}

func ticketLabels() [][2]string {
	return [][2]string{{"1", "New"}, {"2", "Waiting on contact"}, {"3", "Waiting on us"}, {"4", "Closed"}}
}
