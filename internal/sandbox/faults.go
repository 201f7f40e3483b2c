package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

// The ways a fault can spoil an answer; a Fault without a kind gives its status and body.
const (
	kindReset      = "reset"       // the connection breaks, no answer
	kindDrip       = "drip"        // the answer comes one byte at a time, DelayMS apart
	kindTruncate   = "truncate"    // half of the answer, then the connection breaks
	kindHTML       = "html"        // a page where JSON belongs
	kindHuge       = "huge"        // ten MiB of JSON
	kindGzipBomb   = "gzip_bomb"   // a small body that unpacks to 32 MiB
	kindRedirect   = "redirect"    // 307 to Body, or to a path of the sandbox that shows in the log
	kindWrongTypes = "wrong_types" // JSON with numbers where texts belong and the other way round
	kindRateLimit  = "rate_limit"  // 429; Body may name the policy, such as DAILY
)

const (
	maxFaultDelay = 5 * time.Minute
	dripEvery     = 100 * time.Millisecond
)

// Fault makes a route misbehave.
type Fault struct {
	// Route is "*", a path with everything below it ("/crm/objects/2026-09/contacts"; a
	// star stands for one part; one that ends in /token is that endpoint alone), or the
	// first or last part of a path ("token", "introspect", "crm"). A method may stand
	// in front: "GET /crm/owners".
	Route   string
	Times   int    // how often; 0 means once, -1 until ClearFaults
	Status  int    // HTTP status; 0 is the kind's own
	DelayMS int    // milliseconds before the request is looked at; between bytes for drip
	Body    string // answer body, or what the kind says
	Kind    string // one of the words above, or empty
	// RetryAfter is sent as it is, one header for each: seconds, an HTTP date, or
	// what no server should send.
	RetryAfter []string
	// After carries the request out first and then loses or spoils the answer.
	After bool
}

// faultJSON is the control endpoint's form of a Fault: body and retry_after may be any
// JSON value, and retry_after an array of them.
type faultJSON struct {
	Route      string          `json:"route"`
	Times      int             `json:"times"`
	Status     int             `json:"status"`
	DelayMS    int             `json:"delay_ms"`
	Body       json.RawMessage `json:"body"`
	Kind       string          `json:"kind"`
	RetryAfter json.RawMessage `json:"retry_after"`
	After      bool            `json:"after"`
}

func (j faultJSON) fault() Fault {
	return Fault{
		Route: j.Route, Times: j.Times, Status: j.Status, DelayMS: j.DelayMS,
		Body: plain(j.Body), Kind: j.Kind, RetryAfter: headers(j.RetryAfter), After: j.After,
	}
}

// headers are the values of an array, or the one value there is.
func headers(raw json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var out []string
	for _, value := range list {
		if text := plain(value); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// plain is the text of a JSON string, or any other JSON value as it stands.
func plain(raw json.RawMessage) string {
	var text string
	if len(raw) == 0 || string(raw) == "null" || json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}

func (f *Fault) check() error {
	switch f.Kind {
	case "", kindReset, kindDrip, kindTruncate, kindHTML, kindHuge, kindGzipBomb, kindRedirect, kindWrongTypes, kindRateLimit:
	default:
		return fmt.Errorf("sandbox: unknown fault kind %q; choose reset, drip, truncate, html, huge, gzip_bomb, redirect, wrong_types or rate_limit", f.Kind)
	}
	if f.Route == "" {
		return fmt.Errorf("sandbox: a fault needs a route, such as token, /crm/owners or *")
	}
	if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
		return fmt.Errorf("sandbox: fault status %d; choose 200 to 599", f.Status)
	}
	if d := time.Duration(f.DelayMS) * time.Millisecond; d < 0 || d > maxFaultDelay {
		return fmt.Errorf("sandbox: fault delay %d ms; choose 0 to %d", f.DelayMS, maxFaultDelay/time.Millisecond)
	}
	return nil
}

// is tells the kind; a nil fault has none.
func (f *Fault) is(kind string) bool { return f != nil && f.Kind == kind }

// before is the wait before the request is looked at.
func (f *Fault) before() time.Duration {
	if f == nil || f.Kind == kindDrip {
		return 0
	}
	return time.Duration(f.DelayMS) * time.Millisecond
}

// carriesOut reports whether the handler runs at all.
func (f *Fault) carriesOut() bool { return f == nil || f.After || !f.replaces() }

// replaces reports whether the fault has an answer of its own.
func (f *Fault) replaces() bool {
	if f == nil {
		return false
	}
	spoilsReal := f.Kind == "" || f.Kind == kindDrip || f.Kind == kindTruncate
	return !spoilsReal || f.Status != 0 || f.Body != ""
}

type faultList struct {
	mu   sync.Mutex
	list []*Fault
}

// take returns the first fault for a request and counts it down; nil when none fits.
func (l *faultList) take(method, path string) *Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, f := range l.list {
		if !f.fits(method, path) {
			continue
		}
		hit := *f
		if f.Times > 0 {
			f.Times--
			if f.Times == 0 {
				l.list = append(l.list[:i:i], l.list[i+1:]...)
			}
		}
		return &hit
	}
	return nil
}

func (f *Fault) fits(method, path string) bool {
	route := f.Route
	if m, rest, found := strings.Cut(route, " "); found {
		if m != method {
			return false
		}
		route = rest
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if !strings.HasPrefix(route, "/") {
		return route == "*" || route == parts[0] || route == parts[len(parts)-1]
	}
	want := strings.Split(strings.Trim(route, "/"), "/")
	if len(want) > len(parts) || (want[len(want)-1] == "token" && len(want) != len(parts)) {
		return false
	}
	for i, w := range want {
		if w != "*" && w != "" && w != parts[i] {
			return false
		}
	}
	return true
}

// AddFault makes a route misbehave; faults are tried in the order they were added.
func (s *Server) AddFault(f Fault) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
	return nil
}

// FaultsLeft counts the faults that wait for a request. One that has struck its last time
// is gone, even while the request is still delayed by it.
func (s *Server) FaultsLeft() int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return len(s.faults.list)
}

// ClearFaults makes every route behave again.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
}
