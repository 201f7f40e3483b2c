package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestConsentFailuresStayOnThePage(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true, OptionalScopes: []string{"forms"}})
	all := strings.Join(r.s.Info().Scopes, " ")
	cases := []struct{ name, title, key, value string }{
		{"no scope", "Scopes missing", "scope", ""},
		{"unknown scope", "Unknown scope", "scope", all + " offline"},
		{"retired scope", "Unknown scope", "scope", all + " contacts"},
		{"commas", "Unknown scope", "scope", strings.ReplaceAll(all, " ", ",")},
		{"required scope missing", "Required scope missing", "scope", "oauth"},
		{"optional not listed", "Optional scope not allowed", "optional_scope", "automation"},
		{"other port", "Redirect URL mismatch", "redirect_uri", "http://localhost:8977/oauth/callback"},
		{"slash at the end", "Redirect URL mismatch", "redirect_uri", testRedirect + "/"},
		{"no redirect", "Redirect URL mismatch", "redirect_uri", ""},
		{"unknown client", "Unknown app", "client_id", "nobody"},
		{"token flow", "Unsupported response type", "response_type", "token"},
		{"plain challenge", "Code challenge not supported", "code_challenge", strings.Repeat("a", 43)},
		{"unknown account", "Unknown account", "path", "/oauth/999/authorize"},
		{"tier too low", "Scopes not available", "path", "/oauth/118820/authorize"},
	}
	for _, c := range cases {
		changes := []string{c.key, c.value}
		if c.name == "tier too low" {
			changes = append(changes, "scope", all+" automation")
		}
		got := r.get(r.authorizeURL(changes...))
		want(t, c.name+" status", got.status, http.StatusBadRequest)
		want(t, c.name+" stays", got.header.Get("Location"), "")
		if !strings.Contains(got.text, "<h1>"+c.title+"</h1>") {
			t.Errorf("%s: the page does not say %q", c.name, c.title)
		}
	}
	want(t, "response_type may be missing", r.get(r.authorizeURL("response_type", "")).status, http.StatusFound)
	want(t, "twice the same", r.get(r.authorizeURL()+"&state=other").status, http.StatusBadRequest)
}

var nonceField = regexp.MustCompile(`name="nonce" value="([^"]+)"`)

func (r *rig) decide(page reply, fields ...string) reply {
	r.t.Helper()
	match := nonceField.FindStringSubmatch(page.text)
	if match == nil {
		r.t.Fatalf("no form: %d %s", page.status, page.text)
	}
	v := url.Values{"nonce": {match[1]}}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return r.form("/oauth/authorize", v)
}

func TestConsentPage(t *testing.T) {
	r := newRig(t, Config{})
	page := r.get(r.authorizeURL("path", "/oauth/771204/authorize", "optional_scope", "forms"))
	want(t, "status", page.status, http.StatusOK)
	for _, part := range []string{"hsterm sandbox", `value="771204" id="hub-771204" checked`, "crm.objects.contacts.read", "forms", "Connect app", "Deny"} {
		if !strings.Contains(page.text, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if csp := page.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "http://localhost:8976") {
		t.Errorf("policy %q", csp)
	}
	got := r.decide(page, "action", "connect", "hub_id", "771204")
	at, err := url.Parse(got.header.Get("Location"))
	if err != nil || got.status != http.StatusFound || !strings.HasPrefix(at.String(), testRedirect+"?") {
		t.Fatalf("connect: %d %s", got.status, got.header.Get("Location"))
	}
	want(t, "state", at.Query().Get("state"), "s t&te/1")
	if !strings.HasPrefix(at.Query().Get("code"), "eu1-") {
		t.Error("the code lacks the region of its account")
	}
	want(t, "the form works once", r.decide(page, "action", "connect", "hub_id", "771204").status, http.StatusBadRequest)
	want(t, "a made-up form", r.form("/oauth/authorize", url.Values{"nonce": {"x"}, "hub_id": {"771204"}}).status, http.StatusBadRequest)
}

func TestDeny(t *testing.T) {
	r := newRig(t, Config{})
	got := r.decide(r.get(r.authorizeURL()), "action", "deny")
	at, err := url.Parse(got.header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "error", at.Query().Get("error"), "access_denied")
	want(t, "state", at.Query().Get("state"), "s t&te/1")
	want(t, "no code", at.Query().Get("code"), "")
	if at.Query().Get("error_description") == "" {
		t.Error("no description")
	}
	old := r.get(r.authorizeURL())
	r.clock.advance(consentLife + time.Second)
	want(t, "an old page", r.decide(old, "action", "connect", "hub_id", "62515").status, http.StatusBadRequest)
}

func TestAutoConsentChoosesAccounts(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true, Portals: 2})
	want(t, "first", r.connect().hubID, 62515)
	want(t, "then the one not connected", r.connect().hubID, 771204)
	want(t, "then the first again", r.connect().hubID, 62515)
	want(t, "the one of the path", r.connect("path", "/oauth/771204/authorize").hubID, 771204)
	if err := r.s.SetConsent(true, 62515, false); err != nil {
		t.Fatal(err)
	}
	want(t, "another than asked", r.connect("path", "/oauth/771204/authorize").hubID, 62515)
	if err := r.s.SetConsent(true, 0, true); err != nil {
		t.Fatal(err)
	}
	if got := r.get(r.authorizeURL()).header.Get("Location"); !strings.Contains(got, "error=access_denied") {
		t.Errorf("deny: %s", got)
	}
}

func TestPKCE(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	verifier := strings.Repeat("verifier-", 6)
	sum := sha256.Sum256([]byte(verifier))
	asked := []string{"code_challenge_method", "S256", "code_challenge", base64.RawURLEncoding.EncodeToString(sum[:])}
	for _, c := range []struct {
		name, verifier string
		changes        []string
		status         any
	}{
		{"right", verifier, asked, nil},
		{"wrong", verifier + "x", asked, "BAD_CODE_VERIFIER"},
		{"missing", "", asked, "BAD_CODE_VERIFIER"},
		{"challenge taken out", verifier, nil, "BAD_CODE_VERIFIER"},
	} {
		fields := []string{"grant_type", "authorization_code", "code", r.consent(c.changes...), "redirect_uri", testRedirect}
		if c.verifier != "" {
			fields = append(fields, "code_verifier", c.verifier)
		}
		want(t, c.name, r.form("/oauth/2026-09/token", r.client(fields...)).json["status"], c.status)
	}
}

func TestGrantedScopesFollowTheAccount(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	granted := func(hub string) string {
		fields := r.client("grant_type", "authorization_code", "redirect_uri", testRedirect,
			"code", r.consent("path", "/oauth/"+hub+"/authorize", "optional_scope", "forms automation"))
		return r.form("/oauth/v3/token", fields).text
	}
	if got := granted("62515"); !strings.Contains(got, `"forms"`) || !strings.Contains(got, `"automation"`) {
		t.Errorf("enterprise: %s", got)
	}
	if got := granted("118820"); !strings.Contains(got, `"forms"`) || strings.Contains(got, `"automation"`) {
		t.Errorf("free: %s", got)
	}
}
