package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

const details = "/account-info/2026-09/details"

func TestAccountDetails(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect("path", "/oauth/771204/authorize")
	got := r.api(mine.access, "GET", details, nil)
	want(t, "portal", got.json["portalId"], any(771204.0))
	want(t, "ui domain", got.json["uiDomain"], any("app-eu1.hubspot.com"))
	want(t, "region", got.json["dataHostingLocation"], any("eu1"))
	want(t, "limit", got.header.Get("X-HubSpot-RateLimit-Max"), "110")
	want(t, "left", got.header.Get("X-HubSpot-RateLimit-Remaining"), "109")
	want(t, "no daily limit for OAuth", got.header.Get("X-HubSpot-RateLimit-Daily"), "")
}

func TestUnauthorized(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	expired := r.pair(r.refresh(mine.refresh)).access
	r.clock.advance(30*time.Minute + 8*time.Second)
	live := r.pair(r.refresh(mine.refresh)).access
	cases := []struct{ name, token, path, category, part string }{
		{"expired", expired, details, "EXPIRED_AUTHENTICATION", "expired 8 second(s) ago"},
		{"unknown", "C" + strings.Repeat("x", 220), details, "INVALID_AUTHENTICATION", "credentials not found"},
		{"unknown static", "pat-na1-11111111-2222-3333", details, "INVALID_AUTHENTICATION", "credentials not found"},
		{"a refresh token", mine.refresh, details, "EXPIRED_AUTHENTICATION", "day(s) ago"},
		{"an hs key", "CiRuYTEtzzz+/==", details, "EXPIRED_AUTHENTICATION", "day(s) ago"},
		{"wrong kind of credential", live, "/account-info/2026-09/api-usage/daily/private-apps", "INVALID_AUTHENTICATION", "credentials not found"},
	}
	for _, c := range cases {
		got := r.api(c.token, "GET", c.path, nil)
		want(t, c.name+" status", got.status, http.StatusUnauthorized)
		want(t, c.name+" category", got.json["category"], any(c.category))
		if message, _ := got.json["message"].(string); !strings.Contains(message, c.part) {
			t.Errorf("%s: message %q", c.name, message)
		}
	}
	want(t, "no header", r.get(details).status, http.StatusUnauthorized)
	got := r.api("junk", "GET", details, nil)
	want(t, "1970", strings.Contains(got.text, `"expire time":["1970-01-01T00:00:00.000Z"]`), true)
	got = r.api(expired, "GET", details, nil)
	want(t, "expire time", strings.Contains(got.text, `"expire time":["2026-11-02T10:30:00.000Z"]`), true)
}

func TestSpelling(t *testing.T) {
	for d, words := range map[time.Duration]string{
		0: "0 second(s)", 90 * time.Second: "1 minute(s)", 3 * time.Hour: "3 hour(s)", 20705 * 24 * time.Hour: "20705 day(s)",
	} {
		want(t, d.String(), spell(d), words)
	}
}

func TestScopesAreEnforced(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	token, err := r.s.NewStaticToken(62515, []string{"crm.objects.products.read"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, sentence, scopes string }{
		{"/crm/objects/2026-09/deals", "One or more of the following scopes are required.", `["crm.objects.deals.read"]`},
		{"/crm/properties/2026-09/contacts", "One or more of the following scopes are required.", `["crm.schemas.contacts.read","crm.objects.contacts.read"]`},
		{"/crm/objects/2026-09/products", "All of the following scopes are required.", `["crm.objects.products.read","e-commerce"]`},
	} {
		got := r.api(token, "GET", c.path, nil)
		want(t, c.path, got.status, http.StatusForbidden)
		want(t, c.path, got.json["category"], any("MISSING_SCOPES"))
		var body struct {
			Errors []struct {
				Message string
				Context map[string]json.RawMessage
			}
		}
		if err := json.Unmarshal([]byte(got.text), &body); err != nil || len(body.Errors) != 1 {
			t.Fatalf("%s: %v %s", c.path, err, got.text)
		}
		want(t, c.path, body.Errors[0].Message, c.sentence)
		want(t, c.path, string(body.Errors[0].Context["requiredGranularScopes"]), c.scopes)
	}
	want(t, "a static token may ask who it is", r.api(token, "GET", details, nil).status, http.StatusOK)
	want(t, "and what it used", r.api(token, "GET", "/account-info/2026-09/api-usage/daily/private-apps", nil).status, http.StatusOK)
}

func TestRateLimits(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	for range oauthLimit {
		want(t, "under the limit", r.api(mine.access, "GET", details, nil).status, http.StatusOK)
	}
	got := r.api(mine.access, "GET", details, nil)
	want(t, "status", got.status, http.StatusTooManyRequests)
	want(t, "type", got.json["errorType"], any("RATE_LIMIT"))
	want(t, "policy", got.json["policyName"], any("TEN_SECONDLY_ROLLING"))
	want(t, "category", got.json["category"], any(nil))
	want(t, "left", got.header.Get("X-HubSpot-RateLimit-Remaining"), "0")
	r.clock.advance(limitWindow)
	want(t, "later", r.api(mine.access, "GET", details, nil).status, http.StatusOK)

	const search = "/crm/objects/2026-09/contacts/search"
	for range searchLimit {
		got = r.api(mine.access, "POST", search, map[string]any{})
		want(t, "search", got.status, http.StatusOK)
		want(t, "search tells no limits", got.header.Get("X-HubSpot-RateLimit-Max"), "")
	}
	got = r.api(mine.access, "POST", search, map[string]any{})
	want(t, "search status", got.status, http.StatusTooManyRequests)
	want(t, "search message", got.json["message"], any("You have reached your secondly limit."))

	static, err := r.s.NewStaticToken(771204, nil)
	if err != nil {
		t.Fatal(err)
	}
	got = r.api(static, "GET", details, nil)
	want(t, "static limit", got.header.Get("X-HubSpot-RateLimit-Max"), "100")
	want(t, "static daily", got.header.Get("X-HubSpot-RateLimit-Daily-Remaining"), "249999")
}

func TestUnknownRoutesAreHTML(t *testing.T) {
	r := newRig(t, Config{})
	got := r.get("/crm/v9/nothing/here")
	want(t, "status", got.status, http.StatusNotFound)
	want(t, "type", got.header.Get("Content-Type"), "text/html; charset=utf-8")
	want(t, "landing", r.get("/").status, http.StatusOK)
}

func TestLargeBodiesAreRefused(t *testing.T) {
	r := newRig(t, Config{})
	got := r.send(r.request("POST", "/oauth/2026-09/token", "application/x-www-form-urlencoded", strings.Repeat("a", maxBody+1)))
	want(t, "status", got.status, http.StatusRequestEntityTooLarge)
}
