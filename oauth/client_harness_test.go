package oauth

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
)

// seen is one request as a server got it.
type seen struct {
	method, path, escaped, query string
	header                       http.Header
	form                         url.Values
}

// recorder is a server that remembers its requests and gives one answer.
type recorder struct {
	*httptest.Server
	mu       sync.Mutex
	requests []seen
	answer   http.HandlerFunc
}

func newRecorder(t *testing.T, answer http.HandlerFunc) *recorder {
	t.Helper()
	r := &recorder{answer: answer}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s := seen{method: req.Method, path: req.URL.Path, escaped: req.URL.EscapedPath(), query: req.URL.RawQuery, header: req.Header}
		_ = req.ParseForm()
		s.form = req.PostForm
		r.mu.Lock()
		r.requests = append(r.requests, s)
		r.mu.Unlock()
		r.answer(w, req)
	}))
	t.Cleanup(r.Close)
	return r
}

// only returns the one request there was.
func (r *recorder) only(t *testing.T) seen {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.requests) != 1 {
		t.Fatalf("%d requests, want 1", len(r.requests))
	}
	return r.requests[0]
}

func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.requests)
}

func (r *recorder) app(version APIVersion) App {
	return App{
		Name: "acme", ClientID: "client-1", ClientSecret: NewSecret("hstermtestsecret-client"),
		APIURL: r.URL, APIVersion: version,
	}
}

// client returns a client whose connections end with the test.
func newTestClient(t *testing.T) *Client {
	t.Helper()
	c := &Client{UserAgent: "hsterm/test"}
	t.Cleanup(func() { c.http().CloseIdleConnections() })
	return c
}

func jsonAnswer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json;charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

const goodToken = `{"token_type":"bearer","access_token":"hstermtestsecret-access","refresh_token":"hstermtestsecret-refresh","expires_in":1800,"hub_id":7}`
