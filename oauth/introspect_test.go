package oauth

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestIntrospect(t *testing.T) {
	server := newRecorder(t, jsonAnswer(200, `{"active":true,"hub_id":7,"user_id":22,"client_id":"client-1","app_id":5,"user":"ada@acme.example",
		"hub_domain":"acme.example","scopes":["oauth","a"],"expires_in":1789,"token_use":"access_token","token_type":"Bearer",
		"signed_access_token":{"signature":"hstermtestsecret"}}`))
	in, err := newTestClient(t).Introspect(t.Context(), server.app(V2026_09), NewSecret("hstermtestsecret-access"), UseAccessToken)
	want := Introspection{
		Active: true, HubID: 7, UserID: 22, ClientID: "client-1", AppID: 5, User: "ada@acme.example", HubDomain: "acme.example",
		Scopes: []string{"a", "oauth"}, ExpiresIn: 1789 * time.Second, TokenUse: "access_token",
	}
	if err != nil || !reflect.DeepEqual(in, want) {
		t.Errorf("%+v, %v", in, err)
	}
	got := server.only(t)
	form := url.Values{
		"token": {"hstermtestsecret-access"}, "token_type_hint": {"access_token"},
		"client_id": {"client-1"}, "client_secret": {"hstermtestsecret-client"},
	}
	if got.method != http.MethodPost || got.path != "/oauth/2026-09/token/introspect" || got.query != "" || !reflect.DeepEqual(got.form, form) {
		t.Errorf("%s %s %v", got.method, got.path, got.form)
	}
}

func TestIntrospectV1PutsTheTokenIntoThePath(t *testing.T) {
	for use, prefix := range map[string]string{UseAccessToken: "/oauth/v1/access-tokens/", UseRefreshToken: "/oauth/v1/refresh-tokens/"} {
		server := newRecorder(t, jsonAnswer(200, `{"token":"x","user":"ada@acme.example","hub_domain":"acme.example","scopes":["oauth"],"hub_id":7,"token_type":"access"}`))
		in, err := newTestClient(t).Introspect(t.Context(), server.app(V1), NewSecret("hsterm/test?secret#x"), use)
		if err != nil || !in.Active || in.HubID != 7 {
			t.Fatalf("%+v, %v", in, err)
		}
		got := server.only(t)
		if got.method != http.MethodGet || got.escaped != prefix+"hsterm%2Ftest%3Fsecret%23x" || got.query != "" {
			t.Errorf("%s %s", got.method, got.escaped)
		}
	}
}

func TestIntrospectInactive(t *testing.T) {
	for name, c := range map[string]struct {
		version APIVersion
		status  int
		body    string
	}{
		"HubSpot":        {V2026_09, 200, `{"active":false}`},
		"with leftovers": {V3, 200, `{"active":false,"hub_id":7}`},
		"v1 with 200":    {V1, 200, `{"active":false}`},
		"v1 with 404":    {V1, 404, `{"status":"BAD_REFRESH_TOKEN","message":"missing or unknown"}`},
		"v1, unknown":    {V1, 404, `{"status":"error","message":"not found","correlationId":"c"}`},
	} {
		server := newRecorder(t, jsonAnswer(c.status, c.body))
		in, err := newTestClient(t).Introspect(t.Context(), server.app(c.version), NewSecret("hstermtestsecret"), UseRefreshToken)
		if err != nil || in.Active || in.HubID != 0 {
			t.Errorf("%s: %+v, %v", name, in, err)
		}
	}
}

func TestIntrospectFails(t *testing.T) {
	for name, c := range map[string]struct {
		version APIVersion
		status  int
		body    string
		want    Class
	}{
		"no such endpoint": {V3, 404, `<html>`, ClassBadResponse},
		"v3, 404 in JSON":  {V3, 404, `{"status":"error","message":"not found"}`, ClassAppMisconfigured},
		"v1, a web page":   {V1, 404, `<html>BAD_REFRESH_TOKEN`, ClassBadResponse},
		"client":           {V3, 401, `{"error":"invalid_client"}`, ClassAppMisconfigured},
		"down":             {V1, 502, `<html>`, ClassTransient},
		"no object":        {V3, 200, `[]`, ClassBadResponse},
		"active unclear":   {V3, 200, `{"active":"yes"}`, ClassBadResponse},
		"a web page":       {V3, 200, `<html>`, ClassBadResponse},
	} {
		server := newRecorder(t, jsonAnswer(c.status, c.body))
		_, err := newTestClient(t).Introspect(t.Context(), server.app(c.version), NewSecret("hstermtestsecret"), UseAccessToken)
		if ClassOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	server := newRecorder(t, jsonAnswer(200, `{"hub_id":7}`))
	if in, err := newTestClient(t).Introspect(t.Context(), server.app(V3), NewSecret("hstermtestsecret"), UseAccessToken); err != nil || in.Active {
		t.Errorf("an answer without active counts as active: %+v, %v", in, err)
	}
}

func TestIntrospectRFC7662(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	server := newRecorder(t, jsonAnswer(200, `{"active":true,"scope":"b a","username":"ada","exp":1795176060}`))
	c := newTestClient(t)
	c.Now = func() time.Time { return now }
	in, err := c.Introspect(t.Context(), server.app(V3), NewSecret("hstermtestsecret"), UseAccessToken)
	if err != nil || in.User != "ada" || strings.Join(in.Scopes, " ") != "a b" || in.ExpiresIn != time.Unix(1795176060, 0).Sub(now) {
		t.Errorf("%+v, %v", in, err)
	}
}
