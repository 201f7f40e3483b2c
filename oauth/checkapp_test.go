package oauth

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"
)

func TestCheckApp(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		want   Class
	}{
		"scope refused":                {400, `{"status":"BAD_SCOPES","error":"invalid_scope"}`, ""},
		"scope refused, status alone":  {400, `{"status":"BAD_SCOPES"}`, ""},
		"scope refused, RFC 6749":      {400, `{"error":"invalid_scope"}`, ""},
		"grant not allowed":            {400, `{"error":"unauthorized_client"}`, ""},
		"a token":                      {200, goodToken, ""},
		"id":                           {400, `{"status":"BAD_CLIENT_ID","error":"invalid_client"}`, ClassAppMisconfigured},
		"secret":                       {400, `{"status":"BAD_CLIENT_SECRET"}`, ClassAppMisconfigured},
		"RFC 6749":                     {401, `{"error":"invalid_client"}`, ClassAppMisconfigured},
		"grant type unknown":           {400, `{"error":"unsupported_grant_type"}`, ClassBadResponse},
		"something else":               {400, `{"status":"SOMETHING"}`, ClassBadResponse},
		"a web page":                   {404, `<html>`, ClassBadResponse},
		"a web page for a good answer": {200, `<html>`, ClassBadResponse},
		"down":                         {503, ``, ClassTransient},
		"too many":                     {429, ``, ClassRateLimited},
	} {
		server := newRecorder(t, jsonAnswer(c.status, c.body))
		if err := newTestClient(t).CheckApp(t.Context(), server.app(V2026_09)); ClassOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		want := url.Values{"grant_type": {"client_credentials"}, "client_id": {"client-1"}, "client_secret": {"hstermtestsecret-client"}}
		if got := server.only(t); got.path != "/oauth/2026-09/token" || !reflect.DeepEqual(got.form, want) {
			t.Errorf("%s: %s %v", name, got.path, got.form)
		}
	}
}

func TestRevoke(t *testing.T) {
	for name, c := range map[string]struct {
		version APIVersion
		status  int
		body    string
		want    Class
	}{
		"done":              {V2026_09, 200, ``, ""},
		"v1 done":           {V1, 204, ``, ""},
		"v1 unknown":        {V1, 404, `{"message":"unknown"}`, ""},
		"unknown":           {V3, 400, `{"error":"invalid_token"}`, ""},
		"v1 wrong address":  {V1, 404, `<html>`, ClassBadResponse},
		"wrong address":     {V3, 404, `<html>`, ClassBadResponse},
		"client":            {V3, 400, `{"status":"BAD_CLIENT_SECRET"}`, ClassAppMisconfigured},
		"down":              {V1, 503, ``, ClassTransient},
		"down, other words": {V3, 500, `{"status":"BAD_REFRESH_TOKEN"}`, ClassTransient},
	} {
		server := newRecorder(t, jsonAnswer(c.status, c.body))
		if err := newTestClient(t).Revoke(t.Context(), server.app(c.version), NewSecret("hstermtestsecret")); ClassOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		got := server.only(t)
		if c.version == V1 {
			if got.method != http.MethodDelete || got.path != "/oauth/v1/refresh-tokens/hstermtestsecret" {
				t.Errorf("%s: %s %s", name, got.method, got.path)
			}
		} else if got.method != http.MethodPost || got.form.Get("token") != "hstermtestsecret" || got.form.Get("token_type_hint") != "refresh_token" {
			t.Errorf("%s: %s %v", name, got.method, got.form)
		}
	}
}

func TestAccountAndUninstall(t *testing.T) {
	server := newRecorder(t, jsonAnswer(200, `{"portalId":123456,"accountType":"STANDARD","timeZone":"Europe/Dublin","uiDomain":"app-eu1.hubspot.com","dataHostingLocation":"eu1"}`))
	got, err := newTestClient(t).Account(t.Context(), server.URL+"/", V1, NewSecret("hstermtestsecret"))
	want := Account{HubID: 123456, AccountType: "STANDARD", UIDomain: "app-eu1.hubspot.com", Region: "eu1", TimeZone: "Europe/Dublin"}
	if err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if r := server.only(t); r.method != http.MethodGet || r.path != "/account-info/v3/details" || r.header.Get("Authorization") != "Bearer hstermtestsecret" {
		t.Errorf("%s %s", r.method, r.path)
	}
	for body, class := range map[string]Class{
		`{"portalId":"x"}`: ClassBadResponse, `<html>`: ClassBadResponse,
	} {
		server := newRecorder(t, jsonAnswer(200, body))
		if _, err := newTestClient(t).Account(t.Context(), server.URL, V3, NewSecret("hstermtestsecret")); ClassOf(err) != class {
			t.Errorf("%s: %v", body, err)
		}
	}
	odd := newRecorder(t, jsonAnswer(200, `{"portalId":1,"uiDomain":"evil.example/<x>"}`))
	if a, err := newTestClient(t).Account(t.Context(), odd.URL, V3, NewSecret("hstermtestsecret")); err != nil || a.UIDomain != "" {
		t.Errorf("%+v, %v", a, err)
	}
	gone := newRecorder(t, jsonAnswer(204, ``))
	if err := newTestClient(t).Uninstall(t.Context(), gone.URL, V2026_09, NewSecret("hstermtestsecret")); err != nil {
		t.Error(err)
	}
	if r := gone.only(t); r.method != http.MethodDelete || r.path != "/appinstalls/2026-09/external-install" {
		t.Errorf("%s %s", r.method, r.path)
	}
}
