package db

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// limited is a failure that pauses the app for so long.
func limited(wait time.Duration) oauth.Failure {
	f := backoff()
	f.Class, f.Pause = oauth.ClassRateLimited, oauth.Pause{Until: f.Now.Add(wait), Reason: "Too many calls."}
	return f
}

// limit fails a portal's refresh in that way.
func limit(t *testing.T, s *Store, p oauth.Portal, wait time.Duration) {
	t.Helper()
	ok, err := s.Fail(context.Background(), acquire(t, s, claim(p, "a")), limited(wait))
	wantOK(t, true, ok, err)
}

func wantPause(t *testing.T, s *Store, id int64, wait time.Duration) {
	t.Helper()
	want := time.Time{}
	if wait != 0 {
		want = limited(wait).Pause.Until
	}
	if g := grantOf(t, s, id); !g.App.Pause.Until.Equal(want) || (g.App.Pause.Reason == "") != want.IsZero() {
		t.Errorf("portal %d: %+v, want until %v", id, g.App.Pause, want)
	}
	if p := reload(t, s, id); !p.AppPausedUntil.Equal(want) {
		t.Errorf("portal %d: paused until %v, want %v", id, p.AppPausedUntil, want)
	}
}

func TestPauseIsThatOfTheWholeApp(t *testing.T) {
	s, p := onePortal(t)
	app := oauth.App{ID: p.AppID}
	sibling, stranger := connect(t, s, app, 2, "globex"), connect(t, s, addApp(t, s, "other"), 3, "initech")
	limit(t, s, p, time.Minute)
	wantPause(t, s, p.ID, time.Minute)
	wantPause(t, s, sibling.ID, time.Minute)
	wantPause(t, s, stranger.ID, 0)

	limit(t, s, sibling, 2*time.Second) // an answer that was on its way meanwhile
	wantPause(t, s, p.ID, time.Minute)
	limit(t, s, sibling, 2*time.Minute)
	wantPause(t, s, p.ID, 2*time.Minute)

	fail(t, s, acquire(t, s, claim(sibling, "a")), true) // no limit, no pause
	save(t, s, saveOf(p, "next"), true)
	wantPause(t, s, sibling.ID, 2*time.Minute)

	stored, err := s.App(context.Background(), "main")
	must(t, err)
	_, err = s.UpdateApp(context.Background(), stored)
	must(t, err)
	wantPause(t, s, sibling.ID, 2*time.Minute)
}

func TestPauseOfAnotherClockIsReplaced(t *testing.T) {
	s, p := onePortal(t)
	tamper(t, s, `UPDATE apps SET paused_until = ?, pause_reason = 'old'`, stamp(noon().Add(24*time.Hour)))
	limit(t, s, p, time.Second)
	wantPause(t, s, p.ID, time.Second)
}

func TestPauseNeedsTheLease(t *testing.T) {
	s, p := onePortal(t)
	lease := acquire(t, s, claim(p, "slow"))
	late := claim(p, "fast")
	late.Now = after(2 * time.Minute)
	acquire(t, s, late)
	ok, err := s.Fail(context.Background(), lease, limited(time.Minute))
	wantOK(t, false, ok, err)
	wantPause(t, s, p.ID, 0)
}

func TestFirstSchemaIsUpgraded(t *testing.T) {
	s, p := onePortal(t)
	for _, change := range []string{
		`DROP TABLE sent_calls`, `DROP TABLE writes`, `ALTER TABLE apps DROP COLUMN paused_until`, `ALTER TABLE apps DROP COLUMN pause_reason`,
		`DELETE FROM goose_db_version WHERE version_id > 1`, `PRAGMA user_version = 1`,
	} {
		tamper(t, s, change)
	}
	again := openStore(t, testOptions(s.Path()))
	wantPause(t, again, p.ID, 0)
	limit(t, again, p, time.Minute)
	wantPause(t, again, p.ID, time.Minute)
}
