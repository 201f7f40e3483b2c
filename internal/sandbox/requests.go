package sandbox

import (
	"strings"
	"sync"
	"time"
)

// maxRequests is how many requests the log remembers; older ones are forgotten.
const maxRequests = 20000

// Request is one line of the request log. It never holds a secret.
type Request struct {
	Seq       int64     `json:"seq"` // grows by one from 1
	Time      time.Time `json:"time"`
	Endpoint  string    `json:"endpoint"` // the path; tokens in it are replaced by {token}
	Method    string    `json:"method"`
	GrantType string    `json:"grant_type,omitempty"`
	Status    int       `json:"status"` // 0: the connection was broken by a fault
	HubID     int64     `json:"hub_id,omitempty"`
}

type requestLog struct {
	mu   sync.Mutex
	last int64
	rows []Request
}

func (l *requestLog) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	r.Seq = l.last
	l.rows = append(l.rows, r)
	if len(l.rows) > maxRequests {
		l.rows = append([]Request{}, l.rows[len(l.rows)-maxRequests/2:]...)
	}
}

// Requests returns what was seen after sequence number since, oldest first, and the
// number to ask with next time. The control endpoints themselves are not in it.
func (s *Server) Requests(since int64) (rows []Request, next int64) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	rows = []Request{}
	for _, r := range s.log.rows {
		if r.Seq > since {
			rows = append(rows, r)
		}
	}
	return rows, s.log.last
}

// withoutSecrets hides the tokens that HubSpot's v1 paths carry.
func withoutSecrets(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		afterToken := i > 0 && (parts[i-1] == "access-tokens" || parts[i-1] == "refresh-tokens")
		if afterToken || strings.Contains(p, marker) || len(p) > 100 {
			parts[i] = "{token}"
		}
	}
	return strings.Join(parts, "/")
}
