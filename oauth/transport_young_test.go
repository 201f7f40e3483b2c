package oauth

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// unsupported is what a server without introspection says to it.
func unsupported() *Error {
	return Classify(Answer{Endpoint: EndpointIntrospect, Status: 404, Body: []byte("<html>")})
}

// unclear are the 401s of servers that are not HubSpot.
var unclear = map[string]struct {
	body   string
	header http.Header
}{
	"RFC 6750 in the body": {body: `{"error":"invalid_token"}`},
	"a bare challenge":     {header: http.Header{"Www-Authenticate": {"Bearer"}}},
	"a web page":           {body: "<html>Unauthorized</html>", header: http.Header{"Content-Type": {"text/html"}}},
}

// newStranger is a road to a server without introspection whose token was given
// this very moment.
func newStranger(good, body string, header http.Header) *road {
	r := newRoad(30*time.Minute, good, body)
	r.api.header, r.settler.err = header, unsupported()
	r.server.delay = 100 * time.Millisecond
	return r
}

// Connect, let the server end the token, call, and do it again at once: every
// call is cured by one refresh, however young the token was.
func TestAYoungTokenThatWasEndedIsRefreshed(t *testing.T) {
	for name, c := range unclear {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newStranger("hstermtestsecret-access-1", c.body, c.header)
				status, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
				r.want(t, nil, "", 1)
				if status != 200 || trace.Failure != nil || trace.Sends != 2 {
					t.Errorf("first: %d after %d sends, %+v", status, trace.Sends, trace.Failure)
				}
				pass(t, time.Second)
				r.api.good = "hstermtestsecret-access-2"
				status, _, trace = r.call(t, http.MethodGet, contactsURL, nil)
				r.want(t, nil, "", 2)
				if status != 200 || trace.Failure != nil || trace.Sends != 2 {
					t.Errorf("second: %d after %d sends, %+v", status, trace.Sends, trace.Failure)
				}
			})
		})
	}
}

// An endpoint that answers 401 to everything costs one refresh a minute.
func TestAnEndpointThatAlwaysRefuses(t *testing.T) {
	for name, c := range unclear {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newStranger("none", c.body, c.header)
				for range 10 {
					status, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
					if status != 401 || trace.Failure == nil {
						t.Fatalf("%d %+v", status, trace.Failure)
					}
					pass(t, time.Second)
				}
				r.want(t, nil, "", 1)
				if n := len(r.api.tokens); n != 11 {
					t.Errorf("%d requests", n)
				}
				pass(t, time.Minute)
				r.call(t, http.MethodGet, contactsURL, nil)
				r.want(t, nil, "", 2)
			})
		})
	}
}

// v1 has no active:false, only a 404, which a server without introspection may
// send as well.
func TestInactiveOfV1IsBelievedOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newStranger("none", invalidBody, nil)
		r.settler.err = nil
		r.store.change(1, func(g *Grant) { g.App.APIVersion = V1 })
		for range 5 {
			_, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
			if trace.Failure == nil || trace.Failure.Class != ClassRevoked {
				t.Fatalf("%+v", trace.Failure)
			}
			pass(t, time.Second)
		}
		r.want(t, nil, "", 1)
	})
}

// Without a record of calls a young token is not refreshed for every one.
func TestWithoutCountingAYoungTokenStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newStranger("none", "", nil)
		r.transport.Calls = nil
		r.call(t, http.MethodGet, contactsURL, nil)
		r.want(t, nil, "", 0)
		pass(t, time.Minute)
		r.call(t, http.MethodGet, contactsURL, nil)
		r.want(t, nil, "", 1)
	})
}
