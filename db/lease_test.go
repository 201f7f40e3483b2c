package db

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestOnlyOneHoldsTheLease(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	first := acquire(t, s, claim(p, "a"))
	if first.Gen != 1 || first.TookOver || !first.Until.Equal(noon().Add(time.Minute)) {
		t.Errorf("lease %+v", first)
	}
	if _, ok, _ := s.Acquire(ctx, claim(p, "b")); ok {
		t.Fatal("two hold the lease")
	}
	if got := reload(t, s, p.ID).Lease; got.Owner != "a" || got.AttemptID != "attempt-a" || !got.AttemptStartedAt.Equal(noon()) {
		t.Errorf("stored lease %+v", got)
	}
	must(t, s.Release(ctx, first))
	if got := acquire(t, s, claim(p, "b")); got.Gen != 2 || got.TookOver {
		t.Errorf("after a release: %+v", got)
	}
}

func TestAcquireWants(t *testing.T) {
	tests := map[string]struct {
		change func(*oauth.Claim)
		ok     bool
	}{
		"an unlapsed lease is kept":                  {func(c *oauth.Claim) { c.Now = after(59 * time.Second) }, false},
		"a lapsed one is taken":                      {func(c *oauth.Claim) { c.Now = after(60 * time.Second) }, true},
		"a small step back changes not":              {func(c *oauth.Claim) { c.Now = after(-59 * time.Second) }, false},
		"a clock set back frees it":                  {func(c *oauth.Claim) { c.Now = after(-61 * time.Second) }, true},
		"one that was waited for to its end is over": {func(c *oauth.Claim) { c.Outwaited = 1 }, true},
		"one of another generation is not":           {func(c *oauth.Claim) { c.Outwaited = 2 }, false},
		"another version is refused":                 {func(c *oauth.Claim) { c.Version++; c.Now = after(time.Hour) }, false},
		"an unknown portal has no leases":            {func(c *oauth.Claim) { c.PortalID++; c.Now = after(time.Hour) }, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, p := onePortal(t)
			acquire(t, s, claim(p, "a"))
			c := claim(p, "b")
			test.change(&c)
			lease, ok, err := s.Acquire(context.Background(), c)
			if must(t, err); ok != test.ok {
				t.Fatalf("ok = %v", ok)
			}
			if ok && (!lease.TookOver || lease.Gen != 2) {
				t.Errorf("a lapsed lease with an attempt on record was taken over: %+v", lease)
			}
		})
	}
}

// An attempt whose answer was lost is as doubtful as one that was killed.
func TestALostAnswerTaints(t *testing.T) {
	for _, lost := range []bool{false, true} {
		s, p := onePortal(t)
		ok, err := s.Fail(context.Background(), acquire(t, s, claim(p, "a")), oauth.Failure{Class: oauth.ClassTransient, Lost: lost, Now: noon()})
		wantOK(t, true, ok, err)
		if next := acquire(t, s, claim(p, "b")); next.TookOver != lost {
			t.Errorf("lost %v: tainted %v", lost, next.TookOver)
		}
	}
}

// The outcome of an attempt stays unknown until something is known of it.
func TestTaintSurvivesReleaseAndFailure(t *testing.T) {
	ctx := context.Background()
	ends := map[string]func(*Store, oauth.Lease) error{
		"release": func(s *Store, l oauth.Lease) error { return s.Release(ctx, l) },
		"wrong app": func(s *Store, l oauth.Lease) error {
			_, err := s.Refuse(ctx, l, 1, oauth.Refusal{Status: oauth.StatusAppMisconfigured, Now: noon()})
			return err
		},
		"failure": func(s *Store, l oauth.Lease) error {
			_, err := s.Fail(ctx, l, oauth.Failure{Class: oauth.ClassTransient, Now: noon()})
			return err
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			s, p := onePortal(t)
			acquire(t, s, claim(p, "killed"))
			c := claim(p, "b")
			c.Now = after(2 * time.Minute)
			tainted := acquire(t, s, c)
			must(t, end(s, tainted))
			c.Owner, c.AttemptID = "c", "attempt-c"
			if next := acquire(t, s, c); !next.TookOver {
				t.Error("the taint was forgotten")
			}
			ok, err := s.Save(ctx, saveOf(p, "known"))
			if must(t, err); !ok {
				t.Fatal("not saved")
			}
			c.Version = 2
			if next := acquire(t, s, c); next.TookOver {
				t.Error("the taint outlived the answer")
			}
		})
	}
}

// A clock that was read before the transaction could be old by any time when the
// row is written.
func TestTheClockIsReadWhenNobodyElseCanWrite(t *testing.T) {
	s, p := onePortal(t)
	other, err := sql.Open("sqlite", s.Path()) // without a busy timeout
	must(t, err)
	t.Cleanup(func() { _ = other.Close() })
	c := claim(p, "a")
	c.Now = func() time.Time {
		if _, err := other.Exec(`BEGIN IMMEDIATE`); !busy(err) {
			t.Errorf("another writer gets in: %v", err)
		}
		return noon()
	}
	acquire(t, s, c)
}
