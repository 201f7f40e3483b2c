package api

import (
	"net/http"
	"sync"
	"time"
)

// stopwatch sits below the retry after a refresh and so sees when the last
// request left.
type stopwatch struct {
	base http.RoundTripper
	now  func() time.Time

	mu   sync.Mutex
	sent time.Time // zero when nothing was handed to the network
}

// RoundTrip implements [http.RoundTripper].
func (w *stopwatch) RoundTrip(req *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.sent = w.now()
	w.mu.Unlock()
	return w.base.RoundTrip(req)
}

// elapsed is the time since the last request was sent, 0 when none was.
func (w *stopwatch) elapsed() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sent.IsZero() {
		return 0
	}
	return w.now().Sub(w.sent)
}

// now is the only place of this package that knows the system's clock.
func (r *Runner) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}
