package cli

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// explorer is a program on the store of a home whose screen is open.
func (h *home) explorer() (*program, *appsBackend) {
	h.t.Helper()
	p := newProgram(h.file("in"), h.file("out"), h.file("err"), newEnvironment(h.environ()), time.Now)
	store, err := p.unlocked(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return p, &appsBackend{p: p, store: store, client: p.client()}
}

func explore(t *testing.T, b *appsBackend) oauth.App {
	t.Helper()
	app, err := b.ExploreSandbox(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func appNamesOf(t *testing.T, b *appsBackend) []string {
	t.Helper()
	apps, err := b.Apps(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, app := range apps {
		names = append(names, app.Name)
	}
	return names
}

// An app of the user's is neither changed nor removed, whatever its name.
func TestExploreLeavesAppsAlone(t *testing.T) {
	h := newHome(t)
	h.vars["HSTERM_CLIENT_SECRET"] = "hstermtestsecret-mine"
	h.run("app", "add", "sandbox", "--client-id", "mine", "--scope", "oauth").want(t, 0, "sandbox", "Added")
	before := h.run("app", "show", "sandbox", "--json").stdout
	p, b := h.explorer()
	if app := explore(t, b); app.Name != "sandbox-2" {
		t.Errorf("the sandbox is %q", app.Name)
	}
	p.close()
	if after := h.run("app", "show", "sandbox", "--json").stdout; after != before {
		t.Errorf("the app was\n%s\nand is\n%s", before, after)
	}
	h.run("app", "show", "sandbox-2").want(t, 3, "", "There is no app")
}

// A sandbox that another program serves is not taken over; one that a program
// left behind is.
func TestExploreReusesOnlyWhatWasLeftBehind(t *testing.T) {
	h := newHome(t)
	other, theirs := h.explorer()
	explore(t, theirs)
	p, b := h.explorer()
	if app := explore(t, b); app.Name != "sandbox-2" {
		t.Errorf("beside another sandbox it is %q", app.Name)
	}
	p.close()
	other.close()
	h.leaveSandbox()
	p, b = h.explorer()
	if app := explore(t, b); app.Name != sandboxApp {
		t.Errorf("in the place of one left behind it is %q", app.Name)
	}
	p.close()
	p, b = h.explorer()
	defer p.close()
	if names := appNamesOf(t, b); len(names) != 0 {
		t.Errorf("the apps are %q", names)
	}
}

// leaveSandbox stores an app as a program does that crashes then.
func (h *home) leaveSandbox() {
	h.t.Helper()
	p, b := h.explorer()
	defer p.close()
	server, redirect, err := p.startSandbox(sandbox.Config{ClientID: exploreClient + "left"})
	if err != nil {
		h.t.Fatal(err)
	}
	defer server.Close()
	if _, err := b.store.AddApp(context.Background(), appFor(server, sandboxApp, redirect)); err != nil {
		h.t.Fatal(err)
	}
}
