package oauth

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// errSlept sends renew back to its start: what it knew may be out of date.
var errSlept = errors.New("the machine slept before the request")

// attempt is one refresh under a lease, in the window that [Refresher.Drain]
// waits for.
func (r *Refresher) attempt(ctx context.Context, g Grant, lease Lease, began moment) (Grant, error) {
	if lease.TookOver && g.Portal.Lease.Owner != "" { // else the taint is an old one, and was told then
		r.record(ctx, r.event(g.Portal, EventTakeover, OutcomeOK, "An earlier refresh was interrupted; its outcome is unknown."))
	}
	if r.slept(began, lease) {
		r.release(ctx, lease)
		return Grant{}, errSlept
	}
	if r.window.ending() { // a lease that was left behind would keep everybody waiting for a minute
		r.release(ctx, lease)
		return Grant{}, ending(g.Portal)
	}
	start := r.o.Elapsed()
	token, err := r.request(ctx, g)
	took := r.o.Elapsed() - start
	if err != nil {
		return r.settle(ctx, failedAttempt{grant: g, lease: lease, failure: failureOf(err), took: took})
	}
	got, err := r.commit(ctx, g.Portal, r.saveOf(g.Portal, lease, token, took))
	r.recordSkew(ctx, g.Portal)
	return got, err
}

func ending(p Portal) *Error {
	return aboutPortal(p, &Error{Class: ClassInterrupted, Message: "The program is ending; nothing was sent.", Unsent: true})
}

// request asks the server, outside any transaction. A token for another portal
// than the row's is refused here: stored, it would answer calls meant for one
// customer with the data of another.
func (r *Refresher) request(ctx context.Context, g Grant) (Token, error) {
	ctx, cancel := context.WithTimeout(ctx, r.o.Timeout)
	defer cancel()
	token, err := r.o.Client.Refresh(ctx, g.App, g.Refresh)
	if err != nil {
		return Token{}, err
	}
	if token.HubID != 0 && g.Portal.HubID != 0 && token.HubID != g.Portal.HubID {
		return Token{}, &Error{
			Class: ClassWrongPortal,
			Message: fmt.Sprintf("The server gave a token of portal %d for portal %d; it was not stored.",
				token.HubID, g.Portal.HubID),
			Hint: "Reconnect the portal, and check that the app's API URL is right.",
		}
	}
	if token.LifetimeAssumed {
		token = token.likeTheLast(g.Portal.Lifetime)
	}
	return token, nil
}

func (r *Refresher) saveOf(p Portal, lease Lease, token Token, took time.Duration) Save {
	detail := fmt.Sprintf("Valid for %d s%s.", int(token.Lifetime/time.Second), scopesChanged(p, token.Scopes))
	e := r.event(p, EventRefreshed, OutcomeOK, detail)
	e.Duration, e.Status = took, 200
	return Save{PortalID: p.ID, Version: p.Version, Token: token, Now: e.At, Took: took, Event: e, AttemptID: lease.AttemptID}
}

// commit stores a pair, guarded by the version only: it is the newest there is,
// whoever holds the lease by now. What cannot be stored is kept in memory,
// because a server that rotates will not give it again.
func (r *Refresher) commit(ctx context.Context, p Portal, save Save) (Grant, error) {
	ctx = context.WithoutCancel(ctx)
	const tries, pause = 5, 50 * time.Millisecond
	var last error
	for try := range tries {
		if try > 0 {
			_ = r.o.Sleep(ctx, pause<<try)
		}
		ok, err := r.saveOnce(ctx, save)
		if err == nil {
			r.unsaved.drop(save)
			return r.reread(ctx, p, save, ok)
		}
		r.unsaved.keep(save)
		last = err
	}
	return Grant{}, aboutPortal(p, &Error{
		Class:   ClassUnsaved,
		Message: "New tokens arrived and could not be stored: " + last.Error() + " They are kept in memory while this program runs.",
		Hint:    "Make the database writable, then refresh the portal, before you quit.",
		Err:     last,
	})
}

func (r *Refresher) saveOnce(ctx context.Context, save Save) (bool, error) {
	const limit = 10 * time.Second
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return r.o.Store.Save(ctx, save)
}

// reread returns what is stored after a save: ours, or, where somebody moved on,
// theirs.
func (r *Refresher) reread(ctx context.Context, p Portal, save Save, saved bool) (Grant, error) {
	g, err := r.o.Store.Grant(ctx, p.ID)
	if err != nil {
		return Grant{}, goneMeanwhile(p, err)
	}
	if !saved && g.Portal.Version <= save.Version {
		return Grant{}, aboutPortal(p, &Error{
			Class: ClassStore, Message: "The store refused new tokens for no reason it could name.", Hint: "Refresh the portal again.",
		})
	}
	return adopt(g)
}

func (r *Refresher) release(ctx context.Context, lease Lease) {
	// A lease that cannot be released lapses by itself.
	_ = r.o.Store.Release(ctx, lease)
}

// failureOf makes sure there is a class.
func failureOf(err error) *Error {
	if e := asError(err); e != nil {
		return e
	}
	return &Error{Class: ClassTransient, Message: "The refresh failed.", Hint: "Try again in a little while.", Err: err}
}
