package oauth

import (
	"context"
	"slices"
	"sync"
	"time"
)

// leaseStore is a Store in memory with the guards of a real one: a save needs
// the version, bad news needs the lease.
type leaseStore struct {
	mu     sync.Mutex
	grants map[int64]*Grant
	events []Event
	calls  []CallRecord

	reads, acquires, saves, writes int

	// Seams for trouble; nil does nothing. They run outside the lock.
	onProbe   func() error
	onAcquire func(Claim)
	onSave    func() error
	onRecord  func(Event)
	onRefuse  func()
}

func newLeaseStore(grants ...Grant) *leaseStore {
	s := &leaseStore{grants: map[int64]*Grant{}}
	for _, g := range grants {
		s.grants[g.Portal.ID] = &g
	}
	return s
}

func (s *leaseStore) Grant(ctx context.Context, id int64) (Grant, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	if err := ctx.Err(); err != nil {
		return Grant{}, &Error{Class: ClassStore, Message: "interrupted", Err: err}
	}
	g, ok := s.grants[id]
	if !ok {
		return Grant{}, &Error{Class: ClassNotFound, Message: "no such portal"}
	}
	return *g, nil
}

func (s *leaseStore) Probe(context.Context) error {
	if s.onProbe != nil {
		return s.onProbe()
	}
	return nil
}

func (s *leaseStore) Acquire(_ context.Context, c Claim) (Lease, bool, error) {
	lease, ok := s.acquire(c)
	if ok && s.onAcquire != nil {
		s.onAcquire(c)
	}
	return lease, ok, nil
}

func (s *leaseStore) acquire(c Claim) (Lease, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.grants[c.PortalID]
	if !ok || g.Portal.Version != c.Version {
		return Lease{}, false
	}
	old, now := g.Portal.Lease, c.Now()
	if old.Owner != "" && now.Before(old.Until) && !old.Until.After(now.Add(2*c.For)) && old.Gen != c.Outwaited {
		return Lease{}, false
	}
	s.acquires++
	s.writes++
	g.Portal.Lease = Lease{
		PortalID: c.PortalID, Owner: c.Owner, Gen: old.Gen + 1, Until: now.Add(c.For).Round(0),
		AttemptID: c.AttemptID, AttemptStartedAt: now, TookOver: old.AttemptID != "",
	}
	return g.Portal.Lease, true
}

// givenBack is a lease nobody holds. A taint it was taken with stays on record:
// the outcome of that other attempt is as unknown as before.
func givenBack(lease Lease, lost bool) Lease {
	free := Lease{Gen: lease.Gen}
	if lease.TookOver || lost {
		free.AttemptID = lease.AttemptID
	}
	return free
}

// held returns the row if the lease is still the one that was acquired.
func (s *leaseStore) held(lease Lease) (*Grant, bool) {
	g, ok := s.grants[lease.PortalID]
	return g, ok && g.Portal.Lease.Gen == lease.Gen && g.Portal.Lease.Owner != ""
}

func (s *leaseStore) Release(_ context.Context, lease Lease) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g, ok := s.held(lease); ok {
		s.writes++
		g.Portal.Lease = givenBack(g.Portal.Lease, false)
	}
	return nil
}

func (s *leaseStore) Save(_ context.Context, save Save) (bool, error) {
	if s.onSave != nil {
		if err := s.onSave(); err != nil {
			return false, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.grants[save.PortalID]
	if !ok || g.Portal.Version != save.Version {
		return false, nil
	}
	s.saves++
	s.writes++
	g.Access = save.Token.Access
	if !save.Token.Refresh.Empty() {
		g.Refresh = save.Token.Refresh
	}
	p := &g.Portal
	p.Version, p.ExpiresAt, p.Lifetime, p.TokenAt = p.Version+1, save.Token.ExpiresAt, save.Token.Lifetime, save.Now
	p.Status, p.StatusReason, p.Lease = StatusActive, "", Lease{Gen: p.Lease.Gen}
	p.NextAttemptAt, p.FailCount, p.LastFailure = time.Time{}, 0, ""
	s.events = append(s.events, save.Event)
	return true, nil
}

func (s *leaseStore) Refuse(_ context.Context, lease Lease, version int64, r Refusal) (bool, error) {
	if s.onRefuse != nil {
		s.onRefuse()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.held(lease)
	if !ok || g.Portal.Version != version {
		return false, nil
	}
	s.writes++
	g.Portal.Status, g.Portal.StatusReason, g.Portal.StatusSince = r.Status, r.Reason, r.Now
	g.Portal.Lease = givenBack(g.Portal.Lease, false)
	s.events = append(s.events, r.Event)
	return true, nil
}

func (s *leaseStore) Restore(_ context.Context, id, version int64, now time.Time, e Event) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.grants[id]
	if !ok || g.Portal.Version != version || g.Portal.Kind == KindOAuth || g.Portal.Status != StatusReconnectRequired {
		return false, nil
	}
	s.writes++
	g.Portal.Status, g.Portal.StatusReason, g.Portal.StatusSince = StatusActive, "", now
	s.events = append(s.events, e)
	return true, nil
}

func (s *leaseStore) Fail(_ context.Context, lease Lease, f Failure) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.held(lease)
	if !ok {
		return false, nil
	}
	s.writes++
	p := &g.Portal
	p.NextAttemptAt, p.LastFailure, p.Health.LastFailureAt, p.Lease = f.NextAttemptAt, f.Class, f.Now, givenBack(p.Lease, f.Lost)
	p.FailCount++
	for _, other := range s.grants {
		if other.App.ID == g.App.ID && f.Pause.Until.After(other.App.Pause.Until) {
			other.App.Pause, other.Portal.AppPausedUntil = f.Pause, f.Pause.Until
		}
	}
	s.events = append(s.events, f.Event)
	return true, nil
}

func (s *leaseStore) Record(_ context.Context, e Event) error {
	if s.onRecord != nil {
		s.onRecord(e)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	s.events = append(s.events, e)
	return nil
}

func (s *leaseStore) RecordCall(_ context.Context, c CallRecord) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	if g, ok := s.grants[c.PortalID]; ok && c.At401.After(g.Portal.Health.Last401At) {
		g.Portal.Health.Last401At = c.At401
	}
	return nil
}

// change edits a stored grant, as another process would.
func (s *leaseStore) change(id int64, edit func(*Grant)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	edit(s.grants[id])
}

func (s *leaseStore) portal(id int64) Portal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grants[id].Portal
}

// kinds lists the events in order.
func (s *leaseStore) kinds() []EventKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	var kinds []EventKind
	for _, e := range s.events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func (s *leaseStore) happened(kind EventKind) bool { return slices.Contains(s.kinds(), kind) }

func (s *leaseStore) figures() (reads, acquires, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reads, s.acquires, s.writes
}
