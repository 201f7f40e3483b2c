package rfcserver

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const callback = "http://localhost:7777/cb?kept=1"

type rig struct {
	t      *testing.T
	server *Server
	url    string
	client *http.Client
	now    time.Time
}

func start(t *testing.T, change func(*Config)) *rig {
	t.Helper()
	cfg := Config{
		ClientID: "client", ClientSecret: "word", RedirectURIs: []string{callback},
		Scopes: []string{"read", "write"}, Marker: "mark",
	}
	if change != nil {
		change(&cfg)
	}
	r := &rig{t: t, now: time.Unix(1_800_000_000, 0)}
	r.server = New(cfg, func() time.Time { return r.now })
	listening := httptest.NewServer(r.server.Handler())
	t.Cleanup(listening.Close)
	r.url = listening.URL
	r.client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return r
}

// authorize follows the authorization request as far as the redirect.
func (r *rig) authorize(change func(url.Values)) url.Values {
	r.t.Helper()
	q := url.Values{"response_type": {"code"}, "client_id": {"client"}, "redirect_uri": {callback}, "scope": {"read"}, "state": {"s&1"}}
	if change != nil {
		change(q)
	}
	resp, err := r.client.Get(r.url + "/authorize?" + q.Encode())
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusFound {
		return nil
	}
	location, err := resp.Location()
	if err != nil {
		r.t.Fatal(err)
	}
	return location.Query()
}

// post sends a form with the client's name and word, and returns the answer.
func (r *rig) post(path string, form url.Values) (int, map[string]any) {
	r.t.Helper()
	form.Set("client_id", "client")
	form.Set("client_secret", "word")
	return r.raw(path, "application/x-www-form-urlencoded", form.Encode())
}

func (r *rig) raw(path, kind, body string) (int, map[string]any) {
	r.t.Helper()
	resp, err := r.client.Post(r.url+path, kind, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	answer := map[string]any{}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &answer); err != nil {
			r.t.Fatalf("%s: %v", data, err)
		}
	}
	return resp.StatusCode, answer
}

func (r *rig) exchange(change func(url.Values)) (int, map[string]any) {
	r.t.Helper()
	back := r.authorize(nil)
	form := url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")}, "redirect_uri": {callback}}
	if change != nil {
		change(form)
	}
	return r.post("/oauth/v3/token", form)
}

func TestAuthorizationRequests(t *testing.T) {
	r := start(t, nil)
	if back := r.authorize(nil); back.Get("code") == "" || back.Get("state") != "s&1" || back.Get("kept") != "1" {
		t.Errorf("a good request came back with %v", back)
	}
	wrong := map[string]func(url.Values){
		"invalid_request":           func(q url.Values) { q.Del("response_type") },
		"unsupported_response_type": func(q url.Values) { q.Set("response_type", "token") },
		"invalid_scope":             func(q url.Values) { q.Set("scope", "read contacts") },
	}
	for want, change := range wrong {
		if back := r.authorize(change); back.Get("error") != want || back.Get("state") != "s&1" {
			t.Errorf("want %s, got %v", want, back)
		}
	}
	for name, change := range map[string]func(url.Values){
		"client":   func(q url.Values) { q.Set("client_id", "other") },
		"redirect": func(q url.Values) { q.Set("redirect_uri", callback+"/") },
		"twice":    func(q url.Values) { q.Add("scope", "write") },
	} {
		if back := r.authorize(change); back != nil {
			t.Errorf("%s: redirected with %v", name, back)
		}
	}
}

func TestExchangeRefusals(t *testing.T) {
	r := start(t, nil)
	for name, change := range map[string]func(url.Values){
		"redirect": func(f url.Values) { f.Set("redirect_uri", "http://localhost:7777/cb") },
		"code":     func(f url.Values) { f.Set("code", "guess") },
		"verifier": func(f url.Values) { f.Set("code_verifier", "none was announced") },
	} {
		if status, answer := r.exchange(change); status != http.StatusBadRequest || answer["error"] != "invalid_grant" {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	if status, answer := r.raw("/oauth/v3/token", "application/json", `{"grant_type":"authorization_code"}`); status != http.StatusBadRequest || answer["error"] != "invalid_request" {
		t.Errorf("JSON was taken: %d %v", status, answer)
	}
	if status, answer := r.raw("/oauth/v3/token", "application/x-www-form-urlencoded", "grant_type=refresh_token&client_id=client&client_secret=wrong"); status != http.StatusUnauthorized || answer["error"] != "invalid_client" {
		t.Errorf("a wrong word was taken: %d %v", status, answer)
	}
}

func TestRefreshRotatesAndASpentTokenEndsTheGrant(t *testing.T) {
	r := start(t, nil)
	_, first := r.exchange(nil)
	if first["token_type"] != "Bearer" || first["scope"] != "read" || first["expires_in"] != 600.0 || len(first) != 5 {
		t.Fatalf("answer %v", first)
	}
	spend := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first["refresh_token"].(string)}}
	status, second := r.post("/oauth/v3/token", spend)
	if status != http.StatusOK || second["refresh_token"] == first["refresh_token"] {
		t.Fatalf("refresh: %d %v", status, second)
	}
	if status, answer := r.post("/oauth/v3/token", spend); status != http.StatusBadRequest || answer["error"] != "invalid_grant" {
		t.Errorf("a spent token: %d %v", status, answer)
	}
	again := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {second["refresh_token"].(string)}}
	if status, _ := r.post("/oauth/v3/token", again); status != http.StatusBadRequest {
		t.Errorf("the grant outlived a spent token: %d", status)
	}
}

func TestResourceAndIntrospection(t *testing.T) {
	r := start(t, nil)
	_, tokens := r.exchange(nil)
	me := func() int {
		request, err := http.NewRequest(http.MethodGet, r.url+"/me", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+tokens["access_token"].(string))
		resp, err := r.client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		return resp.StatusCode
	}
	active := func() any {
		_, answer := r.post("/oauth/v3/token/introspect", url.Values{"token": {tokens["access_token"].(string)}})
		return answer["active"]
	}
	if me() != http.StatusOK || active() != true {
		t.Error("a fresh token is not good")
	}
	r.now = r.now.Add(10 * time.Minute)
	if me() != http.StatusUnauthorized || active() != false {
		t.Error("an expired token is good")
	}
}
