package oauth

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"time"
)

func TestExchangeSendsWhatRFC6749Asks(t *testing.T) {
	for version, path := range map[APIVersion]string{
		V2026_09: "/oauth/2026-09/token", V2026_03: "/oauth/2026-03/token", V3: "/oauth/v3/token", V1: "/oauth/v1/token",
	} {
		server := newRecorder(t, jsonAnswer(200, goodToken))
		token, err := newTestClient(t).Exchange(t.Context(), server.app(version), Exchange{
			Code: NewSecret("hstermtestsecret-code"), RedirectURI: "http://localhost:8976/oauth/callback", Verifier: NewSecret("hstermtestsecret-verifier"),
		})
		if err != nil || token.HubID != 7 {
			t.Fatalf("%s: %v", version, err)
		}
		got := server.only(t)
		want := url.Values{
			"grant_type": {"authorization_code"}, "code": {"hstermtestsecret-code"}, "redirect_uri": {"http://localhost:8976/oauth/callback"},
			"client_id": {"client-1"}, "client_secret": {"hstermtestsecret-client"}, "code_verifier": {"hstermtestsecret-verifier"},
		}
		if got.method != http.MethodPost || got.path != path || got.query != "" || !reflect.DeepEqual(got.form, want) {
			t.Errorf("%s: %s %s?%s %v", version, got.method, got.path, got.query, got.form)
		}
		for name, value := range map[string]string{
			"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json", "User-Agent": "hsterm/test", "Authorization": "",
		} {
			if got.header.Get(name) != value {
				t.Errorf("%s: %s is %q", version, name, got.header.Get(name))
			}
		}
	}
}

func TestRefreshSendsWhatRFC6749Asks(t *testing.T) {
	server := newRecorder(t, jsonAnswer(200, goodToken))
	app := server.app(V2026_09)
	app.APIURL += "/prefix/"
	before := time.Now()
	token, err := newTestClient(t).Refresh(t.Context(), app, NewSecret("hstermtestsecret+&=old"))
	if err != nil {
		t.Fatal(err)
	}
	got := server.only(t)
	want := url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {"hstermtestsecret+&=old"},
		"client_id": {"client-1"}, "client_secret": {"hstermtestsecret-client"},
	}
	if got.path != "/prefix/oauth/2026-09/token" || !reflect.DeepEqual(got.form, want) {
		t.Errorf("%s %v", got.path, got.form)
	}
	if latest := before.Add(31 * time.Minute); token.ExpiresAt.After(latest) || token.ExpiresAt.Before(before.Add(29*time.Minute)) {
		t.Errorf("expires %v", token.ExpiresAt)
	}
}

func TestExpiryCountsFromSending(t *testing.T) {
	clock := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	server := newRecorder(t, func(w http.ResponseWriter, r *http.Request) {
		clock = clock.Add(15 * time.Second) // the answer took its time
		jsonAnswer(200, goodToken)(w, r)
	})
	c := newTestClient(t)
	c.Now = func() time.Time { return clock }
	token, err := c.Refresh(t.Context(), server.app(V3), NewSecret("hstermtestsecret"))
	if want := time.Date(2026, 11, 20, 12, 30, 0, 0, time.UTC); err != nil || !token.ExpiresAt.Equal(want) {
		t.Errorf("expires %v, want %v (%v)", token.ExpiresAt, want, err)
	}
}

func TestPublicClientSendsNoSecret(t *testing.T) {
	server := newRecorder(t, jsonAnswer(200, goodToken))
	app := server.app(V3)
	app.ClientSecret = Secret{}
	if _, err := newTestClient(t).Refresh(t.Context(), app, NewSecret("hstermtestsecret")); err != nil {
		t.Fatal(err)
	}
	if _, sent := server.only(t).form["client_secret"]; sent {
		t.Error("an empty client_secret was sent")
	}
}

func TestServersOfOtherPeople(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   Class
	}{
		{400, `{"error":"invalid_grant"}`, ClassRevoked},
		{401, `{"error":"invalid_client","error_description":"Client authentication failed"}`, ClassAppMisconfigured},
		{400, `{"error":"invalid_client"}`, ClassAppMisconfigured},
		{200, `{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example"}`, ClassBadResponse},
		{200, `{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer"}`, ""},
		{503, `Service Unavailable`, ClassTransient},
	} {
		server := newRecorder(t, jsonAnswer(c.status, c.body))
		if _, err := newTestClient(t).Refresh(t.Context(), server.app(V3), NewSecret("hstermtestsecret")); ClassOf(err) != c.want {
			t.Errorf("%d %s: %v", c.status, c.body, err)
		}
	}
}

func TestClientMeasuresSkew(t *testing.T) {
	server := newRecorder(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(-2*time.Minute).UTC().Format(http.TimeFormat))
		jsonAnswer(200, goodToken)(w, r)
	})
	c := newTestClient(t)
	if c.Skew() != 0 {
		t.Error("a client without a meter knows the skew")
	}
	c.Meter = &SkewMeter{}
	_, err := c.Refresh(t.Context(), server.app(V3), NewSecret("hstermtestsecret"))
	if skew := c.Skew(); err != nil || skew < 118*time.Second || skew > 122*time.Second {
		t.Errorf("skew %v (%v)", skew, err)
	}
}
