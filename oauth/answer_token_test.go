package oauth

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

var tokenSent = time.Date(2026, 11, 20, 12, 0, 0, 999_000_000, time.UTC)

func tokenAnswer(status int, body string) Answer {
	return Answer{Endpoint: EndpointRefresh, Status: status, Header: http.Header{}, Body: []byte(body), Now: tokenSent.Add(time.Second)}
}

func TestParseTokenOfHubSpot(t *testing.T) {
	token, err := parseToken(tokenAnswer(200, `{"token_type":"bearer","access_token":"C-hstermtestsecret-access","refresh_token":"na1-hstermtestsecret",
		"expires_in":1800,"token_use":"access_token","hub_id":1234567,"scopes":["oauth","crm.objects.contacts.read","oauth"],"user_id":22}`), tokenSent)
	if err != nil {
		t.Fatal(err)
	}
	if token.Access.Reveal() != "C-hstermtestsecret-access" || token.Refresh.Reveal() != "na1-hstermtestsecret" || token.Type != "bearer" {
		t.Error("tokens or type")
	}
	if want := time.Date(2026, 11, 20, 12, 30, 0, 0, time.UTC); !token.ExpiresAt.Equal(want) || token.Lifetime != 30*time.Minute {
		t.Errorf("expires %v, want %v; lifetime %v", token.ExpiresAt, want, token.Lifetime)
	}
	if token.HubID != 1234567 || token.UserID != 22 || !slices.Equal(token.Scopes, []string{"crm.objects.contacts.read", "oauth"}) {
		t.Errorf("hub %d user %d scopes %v", token.HubID, token.UserID, token.Scopes)
	}
}

func TestParseTokenAccepts(t *testing.T) {
	for _, c := range []struct {
		name, body string
		lifetime   time.Duration
		scopes     string
		refresh    bool
	}{
		{"RFC 6749 scope string", `{"access_token":"a","token_type":"Bearer","expires_in":60,"scope":"b a"}`, time.Minute, "a b", false},
		{"no expires_in", `{"access_token":"a","token_type":"BEARER"}`, 30 * time.Minute, "", false},
		{"one second", `{"access_token":"a","token_type":"bearer","expires_in":1}`, time.Second, "", false},
		{"a day", `{"access_token":"a","token_type":"bearer","expires_in":86400}`, 24 * time.Hour, "", false},
		{"empty refresh token", `{"access_token":"a","token_type":"bearer","refresh_token":""}`, 30 * time.Minute, "", false},
		{"null refresh token", `{"access_token":"a","token_type":"bearer","refresh_token":null}`, 30 * time.Minute, "", false},
		{"refresh token", `{"access_token":"a","token_type":"bearer","refresh_token":"r"}`, 30 * time.Minute, "", true},
		{"wrong types where all is optional", `{"access_token":"a","token_type":"bearer","hub_id":"x","scopes":{"a":1},"user_id":-3}`, 30 * time.Minute, "", false},
		{"a long token", `{"access_token":"` + strings.Repeat("a", 9000) + `","token_type":"bearer"}`, 30 * time.Minute, "", false},
	} {
		token, err := parseToken(tokenAnswer(200, c.body), tokenSent)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if token.Lifetime != c.lifetime || strings.Join(token.Scopes, " ") != c.scopes || token.Refresh.Empty() == c.refresh || token.HubID != 0 || token.UserID != 0 {
			t.Errorf("%s: %+v", c.name, token)
		}
	}
}

// A gateway's byte order mark must not cost a rotated refresh token.
func TestParseTokenAfterAByteOrderMark(t *testing.T) {
	token, err := parseToken(tokenAnswer(200, "\ufeff"+`{"access_token":"hstermtestsecret","token_type":"bearer"}`), tokenSent)
	if err != nil || token.Access.Reveal() != "hstermtestsecret" {
		t.Error(err)
	}
}

func TestParseTokenRefuses(t *testing.T) {
	const rest = `,"token_type":"bearer","expires_in":1800}`
	for name, body := range map[string]string{
		"nothing":                       ``,
		"null":                          `null`,
		"an array":                      `[]`,
		"a string":                      `"hstermtestsecret"`,
		"a web page":                    `<html>hstermtestsecret</html>`,
		"truncated":                     `{"access_token":"hstermtestsecret"`,
		"something deep beside it":      `{"x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `,"access_token":"hstermtestsecret"` + rest,
		"two objects":                   `{"access_token":"hstermtestsecret"` + rest + `{}`,
		"no access token":               `{"token_type":"bearer"}`,
		"an empty access token":         `{"access_token":""` + rest,
		"a number as access token":      `{"access_token":5` + rest,
		"an object as access token":     `{"access_token":{"t":"hstermtestsecret"}` + rest,
		"a line break in it":            `{"access_token":"hstermtestsecret\r\nX: y"` + rest,
		"a space in it":                 `{"access_token":"hstermtestsecret y"` + rest,
		"a letter beyond ASCII":         `{"access_token":"hstermtestsecretä"` + rest,
		"another case of the name":      `{"Access_Token":"hstermtestsecret"` + rest,
		"no token type":                 `{"access_token":"hstermtestsecret"}`,
		"another token type":            `{"access_token":"hstermtestsecret","token_type":"mac"}`,
		"a number as token type":        `{"access_token":"hstermtestsecret","token_type":1}`,
		"expires_in 0":                  `{"access_token":"hstermtestsecret","token_type":"bearer","expires_in":0}`,
		"a negative one":                `{"access_token":"hstermtestsecret","token_type":"bearer","expires_in":-1}`,
		"a string as expires_in":        `{"access_token":"hstermtestsecret","token_type":"bearer","expires_in":"1800"}`,
		"a fraction":                    `{"access_token":"hstermtestsecret","token_type":"bearer","expires_in":1800.5}`,
		"an exponent":                   `{"access_token":"hstermtestsecret","token_type":"bearer","expires_in":1e3}`,
		"more than a day":               `{"access_token":"hstermtestsecret","token_type":"bearer","expires_in":86401}`,
		"more than fits":                `{"access_token":"hstermtestsecret","token_type":"bearer","expires_in":99999999999999999999}`,
		"a refresh token of wrong type": `{"access_token":"hstermtestsecret","token_type":"bearer","refresh_token":7}`,
		"a refresh token with a tab":    `{"access_token":"hstermtestsecret","token_type":"bearer","refresh_token":"hstermtestsecret\t"}`,
	} {
		_, err := parseToken(tokenAnswer(200, body), tokenSent)
		if ClassOf(err) != ClassBadResponse {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "hstermtestsecret") {
			t.Errorf("%s: a value in %q", name, err)
		}
	}
	if _, err := parseToken(tokenAnswer(201, `{"access_token":"a","token_type":"bearer"}`), tokenSent); ClassOf(err) != ClassBadResponse {
		t.Errorf("201: %v", err)
	}
}

func FuzzParseToken(f *testing.F) {
	f.Add([]byte(`{"access_token":"a","token_type":"bearer","expires_in":1800,"scopes":["a"],"hub_id":1}`))
	f.Add([]byte(`{"access_token":"a\n","token_type":"bearer"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		token, err := parseToken(tokenAnswer(200, string(body)), tokenSent)
		if err != nil {
			if ClassOf(err) != ClassBadResponse {
				t.Fatal(err)
			}
			return
		}
		if token.Access.Empty() || !printable(token.Access.Reveal()) || token.Lifetime < time.Second || token.Lifetime > 24*time.Hour ||
			token.ExpiresAt.After(tokenSent.Add(token.Lifetime)) {
			t.Fatalf("%+v", token)
		}
	})
}
