//go:build e2e

package test

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// browser starts a Chromium of its own that talks to nobody but this machine.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("this test needs Chromium; .ci/run installs it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
		chromedp.UserDataDir(t.TempDir()),
	)
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel() })
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// visit opens an address, does the steps, and returns what the last page says and
// where it is.
func visit(t *testing.T, address string, steps ...chromedp.Action[chromedp.Void]) (text, end string) {
	t.Helper()
	ctx := browser(t)
	steps = slices.Concat([]chromedp.Action[chromedp.Void]{chromedp.Navigate(address)}, steps,
		[]chromedp.Action[chromedp.Void]{chromedp.WaitReady("body")})
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
	text, err := chromedp.Run(ctx, chromedp.Text("body"))
	if err != nil {
		t.Fatal(err)
	}
	end, err = chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	return text, end
}

// chooseAndConnect is what a person does on the consent page.
func chooseAndConnect(hubID int64) []chromedp.Action[chromedp.Void] {
	return []chromedp.Action[chromedp.Void]{
		chromedp.WaitVisible("#connect"),
		chromedp.Click("label:has(#hub-" + strconv.FormatInt(hubID, 10) + ")"),
		chromedp.Click("#connect"),
		chromedp.WaitNotPresent("#connect"),
	}
}

// opened waits for the address the program gave to its browser.
func opened(t *testing.T, w *world, log string) string {
	t.Helper()
	var address string
	w.until("a browser was started", func() bool {
		text, err := os.ReadFile(log)
		address = strings.TrimSpace(string(text))
		return err == nil && address != ""
	})
	return address
}

func TestConsentInChromium(t *testing.T) {
	w := newWorld(t)
	s := w.sandbox()
	w.app(s, "main")
	chosen := s.Portals[2]
	c := w.startConsent("--alias", "acme")

	text, address := visit(t, c.url, chooseAndConnect(chosen.HubID)...)
	if code := c.wait(); code != 0 {
		t.Fatalf("connect ended with %d:\n%s", code, c.stderr.String())
	}
	if !strings.HasPrefix(address, s.RedirectURIs[0]) || !strings.Contains(strings.ToLower(text), "close") {
		t.Errorf("the browser ended at %.40s… with\n%s", address, text)
	}
	if all := w.portals(); len(all) != 1 || all[0].HubID != chosen.HubID || all[0].Status != "active" {
		t.Errorf("chose %d, stored %+v", chosen.HubID, all)
	}
}

func TestDenialInChromium(t *testing.T) {
	w := newWorld(t)
	s := w.sandbox()
	w.app(s, "main")
	c := w.startConsent("--alias", "acme")
	text, _ := visit(t, c.url,
		chromedp.WaitVisible("#deny"),
		chromedp.Click("#deny"),
		chromedp.WaitNotPresent("#deny"),
	)
	if code := c.wait(); code != 5 {
		t.Errorf("connect ended with %d:\n%s", code, c.stderr.String())
	}
	if len(w.portals()) != 0 {
		t.Error("something was stored all the same")
	}
	if strings.TrimSpace(text) == "" {
		t.Error("the browser shows an empty page")
	}
}

// What goes wrong on HubSpot's side stays on its page: the callback is never
// called, so connect goes on waiting and can be ended by its time limit.
func TestErrorsOnThePageNeverComeBack(t *testing.T) {
	w := newWorld(t)
	s := w.sandbox("--scope", "oauth", "--scope", "crm.objects.contacts.read")
	w.ok("app", "add", "main", "--client-id", s.ClientID, "--redirect-uri", s.RedirectURIs[0],
		"--authorize-url", s.URL+"/oauth/authorize", "--api-url", s.URL, "--scope", "oauth", "--scope", "no.such.scope")
	c := w.startConsent("--timeout", "4s")
	text, address := visit(t, c.url)
	if !strings.HasPrefix(address, s.URL) || !strings.Contains(text, "scope") {
		t.Errorf("the browser ended at %.40s… with\n%s", address, text)
	}
	if code := c.wait(); code != 124 {
		t.Errorf("connect ended with %d:\n%s", code, c.stderr.String())
	}
}
