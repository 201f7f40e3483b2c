package oauth

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// An unclear 401 is settled by introspection: the token, or the endpoint?
func TestAnUnclear401IsSettled(t *testing.T) {
	unsupported := Classify(Answer{Endpoint: EndpointIntrospect, Status: 404, Body: []byte("<html>")})
	down := Classify(Answer{Endpoint: EndpointIntrospect, Status: 503})
	for _, c := range []struct {
		name    string
		good    string // the token the API takes
		in      Introspection
		err     error
		age     time.Duration // of the token
		revoked bool          // the refresh token too
		calls   int
		sends   int
		status  int
		want    Class // "" for none
	}{
		{name: "active", good: "none", in: Introspection{Active: true, HubID: 7}, sends: 1, status: 401, want: ClassWrongCredential},
		{name: "another portal's", good: "none", in: Introspection{Active: true, HubID: 8}, sends: 1, status: 401, want: ClassWrongPortal},
		{name: "inactive, the grant lives", good: "hstermtestsecret-access-1", calls: 1, sends: 2, status: 200},
		{name: "inactive, the grant is dead", good: "none", revoked: true, calls: 1, sends: 1, status: 401, want: ClassRevoked},
		{name: "inactive, and the new token too", good: "none", calls: 1, sends: 2, status: 401, want: ClassRevoked},
		{name: "introspection down", good: "none", err: down, age: 10 * time.Minute, sends: 1, status: 401, want: ClassInvalid},
		{name: "no introspection, an old token", good: "hstermtestsecret-access-1", err: unsupported, age: 10 * time.Minute, calls: 1, sends: 2, status: 200},
		{name: "no introspection, a young token", good: "none", err: unsupported, age: 30 * time.Second, calls: 1, sends: 2, status: 401, want: ClassInvalid},
		{name: "no introspection, nothing helps", good: "none", err: unsupported, age: 10 * time.Minute, calls: 1, sends: 2, status: 401, want: ClassInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRoad(30*time.Minute-c.age, c.good, invalidBody)
				r.server.revoked, r.settler.in, r.settler.err = c.revoked, c.in, c.err
				status, text, trace := r.call(t, http.MethodGet, contactsURL, nil)
				r.scene.want(t, nil, "", c.calls)
				if status != c.status || trace.Sends != c.sends || (status == 401 && text != invalidBody) {
					t.Errorf("%d after %d sends, %s", status, trace.Sends, text)
				}
				switch {
				case c.want == "" && trace.Failure != nil:
					t.Errorf("failure %+v", trace.Failure)
				case c.want != "" && (trace.Failure == nil || trace.Failure.Class != c.want || trace.Failure.Portal != "acme"):
					t.Errorf("failure %+v, want %s", trace.Failure, c.want)
				}
			})
		})
	}
}

func TestWithoutASettlerItStaysOpen(t *testing.T) {
	r := newRoad(20*time.Minute, "none", invalidBody)
	r.transport.Settler = nil
	if _, _, trace := r.call(t, http.MethodGet, contactsURL, nil); trace.Failure.Class != ClassInvalid || r.server.count() != 0 {
		t.Errorf("%+v", trace.Failure)
	}
}

func TestNotATokenIsNotRefreshed(t *testing.T) {
	r := newRoad(20*time.Minute, "none", `{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":["1970-01-01T00:00:00Z"]}}`)
	_, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
	if trace.Failure.Class != ClassNotAToken || r.server.count() != 0 || r.settler.asked != 0 {
		t.Errorf("%+v", trace.Failure)
	}
}

func TestRFC6750SaysInvalidToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(20*time.Minute, "hstermtestsecret-access-1", "")
		r.api.header = http.Header{"Www-Authenticate": {`Bearer error="invalid_token"`}}
		status, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
		r.scene.want(t, nil, "", 1)
		if status != 200 || trace.Failure != nil {
			t.Errorf("%d %+v", status, trace.Failure)
		}
	})
}

func TestAStaticTokenIsSettledByItsAccount(t *testing.T) {
	dead := Classify(Answer{Endpoint: EndpointAPI, Status: 401, Body: []byte(invalidBody)})
	down := Classify(Answer{Endpoint: EndpointAPI, Status: 502})
	for name, c := range map[string]struct {
		account Account
		err     error
		want    Class
	}{
		"the endpoint":     {Account{HubID: 7}, nil, ClassWrongCredential},
		"another portal's": {Account{HubID: 9}, nil, ClassWrongPortal},
		"dead":             {Account{}, dead, ClassRevoked},
		"nobody knows":     {Account{}, down, ClassInvalid},
	} {
		r := newRoad(0, "none", invalidBody)
		r.settler.account, r.settler.err = c.account, c.err
		r.store.change(1, func(g *Grant) { g.Portal.Kind, g.Portal.ExpiresAt = KindPrivateApp, time.Time{} })
		_, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
		if trace.Failure == nil || trace.Failure.Class != c.want || r.server.count() != 0 {
			t.Errorf("%s: %+v", name, trace.Failure)
		}
		if call := r.store.calls[0]; call.Expires || call.TTL != 0 || call.At401.IsZero() {
			t.Errorf("%s: %+v", name, call)
		}
	}
}
