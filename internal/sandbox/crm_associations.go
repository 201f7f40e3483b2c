package sandbox

import (
	"net/http"
	"strconv"
)

// associationRoutes serves what links contacts and companies: the one pair the sample calls use.
func (s *Server) associationRoutes(mux *http.ServeMux) {
	rule := anyOf("crm.objects.contacts.read", "crm.objects.companies.read")
	roots := []string{"/crm/v4/associations"}
	for _, v := range dated() {
		roots = append(roots, "/crm/associations/"+v)
	}
	for _, root := range roots {
		for _, pair := range [][2]string{{"contacts", "companies"}, {"companies", "contacts"}} {
			path := root + "/" + pair[0] + "/" + pair[1]
			mux.Handle("POST "+path+"/batch/read", s.guard(rule, s.linked(pair[0])))
			mux.Handle("GET "+path+"/labels", s.guard(rule, labels(pair[0])))
		}
	}
}

// linkType is HubSpot's number for the primary link in each direction.
func linkType(from string) int {
	if from == "contacts" {
		return 1
	}
	return 2
}

// linked reads the property that names a contact's primary company, from either end.
func (s *Server) linked(from string) apiHandler {
	return func(q *call, who caller) answer {
		in, b, failure := s.openBatch(q)
		if failure != nil {
			return failure.answer(q)
		}
		c := s.records(who.account)
		missing := notFoundObject()
		for _, one := range in.Inputs {
			ids := c.links(s.types, from, one.ID)
			if len(ids) == 0 {
				b.fail(&missing, one.ID)
				continue
			}
			to := []map[string]any{}
			for _, id := range ids {
				to = append(to, map[string]any{"toObjectId": id, "associationTypes": []map[string]any{
					{"category": "HUBSPOT_DEFINED", "typeId": linkType(from), "label": "Primary"},
				}})
			}
			b.results = append(b.results, map[string]any{"from": map[string]string{"id": one.ID}, "to": to})
		}
		return b.answer(q, http.StatusOK, s.shown())
	}
}

func (c *crmStore) links(types []objectType, from, id string) []int64 {
	var out []int64
	for _, t := range types {
		if t.name != "contacts" {
			continue
		}
		for _, r := range c.all(t, false) {
			company := r.props["associatedcompanyid"]
			if from == "companies" && company == id {
				out = append(out, r.id)
			}
			if n, err := strconv.ParseInt(company, 10, 64); from == "contacts" && err == nil && strconv.FormatInt(r.id, 10) == id {
				out = append(out, n)
			}
		}
	}
	return out
}

func labels(from string) apiHandler {
	return func(q *call, _ caller) answer {
		return q.json(http.StatusOK, map[string]any{"results": []map[string]any{
			{"category": "HUBSPOT_DEFINED", "typeId": linkType(from), "label": "Primary"},
			{"category": "HUBSPOT_DEFINED", "typeId": 278 + linkType(from), "label": nil},
			{"category": "USER_DEFINED", "typeId": 36, "label": "Billing contact"},
		}})
	}
}
