package model

import (
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// row is what matters of a stored portal. The zero row is one that is gone.
type row struct {
	Version         int64
	Access, Refresh string
	Status          oauth.Status
	Owner           string
	Gen             int64
	Until           int64 // milliseconds of the wall clock, as all times here
	Attempt         string
	Tainted         bool
	Next            int64
	Fails           int
	Class           oauth.Class
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func rowOf(g oauth.Grant) row {
	p := g.Portal
	return row{
		Version: p.Version, Access: g.Access.Reveal(), Refresh: g.Refresh.Reveal(), Status: p.Status,
		Owner: p.Lease.Owner, Gen: p.Lease.Gen, Until: milliseconds(p.Lease.Until), Attempt: p.Lease.AttemptID, Tainted: p.Lease.TookOver,
		Next: milliseconds(p.NextAttemptAt), Fails: p.FailCount, Class: p.LastFailure,
	}
}

func (r row) exists() bool { return r.Version > 0 }

// The functions below say what each call to the store has to make of a row. They
// are the store's promises over again, in other words than its SQL.

// free tells whether the lease can be taken at now: nobody holds it, its end has
// come by either clock, or that is further than a clock set right could have put it.
func (r row) free(c oauth.Claim, now time.Time) bool {
	until := time.UnixMilli(r.Until)
	outwaited := c.Outwaited != 0 && c.Outwaited == r.Gen
	return r.Owner == "" || outwaited || !now.Truncate(time.Millisecond).Before(until) || until.Sub(now) > 2*c.For
}

// heldBy tells whether the lease is still the one that was acquired.
func (r row) heldBy(lease oauth.Lease) bool {
	return r.exists() && r.Owner != "" && r.Gen == lease.Gen
}

func (r row) acquired(c oauth.Claim, now time.Time) row {
	r.Tainted, r.Attempt = r.Attempt != "", c.AttemptID
	r.Owner, r.Gen, r.Until = c.Owner, r.Gen+1, milliseconds(now.Add(c.For))
	return r
}

func (r row) givenBack(lease oauth.Lease) row {
	if !r.heldBy(lease) {
		return r
	}
	r.Owner, r.Until = "", 0
	if !r.Tainted {
		r.Attempt = ""
	}
	return r
}

func (r row) failed(lease oauth.Lease, f oauth.Failure) row {
	if !r.heldBy(lease) {
		return r
	}
	attempt := r.Attempt
	if r = r.givenBack(lease); f.Lost {
		r.Attempt = attempt
	}
	r.Next, r.Fails, r.Class = milliseconds(f.NextAttemptAt), r.Fails+1, f.Class
	return r
}

func (r row) ended(lease oauth.Lease, version int64, with oauth.Refusal) row {
	if !r.heldBy(lease) || r.Version != version {
		return r
	}
	r = r.givenBack(lease)
	r.Status, r.Class, r.Fails, r.Next = with.Status, with.Event.Class, r.Fails+1, 0
	return r
}

// renewed is a row with new tokens, whoever brings them. The attempt of somebody
// else stays on record: the same refresh token may have been sent twice.
func (r row) renewed(got pair, attempt string) row {
	r.Version++
	r.Access = got.access
	if got.refresh != "" {
		r.Refresh = got.refresh
	}
	r.Status, r.Owner, r.Until, r.Tainted = oauth.StatusActive, "", 0, false
	if r.Attempt == attempt {
		r.Attempt = ""
	}
	r.Next, r.Fails, r.Class = 0, 0, ""
	return r
}
