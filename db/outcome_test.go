package db

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func refusal() oauth.Refusal {
	return oauth.Refusal{
		Status: oauth.StatusReconnectRequired, Reason: "The app was uninstalled.", Now: noon().Add(2 * time.Second),
		Event: oauth.Event{Kind: oauth.EventReconnect, Outcome: oauth.OutcomeFailed, Class: oauth.ClassRevoked},
	}
}

func backoff() oauth.Failure {
	return oauth.Failure{
		Class: oauth.ClassTransient, NextAttemptAt: noon().Add(30 * time.Second), Now: noon().Add(2 * time.Second),
		Event: oauth.Event{Kind: oauth.EventRefreshed, Outcome: oauth.OutcomeFailed, Class: oauth.ClassTransient},
	}
}

func wantOK(t *testing.T, want, ok bool, err error) {
	t.Helper()
	if must(t, err); ok != want {
		t.Fatalf("ok = %v, want %v", ok, want)
	}
}

func save(t *testing.T, s *Store, save oauth.Save, want bool) {
	t.Helper()
	ok, err := s.Save(context.Background(), save)
	wantOK(t, want, ok, err)
}

func refuse(t *testing.T, s *Store, l oauth.Lease, version int64, want bool) {
	t.Helper()
	ok, err := s.Refuse(context.Background(), l, version, refusal())
	wantOK(t, want, ok, err)
}

func fail(t *testing.T, s *Store, l oauth.Lease, want bool) {
	t.Helper()
	ok, err := s.Fail(context.Background(), l, backoff())
	wantOK(t, want, ok, err)
}

func TestSave(t *testing.T) {
	s, p := onePortal(t)
	fail(t, s, acquire(t, s, claim(p, "a")), true)
	acquire(t, s, claim(p, "a"))
	sv := saveOf(p, "next")
	sv.Token.ExpiresAt = noon().Add(30*time.Minute + 900*time.Millisecond)
	sv.Token.Refresh, sv.Token.Scopes, sv.Token.Type = oauth.Secret{}, nil, ""
	save(t, s, sv, true)
	got := reload(t, s, p.ID)
	if got.Version != 2 || !got.TokenAt.Equal(sv.Now) || !got.ExpiresAt.Equal(noon().Add(30*time.Minute)) || got.TokenType != "bearer" {
		t.Errorf("token: %+v", got)
	}
	if got.Lease.Owner != "" || got.Lease.AttemptID != "" || got.FailCount != 0 || got.LastFailure != "" || !got.NextAttemptAt.IsZero() {
		t.Errorf("the lease or the failures stayed: %+v", got)
	}
	if h := got.Health; h.RefreshOK != 1 || h.RefreshFailed != 1 || h.LastRefreshMS != 184 || !h.LastRefreshAt.Equal(sv.Now) || h.LastFailureAt.IsZero() {
		t.Errorf("health: %+v", h)
	}
	if len(got.Scopes) != 2 || !got.StatusSince.Equal(p.StatusSince) {
		t.Errorf("scopes %v, since %v", got.Scopes, got.StatusSince)
	}
	g := grantOf(t, s, p.ID)
	if g.Refresh.Reveal() != marker+"-refresh-acme-prod" || g.Access.Reveal() != marker+"-access-next" || g.Portal.User != p.User {
		t.Error("the blob lost something")
	}
}

func TestSaveNeedsTheVersion(t *testing.T) {
	s, p := onePortal(t)
	save(t, s, saveOf(p, "first"), true)
	save(t, s, saveOf(p, "second"), false)
	if g := grantOf(t, s, p.ID); g.Access.Reveal() != marker+"-access-first" {
		t.Error("a stale save went through")
	}
	must(t, s.RemovePortal(context.Background(), p.ID, oauth.Event{}))
	save(t, s, saveOf(reloadless(p, 2), "gone"), false)
}

// reloadless is the portal at another version.
func reloadless(p oauth.Portal, version int64) oauth.Portal {
	p.Version = version
	return p
}

func TestRefuse(t *testing.T) {
	s, p := onePortal(t)
	lease := acquire(t, s, claim(p, "a"))
	refuse(t, s, lease, p.Version+1, false)
	refuse(t, s, oauth.Lease{PortalID: p.ID, Gen: lease.Gen + 1}, p.Version, false)
	refuse(t, s, lease, p.Version, true)
	got := reload(t, s, p.ID)
	if got.Status != oauth.StatusReconnectRequired || got.StatusReason == "" || !got.StatusSince.Equal(refusal().Now) {
		t.Errorf("status: %+v", got)
	}
	if got.Version != p.Version || got.Lease.Owner != "" || got.LastFailure != oauth.ClassRevoked || got.Health.RefreshFailed != 1 {
		t.Errorf("got %+v", got)
	}
	refuse(t, s, lease, p.Version, false) // once
	if got := kindsOf(t, s); got != " app_changed connected reconnect_required" {
		t.Errorf("events:%s", got)
	}
}

func TestRestore(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	c := connection(oauth.App{}, 148231, "key")
	c.Kind, c.AppID, c.Token.Refresh, c.APIURL, c.APIVersion = oauth.KindPrivateApp, 0, oauth.Secret{}, "https://api.example.test", oauth.V2026_09
	key, err := s.PutConnection(ctx, c)
	must(t, err)
	refuse(t, s, acquire(t, s, claim(p, "a")), p.Version, true)
	refuse(t, s, acquire(t, s, claim(key, "a")), key.Version, true)
	later := noon().Add(time.Hour)
	event := oauth.Event{Kind: oauth.EventReconnected, Outcome: oauth.OutcomeOK}
	for _, try := range []struct {
		id, version int64
		want        bool
	}{{p.ID, p.Version, false}, {key.ID, key.Version + 1, false}, {key.ID, key.Version, true}, {key.ID, key.Version, false}} {
		ok, err := s.Restore(ctx, try.id, try.version, later, event)
		wantOK(t, try.want, ok, err)
	}
	if got := reload(t, s, p.ID); got.Status != oauth.StatusReconnectRequired {
		t.Error("an OAuth grant was restored")
	}
	got := reload(t, s, key.ID)
	if got.Status != oauth.StatusActive || got.StatusReason != "" || !got.StatusSince.Equal(later) || got.FailCount != 0 || got.Version != key.Version {
		t.Errorf("got %+v", got)
	}
}

func TestFail(t *testing.T) {
	s, p := onePortal(t)
	lease := acquire(t, s, claim(p, "a"))
	fail(t, s, lease, true)
	got := reload(t, s, p.ID)
	if got.FailCount != 1 || got.LastFailure != oauth.ClassTransient || !got.NextAttemptAt.Equal(backoff().NextAttemptAt) {
		t.Errorf("got %+v", got)
	}
	if got.Status != oauth.StatusActive || got.Lease.Owner != "" {
		t.Errorf("got %+v", got)
	}
	fail(t, s, lease, false) // the lease was given back
}

// takeOver is a portal whose slow holder was overtaken by a fast one.
func takeOver(t *testing.T) (s *Store, p oauth.Portal, slow, fast oauth.Lease) {
	s, p = onePortal(t)
	slow = acquire(t, s, claim(p, "slow"))
	c := claim(p, "fast")
	c.Now = after(2 * time.Minute)
	return s, p, slow, acquire(t, s, c)
}

// The orders in which a slow holder and the one that took over can end.
func TestLateOutcomes(t *testing.T) {
	t.Run("a late save is kept, and the other's refusal of the same version is void", func(t *testing.T) {
		s, p, _, fast := takeOver(t)
		save(t, s, saveOf(p, "late"), true)
		refuse(t, s, fast, p.Version, false)
		fail(t, s, fast, false)
		if got := reload(t, s, p.ID); got.Status != oauth.StatusActive || got.Version != 2 || !got.NextAttemptAt.IsZero() {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a late save wins over a refusal that came before it", func(t *testing.T) {
		s, p, _, fast := takeOver(t)
		refuse(t, s, fast, p.Version, true)
		save(t, s, saveOf(p, "late"), true)
		if got := reload(t, s, p.ID); got.Status != oauth.StatusActive || got.StatusReason != "" || !got.StatusSince.Equal(noon().Add(time.Second)) {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a late refusal or failure does not touch the new holder", func(t *testing.T) {
		s, p, slow, _ := takeOver(t)
		refuse(t, s, slow, p.Version, false)
		fail(t, s, slow, false)
		must(t, s.Release(context.Background(), slow))
		if got := reload(t, s, p.ID); got.Lease.Owner != "fast" || got.Status != oauth.StatusActive {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a late save after the fast one is dropped", func(t *testing.T) {
		s, p, _, _ := takeOver(t)
		save(t, s, saveOf(p, "fast"), true)
		save(t, s, saveOf(p, "late"), false)
	})
	t.Run("nothing late survives a reconnect", func(t *testing.T) {
		s, p, slow, fast := takeOver(t)
		connect(t, s, oauth.App{ID: p.AppID}, p.HubID, "")
		save(t, s, saveOf(p, "late"), false)
		for _, l := range []oauth.Lease{slow, fast} {
			refuse(t, s, l, p.Version, false)
			refuse(t, s, l, p.Version+1, false)
			fail(t, s, l, false)
		}
	})
}

// Where two have used one refresh token, a server may take that for theft: who is
// refused next has to know.
func TestALateSaveLeavesTheDoubt(t *testing.T) {
	for _, refused := range []bool{false, true} {
		s, p, slow, fast := takeOver(t)
		if refused {
			refuse(t, s, fast, p.Version, true)
		}
		late := saveOf(p, "late")
		late.AttemptID = slow.AttemptID
		save(t, s, late, true)
		next := acquire(t, s, claim(reload(t, s, p.ID), "next"))
		if !next.TookOver {
			t.Errorf("refused %v: nobody knows that a refresh token was sent twice", refused)
		}
		own := saveOf(reload(t, s, p.ID), "own")
		own.AttemptID = next.AttemptID
		save(t, s, own, true)
		if again := acquire(t, s, claim(reload(t, s, p.ID), "again")); again.TookOver {
			t.Errorf("refused %v: the doubt outlives a refresh that worked", refused)
		}
	}
}
