package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
)

func plainCard(c card, width int) string {
	lines := c.view(darkTheme(), width)
	for i, l := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(l), " ")
	}
	return strings.Join(lines, "\n")
}

func missingScopeFailure() (*oauth.Error, circumstance) {
	e := &oauth.Error{
		Class: oauth.ClassPermissionDenied, Message: "This call needs one of these scopes.",
		Status: 403, Code: "MISSING_SCOPES", CorrelationID: "019cd9fe-1",
		Scopes: []string{"crm.objects.deals.read", "crm.schemas.deals.read"},
	}
	return e, circumstance{
		portal: oauth.Portal{ID: 1, Kind: oauth.KindOAuth, Scopes: []string{"oauth"}},
		app:    oauth.App{Scopes: []string{"oauth"}, OptionalScopes: []string{"crm.objects.deals.read"}},
		method: "GET", path: "/crm/objects/2026-09/deals",
	}
}

func TestCardOfAMissingScope(t *testing.T) {
	want := strings.TrimPrefix(`
 ✕  HubSpot refused the call: a scope is missing                     403  MISSING_SCOPES
    GET /crm/objects/2026-09/deals needs one of  crm.objects.deals.read
    crm.schemas.deals.read
    This grant has neither. Refreshing cannot help.

    c  reconnect with crm.objects.deals.read    correlation 019cd9fe-1`, "\n")
	if got := plainCard(failureCard(missingScopeFailure()), 88); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCardNamesWhatReconnectingNeeds(t *testing.T) {
	e, at := missingScopeFailure()
	at.app.OptionalScopes = nil
	got := plainCard(failureCard(e, at), 100)
	if !strings.Contains(got, "Add it to the app in HubSpot first") {
		t.Errorf("a scope the app does not ask for needs a word:\n%s", got)
	}
	e.AllScopes = true
	if add := scopesToAdd(e, at); len(add) != 2 {
		t.Errorf("all of two scopes: adds %q", add)
	}
	at.portal.Kind = oauth.KindPrivateApp
	if got := failureCard(e, at); len(got.keys) != 0 {
		t.Errorf("a static token cannot be reconnected: %+v", got.keys)
	}
}

func TestCardKeysHelp(t *testing.T) {
	tests := map[oauth.Class]string{
		oauth.ClassExpired:          "r",
		oauth.ClassRevoked:          "c",
		oauth.ClassReconnectPending: "c",
		oauth.ClassNotAToken:        "c",
		oauth.ClassWrongPortal:      "c",
		oauth.ClassAppMisconfigured: "a",
		oauth.ClassForbidden:        "",
		oauth.ClassUnknownOutcome:   "",
	}
	for class, want := range tests {
		c := failureCard(&oauth.Error{Class: class, Message: "It went wrong."}, circumstance{
			portal: oauth.Portal{ID: 1, Kind: oauth.KindOAuth}, method: "GET", path: "/x",
		})
		got := ""
		if len(c.keys) > 0 {
			got = c.keys[0].key
		}
		if got != want {
			t.Errorf("%s: key %q, want %q", class, got, want)
		}
	}
}

func TestCardSaysWhenALimitEnds(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	c := failureCard(&oauth.Error{
		Class: oauth.ClassRateLimited, Status: 429, Policy: "TEN_SECONDLY_ROLLING",
		Message: "Too many calls within ten seconds.", RetryAt: now.Add(10 * time.Second),
	}, circumstance{now: now, method: "GET", path: "/x"})
	got := plainCard(c, 90)
	for _, want := range []string{"429  TEN_SECONDLY_ROLLING", "Allowed again at 12:00:10, in 10 s.", "◐  Too many calls"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestCardDoesNotSayThingsTwice(t *testing.T) {
	c := failureCard(&oauth.Error{
		Class: oauth.ClassExpired, Message: "The access token has expired.", Hint: "Refresh the portal.",
	}, circumstance{portal: oauth.Portal{ID: 1, Kind: oauth.KindOAuth}})
	if got, want := plainCard(c, 60), " ✕  The access token has expired\n\n    r  refresh"; got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestCardFitsEveryWidth(t *testing.T) {
	e, at := missingScopeFailure()
	e.Scopes = append(e.Scopes, strings.Repeat("very.long.scope.", 9), "日本語のスコープ")
	e.AllScopes = true
	for width := range 140 {
		for _, line := range failureCard(e, at).view(darkTheme(), width) {
			if w := ansi.StringWidth(line); w > width {
				t.Fatalf("%d cells in %d: %q", w, width, line)
			}
		}
	}
}
