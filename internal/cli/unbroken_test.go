package cli

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestDrainWaitsForWhatMustNotBeCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var u unbroken
		leave, ok := u.enter()
		if !ok {
			t.Fatal("the first call may not begin")
		}
		begun := time.Now()
		time.AfterFunc(time.Second, leave)
		ctx, cancel := context.WithTimeout(t.Context(), drainLimit)
		defer cancel()
		u.drain(ctx)
		if waited := time.Since(begun); waited != time.Second {
			t.Errorf("it waited %v, want 1s", waited)
		}
		if _, ok := u.enter(); ok {
			t.Error("a call begins after the end")
		}
	})
}

func TestDrainIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var u unbroken
		leave, _ := u.enter()
		ctx, cancel := context.WithTimeout(t.Context(), drainLimit)
		defer cancel()
		begun := time.Now()
		u.drain(ctx)
		if waited := time.Since(begun); waited != drainLimit {
			t.Errorf("it waited %v, want %v", waited, drainLimit)
		}
		leave()
		synctest.Wait()
	})
}

// The screen is left while the answer to the code is on its way: the grant is
// stored before the store is closed.
func TestLeavingStoresTheGrant(t *testing.T) {
	l := newLab(t)
	l.addApp()
	arrived, answer := l.holdTokens()
	p, apps := l.explorer()
	app, err := apps.store.App(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	consent, err := p.backend().Consents.Start(t.Context(), oauth.ConsentRequest{App: app})
	if err != nil {
		t.Fatal(err)
	}
	visit(t, consent.URL())
	if err := consent.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	go func() { _, _ = consent.Complete(ctx) }()
	<-arrived
	leave()
	closed := make(chan struct{})
	go func() {
		p.close()
		close(closed)
	}()
	answer()
	<-closed
	l.run("list", "--json").want(t, 0, `"status":"active"`, "")
}
