package oauth

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
)

func TestPasteTakesAnAddressAsPeopleGiveIt(t *testing.T) {
	forms := map[string]func(address string) string{
		"as it is":           func(a string) string { return a },
		"with spaces around": func(a string) string { return "  \t" + a + "\r\n" },
		"in angle brackets":  func(a string) string { return "<" + a + ">" },
		"in quotes":          func(a string) string { return `"` + a + `"` },
		"in curly quotes":    func(a string) string { return "“" + a + "”" },
		"wrapped":            func(a string) string { return a[:30] + "\n   " + a[30:70] + "\r\n" + a[70:] },
		"without scheme":     func(a string) string { return strings.TrimPrefix(a, "http://") },
		"by number":          func(a string) string { return strings.Replace(a, "localhost", "127.0.0.1", 1) },
		"by IPv6 number":     func(a string) string { return strings.Replace(a, "localhost", "[::1]", 1) },
		"with a fragment":    func(a string) string { return a + "#_=_" },
		"with more":          func(a string) string { return a + "&returnUrl=https%3A%2F%2Fapp.hubspot.com" },
		"in capitals":        func(a string) string { return strings.Replace(a, "http://localhost", "HTTP://LocalHost", 1) },
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			connector, store, endpoint := newConnector()
			consent := startConsent(t, connector, ConsentRequest{})
			if err := consent.Paste(form(honestAddress(t, consent))); err != nil {
				t.Fatalf("Paste: %v", err)
			}
			if err := consent.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := consent.Complete(t.Context()); err != nil || store.puts != 1 || endpoint.exchanged[0].Code.Reveal() != consentCode {
				t.Errorf("Complete: %v", err)
			}
		})
	}
}

func TestPasteRefusesWithTheReason(t *testing.T) {
	connector, store, endpoint := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	state, port := stateOf(t, consent), strconv.Itoa(consent.target.port)
	good := "?code=" + consentCode + "&state=" + state
	cases := []struct{ given, reason string }{
		{"", "Nothing was pasted"},
		{" \n ", "Nothing was pasted"},
		{"<>", "Nothing was pasted"},
		{consentCode, "code on its own"},
		{"0f5e-11/ab==", "code on its own"},
		{"code=" + consentCode + "&state=" + state, "part of the address"},
		{good, "part of the address"},
		{"http://", "not an address"},
		{"http://[::1" + good, "not an address"},
		{"mailto:someone", "code on its own"},
		{consent.URL(), "consent page"},
		{"https://localhost:" + port + "/oauth/callback" + good, "another server"},
		{"http://localhost:1/oauth/callback" + good, "another server"},
		{"http://localhost/oauth/callback" + good, "another server"},
		{"http://evil.example:" + port + "/oauth/callback" + good, "another server"},
		{"http://localhost:" + port + "/other" + good, "another path"},
		{"http://localhost:" + port + "/oauth/callback/" + good, "another path"},
		{"http://me:pw@localhost:" + port + "/oauth/callback" + good, "browser ends at"},
		{"http://localhost:99999/oauth/callback" + good, "browser ends at"},
		{consent.RedirectURI(), "no state"},
		{consent.RedirectURI() + "?code=" + consentCode, "no state"},
		{consent.RedirectURI() + "?error=access_denied", "no state"},
		{consent.RedirectURI() + "?code=" + consentCode + "&state=" + strings.Repeat("A", 43), "another login"},
		{consent.RedirectURI() + good + "&state=" + state, "twice"},
		{consent.RedirectURI() + good + "&x=%zz", "cannot be read"},
		{consent.RedirectURI() + good + strings.Repeat("a", maxPasted), "too long"},
	}
	for _, c := range cases {
		err := consent.Paste(c.given)
		if ClassOf(err) != ClassUsage || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%.70q: %v, want %q", c.given, err, c.reason)
		}
		if err != nil && (strings.Contains(err.Error(), state) || strings.Contains(err.Error(), consentCode)) {
			t.Errorf("%.70q: the reason shows a secret: %v", c.given, err)
		}
	}
	checkHarmless(t, consent, "")
	logInOnce(t, consent, store, endpoint)
	if err := consent.Paste(honestAddress(t, consent)); err == nil || !strings.Contains(err.Error(), "already in") {
		t.Errorf("a second paste: %v", err)
	}
}

func TestPasteOfADenialSaysSo(t *testing.T) {
	connector, _, _ := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	err := consent.Paste(consent.RedirectURI() + "?error=access_denied&state=" + stateOf(t, consent))
	if ClassOf(err) != ClassConsentDenied || ClassOf(consent.Wait(t.Context())) != ClassConsentDenied {
		t.Errorf("Paste: %v", err)
	}
}

// pasteTarget is a consent as far as reading addresses goes.
func pasteTarget() *Consent {
	target, _ := parseRedirect("http://localhost:8976/oauth/callback")
	return &Consent{target: target, redirect: target.uri}
}

func FuzzPastedAddress(f *testing.F) {
	for _, text := range []string{
		"http://localhost:8976/oauth/callback?code=a&state=b", "<localhost:8976/oauth/callback?state=b>", "a", "http://[", "\x00", "code=", "?", "//", "http://localhost:8976\\@evil/oauth/callback?state=b",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		query, err := pasteTarget().readPasted(text)
		if err != nil {
			return
		}
		if _, err := url.Parse("http://localhost:8976/oauth/callback?" + query); err != nil || len(query) > maxPasted {
			t.Errorf("%q gives the query %q", text, query)
		}
	})
}

func FuzzCallbackQuery(f *testing.F) {
	for _, query := range []string{"code=a&state=b", "error=access_denied&state=b", "code=a&code=b", "a;b", "%zz", "state=%00", "error=%1b%5b31m"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		answer, err := parseCallbackQuery(query)
		if err != nil {
			return
		}
		values, err := url.ParseQuery(query)
		if err != nil || len(values["state"]) > 1 || len(values["code"]) > 1 || answer.state != values.Get("state") {
			t.Errorf("%q was read as %+v", query, answer)
		}
		for _, shown := range []string{answer.errorCode, answer.description} {
			if strings.ContainsFunc(shown, func(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x202e }) {
				t.Errorf("%q shows %q", query, shown)
			}
		}
	})
}
