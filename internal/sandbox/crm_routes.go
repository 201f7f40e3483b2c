package sandbox

import (
	"net/http"
	"strings"
)

// crmRoutes serves every object type under its v3 path and its dated ones.
func (s *Server) crmRoutes(mux *http.ServeMux) {
	for _, t := range s.types {
		roots := []string{"/crm/v3/objects/" + t.name}
		for _, v := range dated() {
			roots = append(roots, "/crm/objects/"+v+"/"+t.name)
		}
		for _, root := range roots {
			s.objectRoutes(mux, root, t)
		}
	}
	s.schemaRoutes(mux)
	s.associationRoutes(mux)
	s.libraryRoutes(mux)
}

func (s *Server) objectRoutes(mux *http.ServeMux, root string, t objectType) {
	mux.Handle("GET "+root, s.guard(t.read, s.typed(t, s.listRecords)))
	mux.Handle("POST "+root, s.guard(t.write, s.typed(t, s.createRecord)))
	mux.Handle("GET "+root+"/{id}", s.guard(t.read, s.typed(t, s.getRecord)))
	mux.Handle("PATCH "+root+"/{id}", s.guard(t.write, s.typed(t, s.updateRecord)))
	mux.Handle("DELETE "+root+"/{id}", s.guard(t.write, s.typed(t, s.archiveRecord)))
	mux.Handle("POST "+root+"/search", s.guardSearch(t.read, s.typed(t, s.searchRecords)))
	mux.Handle("POST "+root+"/batch/read", s.guard(t.read, s.typed(t, s.batchRead)))
	mux.Handle("POST "+root+"/batch/create", s.guard(t.write, s.typed(t, s.batchCreate)))
	mux.Handle("POST "+root+"/batch/update", s.guard(t.write, s.typed(t, s.batchUpdate)))
	mux.Handle("POST "+root+"/batch/archive", s.guard(t.write, s.typed(t, s.batchArchive)))
}

// typedHandler works on one object type in one account's data.
type typedHandler func(q *call, t objectType, c *crmStore) answer

func (s *Server) typed(t objectType, h typedHandler) apiHandler {
	return func(q *call, who caller) answer { return h(q, t, s.records(who.account)) }
}

// askedProperties reads ?properties=a,b and its repeated form.
func askedProperties(q *call) []string {
	var out []string
	for _, v := range q.query["properties"] {
		for _, name := range strings.Split(v, ",") {
			if name = strings.TrimSpace(name); name != "" {
				out = append(out, name)
			}
		}
	}
	return out
}
