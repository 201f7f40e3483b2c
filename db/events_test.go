package db

import (
	"context"
	"database/sql"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestEventComesBack(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	want := oauth.Event{
		ID: 1, At: noon().Add(time.Hour), PortalID: 5, Alias: "gone", Kind: oauth.EventCall, Outcome: oauth.OutcomeFailed,
		Class: oauth.ClassRateLimited, Detail: "daily", Actor: "tui 7", Duration: 1500 * time.Microsecond, Status: 429, CorrelationID: "abc",
	}
	must(t, s.Record(ctx, want))
	got, err := s.Events(ctx, oauth.EventFilter{})
	if must(t, err); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v", got)
	}
}

func TestEventIsCompleted(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	must(t, s.Record(ctx, oauth.Event{PortalID: p.ID, Kind: oauth.EventProbed, Class: oauth.ClassForbidden}))
	got, err := s.Events(ctx, oauth.EventFilter{Limit: 1})
	must(t, err)
	if e := got[0]; !e.At.Equal(noon()) || e.Alias != "acme-prod" || e.Outcome != oauth.OutcomeFailed || !strings.HasPrefix(e.Actor, "test ") {
		t.Errorf("%+v", e)
	}
}

func TestEventFilter(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	for i := range 10 {
		must(t, s.Record(ctx, oauth.Event{PortalID: int64(i % 2), Kind: oauth.EventCall}))
	}
	for _, c := range []struct {
		filter oauth.EventFilter
		ids    []int64
	}{
		{oauth.EventFilter{Limit: 3}, []int64{10, 9, 8}},
		{oauth.EventFilter{AfterID: 8}, []int64{10, 9}},
		{oauth.EventFilter{PortalID: 1, Limit: 2}, []int64{10, 8}},
		{oauth.EventFilter{PortalID: 1, AfterID: 8}, []int64{10}},
		{oauth.EventFilter{PortalID: 3}, nil},
		{oauth.EventFilter{AfterID: 3, Limit: 2, Oldest: true}, []int64{5, 4}},
		{oauth.EventFilter{PortalID: 1, AfterID: 3, Limit: 2, Oldest: true}, []int64{6, 4}},
		{oauth.EventFilter{BeforeID: 5, Limit: 2}, []int64{4, 3}},
	} {
		events, err := s.Events(ctx, c.filter)
		must(t, err)
		var ids []int64
		for _, e := range events {
			ids = append(ids, e.ID)
		}
		if !reflect.DeepEqual(ids, c.ids) {
			t.Errorf("%+v: %v", c.filter, ids)
		}
	}
}

func TestOldEventsAreForgotten(t *testing.T) {
	s := newStore(t)
	ctx := context.Background()
	fill := func(n int, at time.Time) {
		must(t, s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
			for range n {
				if err := s.addEvent(ctx, tx, oauth.Event{Kind: oauth.EventCall, At: at}, noon()); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	count := func() (n int) {
		must(t, s.pool.QueryRow(`SELECT count(*) FROM events`).Scan(&n))
		return n
	}
	fill(300, noon().Add(-181*24*time.Hour))
	fill(212, noon()) // the 512th prunes
	if got := count(); got != 212 {
		t.Errorf("%d events are left by age", got)
	}
	// As if 20,000 had followed: the next round number keeps those newest.
	tamper(t, s, `UPDATE sqlite_sequence SET seq = ? WHERE name = 'events'`, 20_400)
	fill(100, noon()) // prunes at 20,480, so that 301 to 480 go
	if got := count(); got != 512-480+100 {
		t.Errorf("%d events are left by number", got)
	}
}

func TestRecordCall(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	for _, call := range []oauth.CallRecord{
		{At: noon(), TTL: 119 * time.Second, Expires: true, At401: noon()},
		{At: noon().Add(time.Minute), TTL: 120 * time.Second, Expires: true},
		{At: noon().Add(-time.Minute), TTL: -time.Second, Expires: true},
		{At: noon(), Expires: false},
	} {
		call.PortalID = p.ID
		must(t, s.RecordCall(ctx, call))
	}
	h := reload(t, s, p.ID).Health
	if h.Calls != 4 || h.CallsUnder120 != 2 || !h.LastUsedAt.Equal(noon().Add(time.Minute)) || !h.Last401At.Equal(noon()) {
		t.Errorf("%+v", h)
	}
	must(t, s.RecordCall(ctx, oauth.CallRecord{PortalID: 77, At: noon()}))
}

func TestRevisionSeesAllWriters(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	other := openStore(t, testOptions(s.Path()))
	stores := []*Store{s, other}
	last := make([]int64, 2)
	look := func() (changed [2]bool) {
		for i, store := range stores {
			got, err := store.Revision(ctx)
			must(t, err)
			changed[i], last[i] = got != last[i], got
		}
		return changed
	}
	look()
	if look() != [2]bool{} {
		t.Error("it changed with nothing written")
	}
	for i, write := range []func() error{
		func() error { return s.SetKeepFresh(ctx, p.ID, true) },
		func() error { return other.SetKeepFresh(ctx, p.ID, false) },
		func() error { return other.Record(ctx, oauth.Event{Kind: oauth.EventCall}) },
	} {
		must(t, write())
		if got := look(); got != [2]bool{true, true} {
			t.Errorf("write %d was seen by %v", i, got)
		}
	}
	if _, err := s.Portals(ctx); err != nil || look() != [2]bool{} {
		t.Error("reading counted as a change")
	}
}
