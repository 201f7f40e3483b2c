package model

import (
	"context"
	"fmt"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// user is the store that the user's own commands go through.
func (w *world) user() connections { return w.book.stores[0] }

// connections is what those commands need of it.
type connections interface {
	oauth.ConnectionStore
	AddApp(ctx context.Context, app oauth.App) (oauth.App, error)
	UpdateApp(ctx context.Context, app oauth.App) (oauth.App, error)
	RemoveApp(ctx context.Context, id int64) error
}

// register adds the app of this run.
func (w *world) register() error {
	name := fmt.Sprintf("app-%d", w.book.nextRun())
	app, err := w.user().AddApp(context.Background(), oauth.App{
		Name: name, ClientID: "client-" + name, ClientSecret: oauth.NewSecret(rightSecret),
		AuthorizeURL: oauth.DefaultAuthorizeURL, APIURL: "https://api.model.test", APIVersion: oauth.V2026_09,
	})
	w.app = app
	return err
}

// connect stores the pair of a new consent: in the portal there is, or as a new
// one.
func (w *world) connect(left time.Duration) {
	got := w.server.consent()
	before := w.rows[w.portal]
	id := w.portal
	if !before.exists() {
		id = 0
	}
	now := w.clock.now()
	token := oauth.Token{
		Access: oauth.NewSecret(got.access), Refresh: oauth.NewSecret(got.refresh), Type: "bearer",
		ExpiresAt: now.Add(left).Truncate(time.Second), Lifetime: w.script.Lifetime, HubID: hubID,
	}
	var p oauth.Portal
	err := w.changed(id, func() (err error) {
		p, err = w.user().PutConnection(context.Background(), oauth.Connection{
			PortalID: id, Kind: oauth.KindOAuth, AppID: w.app.ID, Token: token, Now: now,
			Event: oauth.Event{Kind: oauth.EventReconnected, Outcome: oauth.OutcomeOK},
		})
		return err
	}, func(r row) row { return r.renewed(got, r.Attempt) })
	if err != nil {
		w.violate("a connection cannot be stored: %v", err)
		return
	}
	w.portal = p.ID
	r, _ := w.look(p.ID)
	w.keep(p.ID, r)
	if id == 0 && r != (row{Version: 1, Access: got.access, Refresh: got.refresh, Status: oauth.StatusActive}) {
		w.violate("a new connection is stored as %+v", r)
	}
}

// remove disconnects the portal.
func (w *world) remove() {
	err := w.changed(w.portal, func() error {
		return w.user().RemovePortal(context.Background(), w.portal, oauth.Event{Kind: oauth.EventDisconnected, Outcome: oauth.OutcomeOK})
	}, func(row) row { return row{} })
	if err != nil {
		w.violate("a portal cannot be removed: %v", err)
	}
}

// edit gives the app the right client secret or a wrong one.
func (w *world) edit(right bool) {
	w.app.ClientSecret = oauth.NewSecret(marker + "-wrong")
	if right {
		w.app.ClientSecret = oauth.NewSecret(rightSecret)
	}
	err := w.same(func() error {
		_, err := w.user().UpdateApp(context.Background(), w.app)
		return err
	})
	if err != nil {
		w.violate("the app cannot be edited: %v", err)
	}
}

// clear takes the run's traces out of the store.
func (w *world) clear() error {
	if w.rows[w.portal].exists() {
		w.remove()
	}
	return w.user().RemoveApp(context.Background(), w.app.ID)
}
