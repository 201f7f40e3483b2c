package cli

import (
	"context"
	"errors"
	"net"
	"syscall"

	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// sandboxApp is the name of the app that stands for the sandbox of the screen.
const sandboxApp = "sandbox"

// ExploreSandbox starts a sandbox in this process and points an app at it. It is
// one that a program which crashed may have left behind, or a new one; leaving
// the screen removes it together with what was connected through it.
func (b *appsBackend) ExploreSandbox(ctx context.Context) (oauth.App, error) {
	if err := b.store.Unlock(ctx); err != nil {
		return oauth.App{}, err
	}
	server, redirect, err := b.p.startSandbox(sandbox.Config{})
	if err != nil {
		return oauth.App{}, err
	}
	app := appFor(server, sandboxApp, redirect)
	b.p.atClose(func(ctx context.Context) { b.forgetSandbox(ctx, app.Name); _ = server.Close() })
	old, err := b.store.App(ctx, sandboxApp)
	switch {
	case err == nil:
		app.ID = old.ID
		return b.store.UpdateApp(ctx, app)
	case oauth.ClassOf(err) != oauth.ClassNotFound:
		return oauth.App{}, err
	}
	return b.store.AddApp(ctx, app)
}

// forgetSandbox removes the portals of an app whose server ends, and the app.
func (b *appsBackend) forgetSandbox(ctx context.Context, name string) {
	app, err := b.store.App(ctx, name)
	if err != nil {
		return
	}
	portals, _ := b.store.Portals(ctx)
	for _, portal := range portals {
		if portal.AppID == app.ID {
			_, _ = b.p.connector().Disconnect(ctx, portal.ID, false)
		}
	}
	_ = b.store.RemoveApp(ctx, app.ID)
}

// startSandbox serves a sandbox on a free port of this machine, with a redirect
// URI on another free port.
func (p *program) startSandbox(cfg sandbox.Config) (server *sandbox.Server, redirect string, err error) {
	port, err := freePort()
	if err != nil {
		return nil, "", sandboxError(err)
	}
	redirect = "http://localhost:" + port + "/oauth/callback"
	cfg.RedirectURIs = []string{redirect}
	if cfg.Now == nil {
		cfg.Now = p.now
	}
	if server, err = sandbox.New(cfg); err != nil {
		return nil, "", sandboxError(err)
	}
	if err := server.Listen("127.0.0.1:0"); err != nil {
		return nil, "", sandboxError(err)
	}
	go func() { _ = server.Serve(context.Background()) }() // ends with Close
	return server, redirect, nil
}

// freePort finds a port that is free on both loopback addresses, so that the
// callback can be heard whatever localhost means to the browser.
func freePort() (string, error) {
	for range 20 {
		four, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return "", err
		}
		_, port, _ := net.SplitHostPort(four.Addr().String())
		six, err := net.Listen("tcp", "[::1]:"+port)
		_ = four.Close()
		if err == nil {
			_ = six.Close()
			return port, nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return port, nil // this machine has no IPv6
		}
	}
	return "", errors.New("no port is free on this machine")
}

// appFor is the app that a sandbox knows.
func appFor(server *sandbox.Server, name, redirect string) oauth.App {
	info := server.Info()
	return oauth.App{
		Name: name, ClientID: info.ClientID, ClientSecret: oauth.NewSecret(info.ClientSecret),
		RedirectURIs: []string{redirect}, Scopes: info.Scopes,
		AuthorizeURL: info.URL + "/oauth/authorize", APIURL: info.URL, APIVersion: oauth.V2026_09,
	}
}
