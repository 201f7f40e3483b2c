package cli

import (
	"context"

	"github.com/hsterm/hsterm/oauth"
)

// refreshWork is what refreshing one portal takes, for many side by side.
type refreshWork struct {
	tokens *oauth.Refresher
	apps   appStore
	force  bool // try also where the app was refused before
}

// appStore reads apps by name.
type appStore interface {
	App(ctx context.Context, name string) (oauth.App, error)
}

// refresh gets a new token however long the current one lives, unless only a
// person can mend what is wrong.
func (w refreshWork) refresh(ctx context.Context, portal oauth.Portal) refreshed {
	if ctx.Err() != nil {
		return refreshed{portal: portal, err: context.Cause(ctx)}
	}
	if !w.force {
		if err := w.appRefused(ctx, portal); err != nil {
			return refreshed{portal: portal, unsent: oauth.ClassOf(err) == oauth.ClassAppMisconfigured, err: err}
		}
	}
	grant, err := w.tokens.Fresh(ctx, portal.ID, oauth.FreshOptions{Policy: oauth.PolicyInteractive, Force: true})
	if err != nil {
		unsent := oauth.ClassOf(err) == oauth.ClassReconnectPending
		return refreshed{portal: portal, unsent: unsent, err: aboutPortal(err, portal.Alias)}
	}
	return refreshed{portal: grant.Portal}
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
		Message: first(portal.StatusReason, "The app's settings were refused."),
		Hint:    "Correct the app: hsterm app edit " + app.Name + ". Then: hsterm refresh " + portal.Alias,
		Portal:  portal.Alias,
	}
}
