package sandbox

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
)

// serve wraps a handler with what every route shares: the bounded body, faults, the
// request log, and the headers each HubSpot answer carries.
func (s *Server) serve(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q, err := s.open(w, r)
		f := s.faults.take(r.Method, r.URL.Path)
		if !s.pause(r.Context(), f.before()) {
			return
		}
		var a answer
		switch {
		case err != nil:
			a = apiFailure{http: http.StatusRequestEntityTooLarge, message: "request body too large or unreadable"}.answer(q)
		case f.carriesOut():
			a = h(q)
		}
		if err == nil && f.replaces() {
			a = s.faultAnswer(f, q)
		}
		s.log.add(s.record(q, f, a))
		s.send(w, q, f, a)
	})
}

func (s *Server) record(q *call, f *Fault, a answer) Request {
	status := a.status
	if f.is(kindReset) {
		status = 0 // the client sees none
	}
	return Request{
		Time: s.now().UTC(), Endpoint: withoutSecrets(q.r.URL.Path), Method: q.r.Method,
		GrantType: q.grantType, Status: status, HubID: q.hubID,
	}
}

func (s *Server) send(w http.ResponseWriter, q *call, f *Fault, a answer) {
	h := w.Header()
	for key, values := range a.header {
		h[key] = values
	}
	h.Set("Date", s.shown().UTC().Format(http.TimeFormat))
	h.Set("X-HubSpot-Correlation-Id", q.correlation)
	h.Set("X-Content-Type-Options", "nosniff")
	if a.status != http.StatusNoContent {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	switch {
	case f.is(kindReset):
		hangUp(w)
		return
	case f.is(kindTruncate):
		// Less than the announced length: net/http then breaks the connection.
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body[:len(a.body)/2])
		return
	case f.is(kindDrip):
		w.WriteHeader(a.status)
		s.drip(q.r.Context(), w, f, a.body)
		return
	}
	w.WriteHeader(a.status)
	if q.r.Method != http.MethodHead {
		_, _ = bytes.NewReader(a.body).WriteTo(w)
	}
}

// trimSlash makes /crm/v3/owners/ and /crm/v3/owners one route, as on HubSpot.
func trimSlash(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if trimmed := strings.TrimRight(r.URL.Path, "/"); trimmed != "" && trimmed != r.URL.Path {
			u := *r.URL
			u.Path, u.RawPath = trimmed, strings.TrimRight(u.RawPath, "/")
			r2 := r.Clone(r.Context())
			r2.URL = &u
			r = r2
		}
		next.ServeHTTP(w, r)
	})
}
