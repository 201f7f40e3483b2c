package sandbox

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	limitWindow  = 10 * time.Second
	oauthLimit   = 110
	staticLimit  = 100
	staticDaily  = 250000
	searchLimit  = 5
	searchWindow = time.Second
)

// limiter counts calls in rolling windows, per account and credential.
type limiter struct {
	mu       sync.Mutex
	override int // calls per 10 s; 0 HubSpot's own, below 0 none
	recent   map[limitKey][]time.Time
	today    map[int64]int // calls of static tokens by account
}

type limitKey struct {
	hubID  int64
	client string // client id, or the static token
	search bool
}

func newLimiter(override int) *limiter {
	return &limiter{override: override, recent: map[limitKey][]time.Time{}, today: map[int64]int{}}
}

// verdict is what the limiter says about one call.
type verdict struct {
	exceeded  string // policy name, empty when the call may pass
	max       int
	remaining int
	static    bool
	daily     int
	search    bool
	off       bool
}

func (l *limiter) take(who caller, search bool, now time.Time) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := verdict{static: who.token.static, search: search, max: oauthLimit, off: l.override < 0}
	if v.off {
		return v
	}
	key := limitKey{hubID: who.account.hubID, search: search}
	window, policy := limitWindow, "TEN_SECONDLY_ROLLING"
	switch {
	case search: // one limit for the account, whoever calls
		v.max, window, policy = searchLimit, searchWindow, "SECONDLY"
	case v.static:
		v.max, key.client = staticLimit, who.token.value
	default:
		key.client = who.token.app.clientID
	}
	if l.override > 0 && !search {
		v.max = l.override
	}
	if v.static {
		l.today[key.hubID]++
		v.daily = staticDaily - l.today[key.hubID]
	}
	recent := since(l.recent[key], now.Add(-window))
	if len(recent) >= v.max {
		l.recent[key] = recent
		v.exceeded = policy
		return v
	}
	l.recent[key] = append(recent, now)
	v.remaining = v.max - len(recent) - 1
	return v
}

func (l *limiter) usedToday(hubID int64) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.today[hubID]
}

// since drops the times at or before start; the list is in order.
func since(times []time.Time, start time.Time) []time.Time {
	for i, t := range times {
		if t.After(start) {
			return times[i:]
		}
	}
	return nil
}

// dress puts the limit's headers on an answer. Search answers carry none.
func (v verdict) dress(a answer) answer {
	if v.search || v.off {
		return a
	}
	set := func(name string, n int) { a.header.Set("X-HubSpot-RateLimit-"+name, strconv.Itoa(n)) }
	set("Interval-Milliseconds", int(limitWindow/time.Millisecond))
	set("Max", v.max)
	set("Remaining", v.remaining)
	if v.static {
		set("Daily", staticDaily)
		set("Daily-Remaining", v.daily)
	}
	return a
}

// tooMany is the 429 body: it has no category, unlike every other refusal.
func tooMany(q *call, v verdict) answer {
	message := "You have reached your ten_secondly_rolling limit."
	if v.search {
		message = "You have reached your secondly limit."
	}
	return rateLimited(q, message, v.exceeded)
}

func rateLimited(q *call, message, policy string) answer {
	return q.json(http.StatusTooManyRequests, map[string]any{
		"status": "error", "message": message, "errorType": "RATE_LIMIT",
		"correlationId": q.correlation, "policyName": policy,
	})
}
