package cli

import (
	"context"
	"crypto/rand"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// demoAccounts is how many accounts the demo's sandbox has.
const demoAccounts = 7

// stage is where the demo is played: a sandbox, a throw-away store, an app, and a
// clock that sandbox and program share. The scenes are played in the past, so
// that the portals have one when the screen opens.
type stage struct {
	p       *program
	server  *sandbox.Server
	app     oauth.App
	offset  *atomic.Int64 // of the shared clock, nanoseconds
	browser *http.Client
	portals map[string]oauth.Portal // by alias
}

// playDemo builds the stage, plays the scenes and turns the clock back to now.
func (p *program) playDemo(ctx context.Context) error {
	p.parts.actor = "demo"
	s, err := p.newStage(ctx)
	if err != nil {
		return err
	}
	if err := s.play(ctx, demoScenes()); err != nil {
		return err
	}
	s.offset.Store(0)
	// From here on the consent page asks, as HubSpot's would.
	return sandboxError(s.server.SetConsent(false, 0, false))
}

func (p *program) newStage(ctx context.Context) (*stage, error) {
	s := &stage{p: p, offset: new(atomic.Int64), portals: make(map[string]oauth.Portal)}
	system := p.now
	p.now = func() time.Time { return system().Add(time.Duration(s.offset.Load())) }
	if err := p.openDemoStore(ctx); err != nil {
		return nil, err
	}
	server, redirect, err := p.startSandbox(sandbox.Config{
		Portals: demoAccounts, AutoConsent: true, Now: p.now,
	})
	if err != nil {
		return nil, err
	}
	p.atClose(func(context.Context) { _ = server.Close() })
	s.server = server
	s.browser = &http.Client{Timeout: oauth.RequestTimeout, Transport: oauth.NewBaseTransport()}
	s.app, err = p.parts.store.AddApp(ctx, appFor(server, "main", redirect))
	return s, err
}

// openDemoStore makes a store in a temporary folder, with a key that only this
// process knows. The settings of the screen stay the user's.
func (p *program) openDemoStore(ctx context.Context) error {
	s, err := p.settings()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "hsterm-demo-")
	if err != nil {
		return &oauth.Error{
			Class: oauth.ClassStore, Err: err, Message: "The demo cannot make its temporary folder: " + reasonOf(err) + ".",
			Hint: "Name a folder that can be written to with TMPDIR.",
		}
	}
	s.db, s.log = filepath.Join(dir, "demo.db"), "off"
	p.loaded = &s
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	p.parts.store, err = db.Open(ctx, db.Options{
		Path: s.db, Now: p.now, Actor: p.actor(),
		Keys: db.KeyOptions{Source: db.SourceMemory, ConfigDir: dir, Memory: key},
	})
	p.afterClose(func() { _ = os.RemoveAll(dir) })
	return err
}
