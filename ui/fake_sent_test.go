package ui

import (
	"context"
	"slices"

	"github.com/hsterm/hsterm/oauth"
)

func (f *fakeBackend) KeepSent(ctx context.Context, call oauth.SentCall) error {
	if err := f.enter(ctx, "KeepSent"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	call.ID = 1
	if len(f.sentLog) > 0 {
		call.ID = f.sentLog[0].ID + 1
	}
	f.sentLog = slices.Insert(f.sentLog, 0, call)
	return nil
}

func (f *fakeBackend) Sent(ctx context.Context, portalID int64) ([]oauth.SentCall, error) {
	if err := f.enter(ctx, "Sent"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.sentLog), func(c oauth.SentCall) bool { return c.PortalID != portalID }), nil
}

func (f *fakeBackend) ForgetSent(ctx context.Context, id int64) error {
	if err := f.enter(ctx, "ForgetSent"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sentLog = slices.DeleteFunc(f.sentLog, func(c oauth.SentCall) bool { return c.ID == id })
	return nil
}
