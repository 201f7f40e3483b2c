//go:build scoreboard

package test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/test/powercut"
)

// scene is a folder in which a store is worked on while it is recorded, and
// another for what is made of the recording.
type scene struct {
	path     string
	images   string
	recorder *powercut.Recorder
	weak     *weak // nil: commits are synced, as the program wants it
}

func newScene(t *testing.T, w *weak) *scene {
	t.Helper()
	folder := t.TempDir()
	recorder, err := powercut.Record(folder)
	if err != nil {
		t.Fatal(err)
	}
	return &scene{path: filepath.Join(folder, databaseName), images: t.TempDir(), recorder: recorder, weak: w}
}

// worker uses a store and tells what it was told.
type worker struct {
	*db.Store
	tell func(fact string)
	name string
	app  oauth.App
}

func (sc *scene) worker(ctx context.Context, name string) (*worker, error) {
	sc.weak.off()
	s, err := openStore(ctx, sc.path)
	if err != nil {
		return nil, why(err)
	}
	return &worker{Store: s, tell: sc.recorder.Acknowledge, name: name}, sc.weak.on()
}

// firstStart is the first start of the program and the first thing it stores.
func firstStart(t *testing.T, sc *scene) {
	w, err := sc.worker(t.Context(), "first")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.addApp(t.Context()); err != nil {
		t.Fatal(why(err))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// oneWriter does everything that a store can do, with the checkpoints between.
func oneWriter(t *testing.T, sc *scene) {
	ctx := t.Context()
	var app oauth.App
	for round, checkpoint := range []string{"PASSIVE", "FULL", "RESTART", "TRUNCATE"} {
		w, err := sc.worker(ctx, fmt.Sprint("round", round))
		if err != nil {
			t.Fatal(err)
		}
		w.app = app
		if err := w.round(ctx); err != nil {
			t.Fatal(why(err))
		}
		if err := sc.checkpoint(ctx, checkpoint); err != nil {
			t.Fatal(err)
		}
		if err := w.round(ctx); err != nil {
			t.Fatal(why(err))
		}
		if err := w.Close(); err != nil { // which empties the log and deletes it
			t.Fatal(err)
		}
		app = w.app
	}
}

// eightWriters are eight stores on one file, as eight processes would have it.
func eightWriters(t *testing.T, sc *scene) {
	first, err := sc.worker(t.Context(), "first")
	if err != nil {
		t.Fatal(err)
	}
	if err := first.addApp(t.Context()); err != nil {
		t.Fatal(why(err))
	}
	var writers [8]*worker
	for i := range writers {
		if writers[i], err = sc.worker(t.Context(), fmt.Sprint("writer", i)); err != nil {
			t.Fatal(err)
		}
		writers[i].app = first.app
	}
	group, ctx := errgroup.WithContext(t.Context())
	for i, w := range writers {
		group.Go(func() error {
			for n := range 2 {
				if err := w.portal(ctx, int64(1000*i+n+1)); err != nil {
					return why(err)
				}
			}
			return w.Close()
		})
	}
	group.Go(func() error { return sc.checkpoint(ctx, "PASSIVE") })
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
}

// checkpoint moves the log into the database, beside the program.
func (sc *scene) checkpoint(ctx context.Context, mode string) error {
	pool, err := sql.Open("sqlite", "file:"+sc.path+"?mode=rw&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.ExecContext(ctx, `PRAGMA wal_checkpoint(`+mode+`)`)
	return err
}

// round adds an app or edits it, and takes two portals through their lives.
func (w *worker) round(ctx context.Context) error {
	if w.app.ID == 0 {
		if err := w.addApp(ctx); err != nil {
			return err
		}
	}
	edited := w.app
	edited.Scopes = append(edited.Scopes, fmt.Sprintf("crm.objects.custom%d.read", len(edited.Scopes)))
	edited.ClientSecret = oauth.NewSecret(marker + "-client-" + w.name)
	edited, err := w.UpdateApp(ctx, edited)
	if err != nil {
		return err
	}
	w.app = edited
	w.tell(needs(w.app.Name, w.app.Scopes, marker+"-client-"+w.name))
	for n := range 2 {
		if err := w.portal(ctx, int64(len(w.app.Scopes)*100+n)); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) addApp(ctx context.Context) (err error) {
	secret := oauth.NewSecret(marker + "-client")
	w.app, err = w.AddApp(ctx, oauth.App{
		Name: "main", ClientID: "client-main", ClientSecret: secret, RedirectURIs: []string{oauth.DefaultRedirectURI},
		Scopes: []string{"oauth", "tickets"}, AuthorizeURL: oauth.DefaultAuthorizeURL, APIURL: "https://api.example.test",
		APIVersion: oauth.V2026_09,
	})
	if err == nil {
		w.tell(needs("main", w.app.Scopes, secret.Reveal()))
	}
	return err
}

// portal takes a portal through its life: connected, refreshed, failed, refused,
// connected again, renamed, removed.
func (w *worker) portal(ctx context.Context, hub int64) error {
	p, err := w.connect(ctx, hub, 0)
	if err != nil {
		return err
	}
	for n := range 3 {
		if p, err = w.refresh(ctx, p, fmt.Sprint("refresh", n)); err != nil {
			return err
		}
	}
	for _, end := range []func(context.Context, oauth.Portal) error{w.fail, w.refuse} {
		if err := end(ctx, p); err != nil {
			return err
		}
	}
	if p, err = w.connect(ctx, hub, p.ID); err != nil {
		return err
	}
	alias := fmt.Sprint(w.name, "-", hub)
	if err := w.Rename(ctx, p.ID, alias); err != nil {
		return err
	}
	w.tell(called(p.ID, alias))
	if err := w.SetKeepFresh(ctx, p.ID, true); err != nil {
		return err
	}
	w.tell(keptFresh(p.ID, true))
	if _, err = w.refresh(ctx, p, "last"); err != nil || hub%2 == 0 {
		return err
	}
	event := w.event(oauth.EventDisconnected, hub, "disconnected")
	if err := w.RemovePortal(ctx, p.ID, event); err != nil {
		return err
	}
	w.tell(told(event.Detail))
	return nil
}

func (w *worker) connect(ctx context.Context, hub, id int64) (oauth.Portal, error) {
	token := w.token(hub, fmt.Sprint("connect", id))
	p, err := w.PutConnection(ctx, oauth.Connection{
		PortalID: id, Kind: oauth.KindOAuth, AppID: w.app.ID, Token: token, Account: oauth.Account{HubID: hub},
		User: "user@acme.example", HubDomain: "acme.example", Now: powerClock(), Event: oauth.Event{Kind: oauth.EventConnected},
	})
	if err == nil {
		w.tell(holds(p.ID, p.Version, token.Access.Reveal()))
	}
	return p, err
}

// refresh is what the engine does around its call: the lease, then the save.
func (w *worker) refresh(ctx context.Context, p oauth.Portal, how string) (oauth.Portal, error) {
	if _, err := w.lease(ctx, p); err != nil {
		return p, err
	}
	token, event := w.token(p.HubID, how), w.event(oauth.EventRefreshed, p.HubID, how)
	ok, err := w.Save(ctx, oauth.Save{PortalID: p.ID, Version: p.Version, Token: token, Now: powerClock(), Event: event})
	if err != nil || !ok {
		return p, fmt.Errorf("save: %v %w", ok, err)
	}
	p.Version++
	w.tell(holds(p.ID, p.Version, token.Access.Reveal()))
	w.tell(told(event.Detail))
	return p, nil
}

func (w *worker) lease(ctx context.Context, p oauth.Portal) (oauth.Lease, error) {
	lease, ok, err := w.Acquire(ctx, oauth.Claim{
		PortalID: p.ID, Version: p.Version, Owner: w.name, AttemptID: w.name, Now: powerClock, For: time.Minute,
	})
	if err != nil || !ok {
		return lease, fmt.Errorf("lease: %v %w", ok, err)
	}
	w.tell(leased(p.ID, lease.Gen))
	return lease, nil
}

func (w *worker) fail(ctx context.Context, p oauth.Portal) error {
	lease, err := w.lease(ctx, p)
	if err != nil {
		return err
	}
	event := w.event(oauth.EventRefreshed, p.HubID, "failed")
	event.Class = oauth.ClassTransient
	ok, err := w.Fail(ctx, lease, oauth.Failure{Class: oauth.ClassTransient, NextAttemptAt: powerClock(), Now: powerClock(), Event: event})
	if err != nil || !ok {
		return fmt.Errorf("fail: %v %w", ok, err)
	}
	w.tell(told(event.Detail))
	return nil
}

func (w *worker) refuse(ctx context.Context, p oauth.Portal) error {
	lease, err := w.lease(ctx, p)
	if err != nil {
		return err
	}
	ok, err := w.Refuse(ctx, lease, p.Version, oauth.Refusal{Status: oauth.StatusReconnectRequired, Reason: "revoked", Now: powerClock()})
	if err != nil || !ok {
		return fmt.Errorf("refuse: %v %w", ok, err)
	}
	w.tell(stands(p.ID, p.Version, oauth.StatusReconnectRequired))
	return nil
}

func (w *worker) token(hub int64, how string) oauth.Token {
	text := fmt.Sprintf("%s-%s-%d-%s", marker, w.name, hub, how)
	return oauth.Token{
		Access: oauth.NewSecret(text + "-access-" + strings.Repeat("x", 300)), Refresh: oauth.NewSecret(text + "-refresh"),
		Type: "bearer", ExpiresAt: powerClock().Add(30 * time.Minute), Lifetime: 30 * time.Minute, HubID: hub, UserID: 22,
	}
}

func (w *worker) event(kind oauth.EventKind, hub int64, how string) oauth.Event {
	return oauth.Event{Kind: kind, Detail: fmt.Sprintf("%s %d %s", w.name, hub, how)}
}
