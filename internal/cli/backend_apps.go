package cli

import (
	"context"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// appsBackend keeps the OAuth clients.
type appsBackend struct {
	p      *program
	store  *db.Store
	client *oauth.Client
}

func (b *appsBackend) Apps(ctx context.Context) ([]oauth.App, error) {
	if b.store.KeySource() == "" {
		return nil, nil // a store without a key has no app; asking it would choose one
	}
	return b.store.Apps(ctx)
}

func (b *appsBackend) AddApp(ctx context.Context, app oauth.App) (oauth.App, error) {
	if err := refuseBroken(app); err != nil {
		return oauth.App{}, err
	}
	return b.store.AddApp(ctx, app)
}

func (b *appsBackend) UpdateApp(ctx context.Context, app oauth.App) (oauth.App, error) {
	if err := refuseBroken(app); err != nil {
		return oauth.App{}, err
	}
	return b.store.UpdateApp(ctx, app)
}

func (b *appsBackend) RemoveApp(ctx context.Context, id int64) error {
	return b.store.RemoveApp(ctx, id)
}

func (b *appsBackend) CheckApp(ctx context.Context, id int64) error {
	app, err := b.app(ctx, id)
	if err != nil {
		return err
	}
	return b.client.CheckApp(ctx, app)
}

func (b *appsBackend) app(ctx context.Context, id int64) (oauth.App, error) {
	apps, err := b.store.Apps(ctx)
	for _, app := range apps {
		if app.ID == id {
			return app, nil
		}
	}
	if err == nil {
		err = &oauth.Error{Class: oauth.ClassNotFound, Message: "The app is gone.", Hint: "Somebody removed it; look at the list again."}
	}
	return oauth.App{}, err
}
