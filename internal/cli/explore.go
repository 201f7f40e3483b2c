package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// sandboxApp is the name of the app that stands for the sandbox of the screen,
// unless a person has given it to an app of theirs.
const sandboxApp = "sandbox"

// exploreClient begins the client ids of those sandboxes, and no others. The rest
// is drawn, as a store holds a client id only once.
const exploreClient = "hsterm-explore-"

// ExploreSandbox starts a sandbox in this process and points an app at it. It is
// one that a program which crashed has left behind, or a new one; leaving the
// screen removes it together with what was connected through it.
func (b *appsBackend) ExploreSandbox(ctx context.Context) (oauth.App, error) {
	if err := b.store.Unlock(ctx); err != nil {
		return oauth.App{}, err
	}
	server, redirect, err := b.p.startSandbox(sandbox.Config{ClientID: exploreClient + strings.ToLower(rand.Text())})
	if err != nil {
		return oauth.App{}, err
	}
	b.p.atClose(func(context.Context) { _ = server.Close() })
	app, err := b.addSandbox(ctx, appFor(server, sandboxApp, redirect))
	if err == nil {
		b.p.atClose(func(ctx context.Context) { b.forgetSandbox(ctx, app) })
	}
	return app, err
}

// addSandbox stores the app under the first free name, in the place of one that
// was left behind if there is any.
func (b *appsBackend) addSandbox(ctx context.Context, app oauth.App) (oauth.App, error) {
	apps, err := b.store.Apps(ctx)
	if err != nil {
		return oauth.App{}, err
	}
	taken := make(map[string]bool, len(apps))
	for _, old := range apps {
		if leftBehind(old) {
			app.ID, app.Name = old.ID, old.Name
			return b.store.UpdateApp(ctx, app)
		}
		taken[strings.ToLower(old.Name)] = true
	}
	for n := 2; taken[app.Name]; n++ {
		app.Name = sandboxApp + "-" + strconv.Itoa(n)
	}
	return b.store.AddApp(ctx, app)
}

// leftBehind tells whether a stored app is that of a sandbox of the screen whose
// program ended without removing it: with the client id of one, and at an address
// of this machine where nothing answers any more.
func leftBehind(app oauth.App) bool {
	address, err := url.Parse(app.APIURL)
	if err != nil || !strings.HasPrefix(app.ClientID, exploreClient) {
		return false
	}
	if ip := net.ParseIP(address.Hostname()); ip == nil || !ip.IsLoopback() {
		return false
	}
	conn, err := net.DialTimeout("tcp", address.Host, time.Second)
	if err == nil {
		_ = conn.Close()
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}

// forgetSandbox removes the portals of an app whose server ends, and the app,
// unless somebody has made it another one since.
func (b *appsBackend) forgetSandbox(ctx context.Context, ours oauth.App) {
	app, err := b.app(ctx, ours.ID)
	if err != nil || app.ClientID != ours.ClientID || app.APIURL != ours.APIURL {
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
