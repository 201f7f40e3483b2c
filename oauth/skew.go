package oauth

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// SkewLimit is how far the local clock may be off before it is worth telling.
const SkewLimit = 30 * time.Second

// SkewMeter compares the local clock with the Date of the server's answers. The
// zero meter is ready; a nil one measures nothing. It is safe for concurrent use.
type SkewMeter struct {
	mu    sync.Mutex
	skew  time.Duration
	known bool
	told  bool // what Crossed reported last
}

// Observe takes one answer's headers and the local times around the request.
// Date has whole seconds only, so the middle of that second is compared with the
// middle of the request.
func (m *SkewMeter) Observe(h http.Header, sent, received time.Time) {
	if m == nil {
		return
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	local := sent.Add(received.Sub(sent) / 2)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.skew, m.known = local.Sub(date.Add(time.Second/2)).Round(time.Second), true
}

// Skew is how far the local clock is ahead of the server's (negative: behind),
// in whole seconds; 0 when that is within [SkewLimit] or not known.
func (m *SkewMeter) Skew() time.Duration {
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.worthTelling()
}

// Crossed returns the skew, and true when it went beyond the limit or came back
// since the last call, so that the change is recorded once.
func (m *SkewMeter) Crossed() (time.Duration, bool) {
	if m == nil {
		return 0, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	skew := m.worthTelling()
	changed := m.told != (skew != 0)
	m.told = skew != 0
	return skew, changed
}

func (m *SkewMeter) worthTelling() time.Duration {
	if !m.known || m.skew.Abs() <= SkewLimit {
		return 0
	}
	return m.skew
}

// SkewSentence says how far the local clock is from the server's, for a skew as
// [SkewMeter.Skew] gives it.
func SkewSentence(skew time.Duration) string {
	switch {
	case skew > 0:
		return fmt.Sprintf("This computer's clock is %s ahead of the server's.", skew)
	case skew < 0:
		return fmt.Sprintf("This computer's clock is %s behind the server's.", -skew)
	}
	return clockAgrees
}

// Skew is how far the local clock is ahead of the server's; see
// [SkewMeter.Skew]. It is 0 for a Client without a Meter.
func (c *Client) Skew() time.Duration { return c.Meter.Skew() }
