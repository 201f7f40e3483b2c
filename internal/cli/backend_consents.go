package cli

import (
	"context"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/ui"
)

// consentsBackend starts consents.
type consentsBackend struct {
	store     *db.Store
	connector *oauth.Connector
	unbroken  *unbroken
}

// Start opens the secrets first: nothing may come between a consent and its
// commit.
func (b consentsBackend) Start(ctx context.Context, request oauth.ConsentRequest) (ui.Consent, error) {
	if err := b.store.Unlock(ctx); err != nil {
		return nil, err
	}
	consent, err := b.connector.Start(ctx, request)
	if err != nil {
		return nil, err // not a nil *oauth.Consent inside a ui.Consent
	}
	return unbrokenConsent{Consent: consent, unbroken: b.unbroken}, nil
}

// unbrokenConsent is a consent whose code is not spent in vain: leaving the
// screen waits for the grant to be stored.
type unbrokenConsent struct {
	ui.Consent
	unbroken *unbroken
}

// Complete spends the code and stores what it brought.
func (c unbrokenConsent) Complete(ctx context.Context) (oauth.Connected, error) {
	leave, ok := c.unbroken.enter()
	if !ok {
		return oauth.Connected{}, errEnding()
	}
	defer leave()
	return c.Consent.Complete(ctx)
}
