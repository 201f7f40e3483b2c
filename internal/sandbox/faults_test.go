package sandbox

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestFaultRoutes(t *testing.T) {
	for _, c := range []struct {
		route, method, path string
		hit                 bool
	}{
		{"*", "GET", "/anything", true},
		{"token", "POST", "/oauth/2026-09/token", true},
		{"token", "POST", "/oauth/2026-09/token/introspect", false},
		{"introspect", "POST", "/oauth/v3/token/introspect", true},
		{"crm", "GET", "/crm/objects/2026-09/contacts", true},
		{"/oauth/2026-09/token", "POST", "/oauth/2026-09/token", true},
		{"/oauth/2026-09/token", "POST", "/oauth/2026-09/token/revoke", false},
		{"/oauth/2026-09", "POST", "/oauth/2026-09/token/revoke", true},
		{"/crm/objects/*/contacts", "GET", "/crm/objects/2026-03/contacts/5", true},
		{"/crm/objects/*/contacts", "GET", "/crm/objects/2026-03/deals", false},
		{"GET /crm", "POST", "/crm/objects/2026-03/deals", false},
		{"GET /crm", "GET", "/crm/objects/2026-03/deals", true},
	} {
		f := Fault{Route: c.route}
		want(t, c.route+" on "+c.method+" "+c.path, f.fits(c.method, c.path), c.hit)
	}
}

func TestFaultsCountDown(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	add := func(f Fault) {
		t.Helper()
		if err := r.s.AddFault(f); err != nil {
			t.Fatal(err)
		}
	}
	add(Fault{Route: "token", Status: 503, Times: 2, RetryAfter: []string{"7"}})
	got := r.refresh(mine.refresh)
	want(t, "first", got.status, 503)
	want(t, "retry after", got.header.Get("Retry-After"), "7")
	want(t, "gateways answer HTML", got.header.Get("Content-Type"), "text/html; charset=utf-8")
	want(t, "second", r.refresh(mine.refresh).status, 503)
	want(t, "third", r.refresh(mine.refresh).status, http.StatusOK)

	add(Fault{Route: "account-info", Kind: kindRateLimit, Body: "DAILY", Times: -1})
	for range 3 {
		want(t, "policy", r.api(mine.access, "GET", details, nil).json["policyName"], any("DAILY"))
	}
	r.s.ClearFaults()
	want(t, "cleared", r.api(mine.access, "GET", details, nil).status, http.StatusOK)
	for _, bad := range []Fault{{Route: "", Status: 500}, {Route: "*", Kind: "odd"}, {Route: "*", Status: 42}, {Route: "*", DelayMS: -1}} {
		if r.s.AddFault(bad) == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

func TestFaultKinds(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	fetch := func(f Fault) (*http.Response, []byte, error) {
		t.Helper()
		f.Route = "account-info"
		if err := r.s.AddFault(f); err != nil {
			t.Fatal(err)
		}
		req := r.request("GET", details, "", "")
		req.Header.Set("Authorization", "Bearer "+mine.access)
		req.Header.Set("Accept-Encoding", "identity")
		r.http.CloseIdleConnections() // net/http asks again when a kept connection breaks
		res, err := r.http.Do(req)
		if err != nil {
			return nil, nil, err
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		return res, body, err
	}
	if _, _, err := fetch(Fault{Kind: kindReset}); err == nil {
		t.Error("reset: an answer came")
	}
	if _, _, err := fetch(Fault{Kind: kindTruncate}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("truncate: %v", err)
	}
	if _, body, err := fetch(Fault{Kind: kindDrip, DelayMS: 1}); err != nil || !json.Valid(body) {
		t.Errorf("drip: %v %s", err, body)
	}
	if res, _, err := fetch(Fault{Kind: kindRedirect}); err != nil || res.StatusCode != 307 || res.Header.Get("Location") == "" {
		t.Errorf("redirect: %v", err)
	}
	if res, body, err := fetch(Fault{Kind: kindHTML}); err != nil || res.StatusCode != 200 || json.Valid(body) {
		t.Errorf("html: %v %s", err, body)
	}
	if _, body, err := fetch(Fault{Kind: kindHuge}); err != nil || len(body) < hugeBytes {
		t.Errorf("huge: %v, %d bytes", err, len(body))
	}
	if _, body, err := fetch(Fault{Kind: kindWrongTypes}); err != nil || !strings.Contains(string(body), `"expires_in":"soon"`) {
		t.Errorf("wrong types: %v %s", err, body)
	}
	_, body, err := fetch(Fault{Kind: kindGzipBomb})
	if err != nil || len(body) > 1<<20 {
		t.Fatalf("bomb: %v, %d bytes", err, len(body))
	}
	zip, err := gzip.NewReader(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, zip); err != nil || n < bombBytes {
		t.Errorf("bomb unpacks to %d: %v", n, err)
	}
}

func TestFaultAfterTheFact(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true, Rotation: RotationStrict})
	mine := r.connect()
	if err := r.s.AddFault(Fault{Route: "token", Status: 502, After: true}); err != nil {
		t.Fatal(err)
	}
	want(t, "lost answer", r.refresh(mine.refresh).status, 502)
	want(t, "the rotation had happened", r.refresh(mine.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
}
