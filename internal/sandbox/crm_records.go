package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

const (
	defaultPage = 10
	maxPage     = 100
	maxSearch   = 200
	maxBatch    = 100
)

func (s *Server) listRecords(q *call, t objectType, c *crmStore) answer {
	limit, failure := pageSize(q.query.Get("limit"), maxPage)
	if failure != nil {
		return failure.answer(q)
	}
	after, failure := cursor(q.query.Get("after"))
	if failure != nil {
		return failure.answer(q)
	}
	body := map[string]any{}
	results := []map[string]any{}
	// The cursor is the id of the next record, so that a page survives writes before it.
	for _, r := range c.all(t, q.query.Get("archived") == "true") {
		if r.id < after {
			continue
		}
		if len(results) == limit {
			body["paging"] = nextPage(q, strconv.FormatInt(r.id, 10))
			break
		}
		results = append(results, t.view(r, askedProperties(q)))
	}
	body["results"] = results
	return q.json(http.StatusOK, body)
}

func pageSize(raw string, most int) (int, *apiFailure) {
	if raw == "" {
		return defaultPage, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 1 || n > most {
		f := invalid(fmt.Sprintf("Invalid value for limit: %q. It must be a whole number from 1 to %d.", raw, most),
			map[string]any{"message": "limit is out of range", "in": "limit", "code": "INVALID_INTEGER"})
		return 0, &f
	}
	return n, nil
}

func cursor(raw string) (int64, *apiFailure) {
	if raw == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n < 0 {
		f := invalid("The after cursor is not one that was given out.", map[string]any{"message": "not a cursor", "in": "after"})
		return 0, &f
	}
	return n, nil
}

func nextPage(q *call, after string) map[string]any {
	v := url.Values{}
	for key, values := range q.query {
		v[key] = values
	}
	v.Set("after", after)
	return map[string]any{"next": map[string]string{"after": after, "link": q.base() + q.r.URL.Path + "?" + v.Encode()}}
}

func (s *Server) getRecord(q *call, t objectType, c *crmStore) answer {
	property, failure := idProperty(t, q.query.Get("idProperty"))
	if failure != nil {
		return failure.answer(q)
	}
	r := c.find(t, property, q.r.PathValue("id"))
	if r == nil {
		return notFoundObject().answer(q)
	}
	return q.json(http.StatusOK, t.view(r, askedProperties(q)))
}

// idProperty is what an id stands for: the record's own, or its unique property.
func idProperty(t objectType, name string) (string, *apiFailure) {
	if name == "" || name == "hs_object_id" || (name == t.unique && name != "") {
		return name, nil
	}
	f := invalid(fmt.Sprintf("Property %q is not a unique identifier of %s.", name, t.name), map[string]any{"message": "not unique", "in": "idProperty"})
	return "", &f
}

// writeBody is what create and update take.
type writeBody struct {
	Properties   map[string]any `json:"properties"`
	Associations []any          `json:"associations"`
}

func (s *Server) createRecord(q *call, t objectType, c *crmStore) answer {
	var in writeBody
	if err := q.decode(&in); err != nil {
		return badJSON(err).answer(q)
	}
	r, failure := s.create(t, c, in.Properties)
	if failure != nil {
		return failure.answer(q)
	}
	return q.json(http.StatusCreated, t.view(r, nil))
}

func (s *Server) create(t objectType, c *crmStore, raw map[string]any) (*record, *apiFailure) {
	props, failure := t.accept(raw)
	if failure != nil {
		return nil, failure
	}
	r, twin := c.create(t, props, s.shown())
	if r == nil {
		return nil, exists(t, twin)
	}
	return r, nil
}

func exists(t objectType, twin int64) *apiFailure {
	f := conflict(fmt.Sprintf("%s already exists. Existing ID: %d", t.singular, twin))
	return &f
}

func (s *Server) updateRecord(q *call, t objectType, c *crmStore) answer {
	property, failure := idProperty(t, q.query.Get("idProperty"))
	if failure != nil {
		return failure.answer(q)
	}
	var in writeBody
	if err := q.decode(&in); err != nil {
		return badJSON(err).answer(q)
	}
	r, failure := s.update(t, c, property, q.r.PathValue("id"), in.Properties)
	if failure != nil {
		return failure.answer(q)
	}
	return q.json(http.StatusOK, t.view(r, nil))
}

func (s *Server) update(t objectType, c *crmStore, property, id string, raw map[string]any) (*record, *apiFailure) {
	props, failure := t.accept(raw)
	if failure != nil {
		return nil, failure
	}
	r, twin := c.update(t, property, id, props, s.shown())
	switch {
	case twin != 0:
		return nil, exists(t, twin)
	case r == nil:
		f := notFoundObject()
		return nil, &f
	}
	return r, nil
}

func (s *Server) archiveRecord(q *call, t objectType, c *crmStore) answer {
	c.archive(t, q.r.PathValue("id"), s.shown())
	return q.empty(http.StatusNoContent)
}

func badJSON(err error) apiFailure {
	return invalid("Invalid input JSON: " + err.Error())
}
