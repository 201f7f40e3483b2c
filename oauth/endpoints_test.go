package oauth

import (
	"net/url"
	"testing"
)

func TestEndpointURLJoins(t *testing.T) {
	for _, c := range []struct{ api, want string }{
		{"https://api.hubapi.com", "https://api.hubapi.com/oauth/2026-09/token"},
		{"https://api.hubapi.com/", "https://api.hubapi.com/oauth/2026-09/token"},
		{"https://host.example/prefix", "https://host.example/prefix/oauth/2026-09/token"},
		{"https://host.example:8443/a/b//", "https://host.example:8443/a/b/oauth/2026-09/token"},
		{"https://host.example/a%2Fb/", "https://host.example/a%2Fb/oauth/2026-09/token"},
		{"http://127.0.0.1:8899", "http://127.0.0.1:8899/oauth/2026-09/token"},
		{"http://127.9.9.9:8899", "http://127.9.9.9:8899/oauth/2026-09/token"},
		{"http://[::1]:8899", "http://[::1]:8899/oauth/2026-09/token"},
		{"http://localhost:8899", "http://localhost:8899/oauth/2026-09/token"},
	} {
		if got, err := endpointURL(c.api, V2026_09, tokenPath(V2026_09)); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.api, got, err, c.want)
		}
	}
}

func TestEndpointURLRefuses(t *testing.T) {
	for _, api := range []string{
		"", "api.hubapi.com", "http://api.hubapi.com", "http://192.168.0.1", "http://localhost.evil.example",
		"http://127.0.0.1.evil.example", "http://0.0.0.0", "http://[::1%25eth0]", "ftp://127.0.0.1", "https://", "https://user@host",
		"https://host?x=1", "https://host/#x", "://", "file:///etc/passwd", "https:host",
	} {
		if _, err := endpointURL(api, V2026_09, "/x"); ClassOf(err) != ClassAppMisconfigured {
			t.Errorf("%q: %v", api, err)
		}
	}
	if _, err := endpointURL("https://api.hubapi.com", "v2", "/x"); ClassOf(err) != ClassAppMisconfigured {
		t.Errorf("an unknown version: %v", err)
	}
}

func TestPathsOfVersions(t *testing.T) {
	for _, c := range []struct {
		version                                        APIVersion
		token, introspect, revoke, account, uninstalls string
	}{
		{V2026_09, "/oauth/2026-09/token", "/oauth/2026-09/token/introspect", "/oauth/2026-09/token/revoke", "/account-info/2026-09/details", "/appinstalls/2026-09/external-install"},
		{V2026_03, "/oauth/2026-03/token", "/oauth/2026-03/token/introspect", "/oauth/2026-03/token/revoke", "/account-info/2026-03/details", "/appinstalls/2026-03/external-install"},
		{V3, "/oauth/v3/token", "/oauth/v3/token/introspect", "/oauth/v3/token/revoke", "/account-info/v3/details", "/appinstalls/v3/external-install"},
		{V1, "/oauth/v1/token", "", "", "/account-info/v3/details", "/appinstalls/v3/external-install"},
		{"", "/oauth/2026-09/token", "/oauth/2026-09/token/introspect", "/oauth/2026-09/token/revoke", "/account-info/2026-09/details", "/appinstalls/2026-09/external-install"},
	} {
		got := []string{tokenPath(c.version), introspectPath(c.version), revokePath(c.version), accountPath(c.version), uninstallPath(c.version)}
		want := []string{c.token, c.introspect, c.revoke, c.account, c.uninstalls}
		for i := range want {
			if want[i] != "" && got[i] != want[i] {
				t.Errorf("%s: %s, want %s", c.version, got[i], want[i])
			}
		}
	}
}

func TestSameOrigin(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://api.hubapi.com/x", "https://API.hubapi.com:443", true},
		{"http://127.0.0.1:80/x", "http://127.0.0.1", true},
		{"http://api.hubapi.com", "https://api.hubapi.com", false},
		{"https://api.hubapi.com:444", "https://api.hubapi.com", false},
		{"https://api.hubapi.com.evil.example", "https://api.hubapi.com", false},
		{"https://evil.example/api.hubapi.com", "https://api.hubapi.com", false},
	} {
		a, _ := url.Parse(c.a)
		b, _ := url.Parse(c.b)
		if sameOrigin(a, b) != c.same {
			t.Errorf("%s and %s: want %v", c.a, c.b, c.same)
		}
	}
}
