package oauth

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// shelf is the store and the engine of a keeper: it notes who was refreshed and
// when.
type shelf struct {
	began time.Time

	mu      sync.Mutex
	portals map[int64]*Portal
	reads   int
	tries   []tried
	busy    int
	most    int // at the same time
	broken  error
	took    time.Duration
	outcome func(p *Portal) error // nil: a new token
	asked   FreshOptions          // of the last try
}

// tried is one call of Fresh, by the time since the test began.
type tried struct {
	id int64
	at time.Duration
}

func newShelf(portals ...Portal) *shelf {
	s := &shelf{began: time.Now(), portals: map[int64]*Portal{}}
	for i, p := range portals {
		p.ID = int64(i + 1)
		s.portals[p.ID] = &p
	}
	return s
}

// kept is a portal that is kept fresh, with ttl left of half an hour.
func kept(ttl time.Duration) Portal {
	p := storedGrant(ttl).Portal
	p.KeepFresh = true
	return p
}

func (s *shelf) Portals(context.Context) ([]Portal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	var list []Portal
	for _, p := range s.portals {
		list = append(list, *p)
	}
	return list, s.broken
}

func (s *shelf) Fresh(ctx context.Context, id int64, o FreshOptions) (Grant, error) {
	s.enter(id, o)
	err := sleepFor(ctx, s.took)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy--
	p := s.portals[id]
	switch {
	case err != nil:
	case s.outcome != nil:
		err = s.outcome(p)
	default:
		p.Version++
		p.ExpiresAt = time.Now().Add(p.Lifetime)
	}
	return Grant{Portal: *p}, err
}

func (s *shelf) enter(id int64, o FreshOptions) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries = append(s.tries, tried{id, time.Since(s.began)})
	s.busy++
	s.most = max(s.most, s.busy)
	s.asked = o
}

func (s *shelf) change(id int64, f func(p *Portal)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s.portals[id])
}

// want fails unless exactly these were tried.
func (s *shelf) want(t *testing.T, want ...tried) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.tries, want) {
		t.Errorf("tried %v, want %v", s.tries, want)
	}
}

// seen are the tries so far, how many ran at the same time at most, and how many
// still run.
func (s *shelf) seen() (tries []tried, most, busy int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.tries), s.most, s.busy
}

func (s *shelf) wantReads(t *testing.T, want int) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reads != want {
		t.Errorf("the portals were read %d times, want %d", s.reads, want)
	}
}

// clocks are a wall clock that can be set, or sleep, and a monotonic one.
type clocks struct {
	began  time.Time
	offset atomic.Int64
}

func newClocks() *clocks { return &clocks{began: time.Now()} }

func (c *clocks) jump(d time.Duration)   { c.offset.Add(int64(d)) }
func (c *clocks) now() time.Time         { return time.Now().Add(time.Duration(c.offset.Load())) }
func (c *clocks) elapsed() time.Duration { return time.Since(c.began) }

// keep runs a keeper on the shelf until the test, or stop, ends it.
func (s *shelf) keep(t *testing.T, c *clocks, unit float64) (k *Keeper, stop func()) {
	t.Helper()
	k = NewKeeper(KeeperOptions{Portals: s, Now: c.now, Elapsed: c.elapsed, Rand: func() float64 { return unit }})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		k.Run(ctx)
	}()
	stop = func() {
		cancel()
		<-ended
	}
	t.Cleanup(stop)
	return k, stop
}
