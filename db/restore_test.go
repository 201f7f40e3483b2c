package db

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// take removes a portal and keeps it.
func take(t *testing.T, s *Store, id int64) Removed {
	t.Helper()
	r, err := s.TakePortal(context.Background(), id, oauth.Event{Kind: oauth.EventDisconnected, Outcome: oauth.OutcomeOK})
	must(t, err)
	_, err = s.Portal(context.Background(), id)
	wantClass(t, err, oauth.ClassNotFound)
	return r
}

func TestRemovedPortalComesBackWhole(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	must(t, s.SetKeepFresh(ctx, p.ID, true))
	must(t, s.SetProtected(ctx, p.ID, true))
	must(t, s.RecordCall(ctx, oauth.CallRecord{PortalID: p.ID, At: noon(), TTL: time.Minute, Expires: true, Status: 200}))
	_, err := s.pool.ExecContext(ctx, `INSERT INTO writes (portal_id, fingerprint, method, path, started_at, outcome) VALUES (?, x'01', 'POST', '/a', 1, 'unknown')`, p.ID)
	must(t, err)
	before := reload(t, s, p.ID)
	got, err := s.RestorePortal(ctx, take(t, s, p.ID))
	must(t, err)
	if got.ID != p.ID || got.Alias != p.Alias || got.Version != before.Version+1 || !got.KeepFresh || !got.Protected ||
		got.Health != before.Health || got.User != before.User || !got.ExpiresAt.Equal(before.ExpiresAt) {
		t.Errorf("got  %+v\nwant %+v", got, before)
	}
	g := grantOf(t, s, p.ID)
	if g.Access.Reveal() != marker+"-access-acme-prod" || g.Refresh.Reveal() != marker+"-refresh-acme-prod" {
		t.Error("the tokens did not come back")
	}
	var doubts int
	must(t, s.pool.QueryRowContext(ctx, `SELECT count(*) FROM writes WHERE portal_id = ? AND outcome = 'unknown'`, p.ID).Scan(&doubts))
	if doubts != 1 {
		t.Error("a write whose outcome is unknown is forgotten")
	}
	must(t, s.checkSentinel(ctx, s.sealer.Load()))
}

// TestLateSaveAfterTheReturn: a refresh from before the removal changes nothing.
func TestLateSaveAfterTheReturn(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	acquire(t, s, claim(p, "slow"))
	r := take(t, s, p.ID)
	saved, err := s.Save(ctx, saveOf(p, "late"))
	if must(t, err); saved {
		t.Error("a removed portal was saved")
	}
	_, err = s.RestorePortal(ctx, r)
	must(t, err)
	saved, err = s.Save(ctx, saveOf(p, "late"))
	if must(t, err); saved || grantOf(t, s, p.ID).Access.Reveal() != marker+"-access-acme-prod" {
		t.Error("a save from before the removal went over the portal that came back")
	}
	back := reload(t, s, p.ID)
	c := claim(back, "next")
	c.Now = after(2 * time.Minute)
	if lease := acquire(t, s, c); !lease.TookOver {
		t.Error("the attempt that was under way is forgotten")
	}
}

func TestPortalThatCannotComeBackAsItWas(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	r := take(t, s, p.ID)
	other := connect(t, s, oauth.App{ID: p.AppID}, 771204, "acme-prod")
	got, err := s.RestorePortal(ctx, r)
	if must(t, err); got.Alias != "acme-prod-2" || reload(t, s, other.ID).Alias != "acme-prod" {
		t.Errorf("it is called %s", got.Alias)
	}

	r = take(t, s, p.ID)
	again := connect(t, s, oauth.App{ID: p.AppID}, p.HubID, "newer")
	_, err = s.RestorePortal(ctx, r)
	wantClass(t, err, oauth.ClassUsage)
	if all, err := s.Portals(ctx); err != nil || len(all) != 2 {
		t.Errorf("%d portals, %v", len(all), err)
	}

	take(t, s, again.ID)
	take(t, s, other.ID)
	must(t, s.RemoveApp(ctx, p.AppID))
	_, err = s.RestorePortal(ctx, r)
	wantClass(t, err, oauth.ClassUsage)
	must(t, s.checkSentinel(ctx, s.sealer.Load()))
}
