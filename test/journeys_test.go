package test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/test/terminal"
)

// Two screens on one file: what is done in one shows in the other within two seconds.
func TestTwoScreensSeeEachOther(t *testing.T) {
	const soon = 2 * time.Second
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent", "--portals", "2")
	w.app(sandbox, "main")
	w.ok("connect", "--alias", "acme")
	w.ok("connect", "--alias", "globex")
	one := w.screen(terminal.Options{Cols: 120, Rows: 36})
	other := w.screen(terminal.Options{Cols: 80, Rows: 24})
	one.see("2 active")
	other.see("2 active")

	one.press("x")
	one.see("Disconnect")
	one.press("acme", "enter")
	one.see("1 active")
	start := time.Now()
	other.see("1 active")
	other.seeNot("acme")
	if took := time.Since(start); took > soon {
		t.Errorf("the other screen saw it after %s", took)
	}
	for _, s := range []*screen{one, other} {
		s.press("q")
		s.ends(0)
	}
}

// Whoever says no on HubSpot's page is told so, and nothing is stored.
func TestJourneyOfADeniedConsent(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	opened := filepath.Join(w.dir, "opened")
	w.set("XDG_OPEN=ignore", "XDG_OPEN_LOG="+opened)
	s := w.screen(terminal.Options{Cols: 120, Rows: 36})
	s.see("There are none yet")
	s.press("c")
	s.see("comes back to")
	s.press("enter")
	s.see("Listening on")
	w.deny(opened)
	s.see("denied")
	s.press("esc")
	s.seeNot("access_denied")
	if stored := w.portals(); len(stored) != 0 {
		t.Errorf("stored all the same: %+v", stored)
	}
	s.press("q")
	s.ends(0)
}

// deny comes back from the consent page that was opened as HubSpot sends somebody
// who presses Cancel.
func (w *world) deny(opened string) {
	w.t.Helper()
	var page *url.URL
	w.until("the page was opened", func() bool {
		text, err := os.ReadFile(opened)
		if err != nil || len(text) == 0 {
			return false
		}
		page, err = url.Parse(strings.TrimSpace(string(text)))
		return err == nil
	})
	query := url.Values{"error": {"access_denied"}, "error_description": {"the user said no"}, "state": {page.Query().Get("state")}}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, page.Query().Get("redirect_uri")+"?"+query.Encode(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	_ = resp.Body.Close()
}

// The filter leaves the rows that match, and gives all back.
func TestJourneyOfAFilter(t *testing.T) {
	w := newWorld(t)
	s := w.screen(terminal.Options{Cols: 120, Rows: 36}, "demo")
	s.see("acme-prod")
	s.see("globex")
	s.press("/", "globex")
	s.seeNot("acme-prod")
	s.press("enter", "esc")
	s.see("acme-prod")
	s.press("q")
	s.ends(0)
}

// A token dies while one watches, and a key brings it back.
func TestJourneyOfAnExpiryThatIsWatched(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent", "--ttl", "4s")
	w.app(sandbox, "main")
	w.ok("connect", "--alias", "acme")
	s := w.screen(terminal.Options{Cols: 120, Rows: 36})
	s.see("expired")
	s.see("1 expired")
	if _, err := sandbox.control("ttl", `{"seconds":1800}`); err != nil {
		t.Fatal(err)
	}
	s.press("r")
	s.see("1 active")
	s.seeNot("expired just now")
	s.press("q")
	s.ends(0)
}
