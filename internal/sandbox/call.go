package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// maxBody bounds what a request may carry, in bytes.
const maxBody = 1 << 20

// call is one request on its way through a handler.
type call struct {
	r           *http.Request
	body        []byte
	query       url.Values
	correlation string
	grantType   string // for the request log
	hubID       int64  // for the request log
}

// handler answers a call. It sees a whole body and returns a whole answer, so that
// faults can be laid over either side.
type handler func(q *call) answer

var errBodyTooLarge = errors.New("sandbox: the request body is larger than 1 MiB")

func (s *Server) open(w http.ResponseWriter, r *http.Request) (*call, error) {
	q := &call{r: r, correlation: s.ids.uuid(), query: r.URL.Query()}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return q, errBodyTooLarge
	}
	q.body = body
	return q, err
}

// form returns the body as form fields. ok is false for any other content type:
// HubSpot's OAuth endpoints read nothing else.
func (q *call) form() (url.Values, bool) {
	kind, _, err := mime.ParseMediaType(q.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return url.Values{}, false
	}
	values, err := url.ParseQuery(string(q.body))
	return values, err == nil
}

func (q *call) decode(into any) error { return json.Unmarshal(q.body, into) }

// base is the sandbox's own address as this client sees it.
func (q *call) base() string { return "http://" + q.r.Host }

// answer is a whole response.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) with(key, value string) answer {
	a.header.Set(key, value)
	return a
}

func newAnswer(status int, contentType string, body []byte) answer {
	h := http.Header{}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	return answer{status: status, header: h, body: body}
}

func (q *call) json(status int, v any) answer {
	body, err := json.Marshal(v)
	if err != nil {
		return newAnswer(http.StatusInternalServerError, "text/plain; charset=utf-8", []byte(err.Error()))
	}
	return newAnswer(status, "application/json;charset=utf-8", body)
}

func (q *call) empty(status int) answer { return newAnswer(status, "", nil) }

func (q *call) redirect(location string) answer {
	return newAnswer(http.StatusFound, "", nil).with("Location", location).
		with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer")
}
