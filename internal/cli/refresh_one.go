package cli

import (
	"cmp"
	"context"
	"sync"

	"github.com/hsterm/hsterm/oauth"
)

// refreshWork is what refreshing one portal takes, for many side by side.
type refreshWork struct {
	tokens *oauth.Refresher
	apps   appStore
	force  bool // try also where the app was refused before
	wrong  *wrongApps
}

// wrongApps are those that the server refused during this work. Who corrects them
// is a person, so none of their other portals are tried.
type wrongApps struct {
	mu    sync.Mutex
	known map[int64]error // by id of the app
}

func (w *wrongApps) add(id int64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.known == nil {
		w.known = make(map[int64]error)
	}
	refusal := asFailure(err).Error
	refusal.Portal = "" // it holds for all of them
	w.known[id] = &refusal
}

func (w *wrongApps) of(id int64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.known[id]
}

// appStore reads apps by name.
type appStore interface {
	App(ctx context.Context, name string) (oauth.App, error)
}

// refresh gets a new token however long the current one lives, unless only a
// person can mend what is wrong.
func (w refreshWork) refresh(ctx context.Context, portal oauth.Portal) refreshed {
	if !w.force {
		if err := w.appRefused(ctx, portal); err != nil {
			return refreshed{portal: portal, unsent: oauth.ClassOf(err) == oauth.ClassAppMisconfigured, err: err}
		}
		if err := w.wrong.of(portal.AppID); err != nil {
			return refreshed{portal: portal, unsent: true, err: aboutPortal(err, portal.Alias)}
		}
	}
	grant, err := w.tokens.Fresh(ctx, portal.ID, oauth.FreshOptions{Policy: oauth.PolicyInteractive, Force: true})
	if err != nil {
		if oauth.ClassOf(err) == oauth.ClassAppMisconfigured {
			w.wrong.add(portal.AppID, err)
		}
		return refusedRefresh(portal, err)
	}
	return refreshed{portal: grant.Portal}
}

// refusedRefresh tells a portal that was left alone from one that was tried: a
// limit with a status is the server's answer, one without a pause on record.
func refusedRefresh(portal oauth.Portal, err error) refreshed {
	f := asFailure(err)
	return refreshed{
		portal:  portal,
		unsent:  f.Class == oauth.ClassReconnectPending || f.Class == oauth.ClassRateLimited && f.Status == 0,
		skipped: f.Class == oauth.ClassInterrupted && f.Unsent,
		err:     aboutPortal(err, portal.Alias),
	}
}

// appRefused tells why a portal has to wait for its app: the app was refused and
// nobody has edited it since. The engine says so too, but only where it is not
// asked for a new token in any case.
func (w refreshWork) appRefused(ctx context.Context, portal oauth.Portal) error {
	if portal.Status != oauth.StatusAppMisconfigured {
		return nil
	}
	app, err := w.apps.App(ctx, portal.AppName)
	if err != nil {
		return aboutPortal(err, portal.Alias)
	}
	if app.EditedSince(portal) {
		return nil
	}
	return &oauth.Error{
		Class:   oauth.ClassAppMisconfigured,
		Message: cmp.Or(portal.StatusReason, "The app's settings were refused."),
		Hint:    "Correct the app: hsterm app edit " + app.Name + ". Then: hsterm refresh " + portal.Alias,
		Portal:  portal.Alias,
	}
}
