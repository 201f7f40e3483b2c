package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// store opens the store. Its secrets stay locked until something needs them.
func (p *program) store(ctx context.Context) (*db.Store, error) {
	if p.parts.store != nil {
		return p.parts.store, nil
	}
	s, err := p.settings()
	if err != nil {
		return nil, err
	}
	p.parts.store, err = db.Open(ctx, db.Options{
		Path: s.db, Now: p.now, Actor: p.actor(),
		Keys: db.KeyOptions{
			Source: db.Source(s.keyring), ConfigDir: s.paths.config, Getenv: p.env.get, Prompt: p.keyPrompt(),
		},
	})
	return p.parts.store, err
}

// reading opens the store for a command that has nothing to do without one. A
// database that was named and is not there is a slip: making an empty one would
// hide it.
func (p *program) reading(ctx context.Context) (*db.Store, error) {
	if p.parts.store != nil {
		return p.parts.store, nil
	}
	s, err := p.settings()
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(s.db); s.dbNamed && errors.Is(err, fs.ErrNotExist) {
		return nil, &oauth.Error{
			Class: oauth.ClassStore, Err: err, Message: "There is no database at " + s.db + ".",
			Hint: "Check --db and HSTERM_DB. hsterm app add, hsterm connect and the screen make a new one there.",
		}
	}
	return p.store(ctx)
}

// unlocked opens the store and its secrets. Commands call it before they do
// anything that could not be undone: a question for a passphrase comes first.
func (p *program) unlocked(ctx context.Context) (*db.Store, error) {
	store, err := p.store(ctx)
	if err != nil {
		return nil, err
	}
	return store, store.Unlock(ctx)
}

// openQuietly opens the store and, where that needs no answer and no choice, its
// secrets. Listing works without them.
func (p *program) openQuietly(ctx context.Context) (*db.Store, error) {
	p.quiet.Store(true)
	store, err := p.reading(ctx)
	if err == nil && store.KeySource() != "" {
		_ = store.Unlock(ctx) // what is sealed stays empty
	}
	return store, err
}

// resolve opens the store and finds a portal in it.
func (p *program) resolve(ctx context.Context, ref string) (*db.Store, oauth.Portal, error) {
	store, err := p.reading(ctx)
	if err != nil {
		return nil, oauth.Portal{}, err
	}
	portal, err := store.Resolve(ctx, ref)
	return store, portal, err
}

// resolveExact opens the store and finds the portal that is named in full, for
// what changes or removes it.
func (p *program) resolveExact(ctx context.Context, ref string) (*db.Store, oauth.Portal, error) {
	store, err := p.reading(ctx)
	if err != nil {
		return nil, oauth.Portal{}, err
	}
	portal, err := store.ResolveExact(ctx, ref)
	return store, portal, err
}

// fresh gets a usable access token of the portal that is meant.
func (p *program) fresh(ctx context.Context, ref string, o oauth.FreshOptions) (oauth.Grant, error) {
	_, portal, err := p.resolve(ctx, ref)
	if err != nil {
		return oauth.Grant{}, err
	}
	grant, err := p.freshPortal(ctx, portal.ID, o)
	return grant, aboutPortal(err, portal.Alias)
}

func (p *program) freshPortal(ctx context.Context, id int64, o oauth.FreshOptions) (oauth.Grant, error) {
	if _, err := p.unlocked(ctx); err != nil {
		return oauth.Grant{}, err
	}
	return p.refresher().Fresh(ctx, id, o)
}

// changed says what was done to a portal: in words, or as the portal it is now.
func (p *program) changed(ctx context.Context, id int64, format string, args ...any) error {
	if !p.flags.json {
		p.words(format, args...)
		return nil
	}
	store, err := p.openQuietly(ctx)
	if err != nil {
		return err
	}
	portal, err := store.Portal(ctx, id)
	if err != nil {
		return err
	}
	return p.data(portalView(portal, p.now()))
}
