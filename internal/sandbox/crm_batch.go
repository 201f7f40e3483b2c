package sandbox

import (
	"fmt"
	"net/http"
	"time"
)

// batchBody is what the batch endpoints take.
type batchBody struct {
	Properties []string `json:"properties"`
	IDProperty string   `json:"idProperty"`
	Inputs     []struct {
		ID         string         `json:"id"`
		IDProperty string         `json:"idProperty"`
		Properties map[string]any `json:"properties"`
	} `json:"inputs"`
}

// batch collects the parts of a batch answer: 200 or 201 if all went well, else 207.
type batch struct {
	started time.Time
	results []map[string]any
	errors  []map[string]any
}

func (s *Server) openBatch(q *call) (batchBody, *batch, *apiFailure) {
	var in batchBody
	if err := q.decode(&in); err != nil {
		f := badJSON(err)
		return in, nil, &f
	}
	if len(in.Inputs) == 0 || len(in.Inputs) > maxBatch {
		f := invalid(fmt.Sprintf("A batch holds 1 to %d inputs, this one %d.", maxBatch, len(in.Inputs)), map[string]any{"message": "wrong size", "in": "inputs"})
		return in, nil, &f
	}
	return in, &batch{started: s.shown(), results: []map[string]any{}}, nil
}

func (b *batch) fail(f *apiFailure, id string) {
	b.errors = append(b.errors, map[string]any{
		"status": "error", "category": f.category, "message": f.message, "context": map[string][]string{"ids": {id}},
	})
}

func (b *batch) answer(q *call, status int, now time.Time) answer {
	body := map[string]any{
		"status": "COMPLETE", "results": b.results, "startedAt": isoTime(b.started), "completedAt": isoTime(now),
	}
	if len(b.errors) > 0 {
		status = http.StatusMultiStatus
		body["numErrors"], body["errors"] = len(b.errors), b.errors
	}
	return q.json(status, body)
}

func (s *Server) batchRead(q *call, t objectType, c *crmStore) answer {
	in, b, failure := s.openBatch(q)
	if failure != nil {
		return failure.answer(q)
	}
	property, failure := idProperty(t, in.IDProperty)
	if failure != nil {
		return failure.answer(q)
	}
	missing := notFoundObject()
	for _, one := range in.Inputs {
		if r := c.find(t, property, one.ID); r != nil {
			b.results = append(b.results, t.view(r, in.Properties))
		} else {
			b.fail(&missing, one.ID)
		}
	}
	return b.answer(q, http.StatusOK, s.shown())
}

func (s *Server) batchCreate(q *call, t objectType, c *crmStore) answer {
	in, b, failure := s.openBatch(q)
	if failure != nil {
		return failure.answer(q)
	}
	for i, one := range in.Inputs {
		if r, failure := s.create(t, c, one.Properties); failure != nil {
			b.fail(failure, fmt.Sprint(i))
		} else {
			b.results = append(b.results, t.view(r, nil))
		}
	}
	return b.answer(q, http.StatusCreated, s.shown())
}

func (s *Server) batchUpdate(q *call, t objectType, c *crmStore) answer {
	in, b, failure := s.openBatch(q)
	if failure != nil {
		return failure.answer(q)
	}
	for _, one := range in.Inputs {
		property, failure := idProperty(t, one.IDProperty)
		if failure == nil {
			var r *record
			if r, failure = s.update(t, c, property, one.ID, one.Properties); failure == nil {
				b.results = append(b.results, t.view(r, nil))
			}
		}
		if failure != nil {
			b.fail(failure, one.ID)
		}
	}
	return b.answer(q, http.StatusOK, s.shown())
}

func (s *Server) batchArchive(q *call, t objectType, c *crmStore) answer {
	in, _, failure := s.openBatch(q)
	if failure != nil {
		return failure.answer(q)
	}
	for _, one := range in.Inputs {
		c.archive(t, one.ID, s.shown())
	}
	return q.empty(http.StatusNoContent)
}
