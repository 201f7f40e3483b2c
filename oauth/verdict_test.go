package oauth

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const neverBody = `{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":["1970-01-01T00:00:00Z"]}}`

func accountRefused(body string) *Error {
	return Classify(Answer{Endpoint: EndpointAPI, Status: 401, Body: []byte(body)})
}

// newStatic is a road on which a static token is used.
func newStatic(good, refusal string) *road {
	r := newRoad(0, good, refusal)
	r.store.change(1, func(g *Grant) {
		g.Portal.Kind, g.Portal.ExpiresAt, g.Refresh = KindPrivateApp, time.Time{}, Secret{}
	})
	return r
}

// wantStatus fails unless the portal has the status, with a reason if it is broken.
func (r *road) wantStatus(t *testing.T, status Status, words string) {
	t.Helper()
	p := r.store.portal(1)
	if p.Status != status || !strings.Contains(p.StatusReason, words) || (status == StatusActive) != (p.StatusReason == "") {
		t.Errorf("%s: %q, want %s with %q", p.Status, p.StatusReason, status, words)
	}
	if p.Lease.Owner != "" {
		t.Errorf("the lease is kept: %+v", p.Lease)
	}
}

func TestADeadStaticTokenIsGivenUp(t *testing.T) {
	for name, c := range map[string]struct {
		body    string
		account Account
		err     error
		want    Class
		status  Status
		reason  string
	}{
		"rotated":              {invalidBody, Account{}, accountRefused(invalidBody), ClassRevoked, StatusReconnectRequired, "rotated or deleted"},
		"an OAuth token":       {expiredBody, Account{}, accountRefused(expiredBody), ClassRevoked, StatusReconnectRequired, "has expired"},
		"no token at all":      {neverBody, Account{}, accountRefused(neverBody), ClassNotAToken, StatusReconnectRequired, "not a HubSpot access token"},
		"the endpoint":         {invalidBody, Account{HubID: 7}, nil, ClassWrongCredential, StatusActive, ""},
		"another account's":    {invalidBody, Account{HubID: 9}, nil, ClassWrongPortal, StatusActive, ""},
		"account-info is down": {invalidBody, Account{}, Classify(Answer{Endpoint: EndpointAPI, Status: 502}), ClassInvalid, StatusActive, ""},
		"account-info limits":  {invalidBody, Account{}, Classify(Answer{Endpoint: EndpointAPI, Status: 429}), ClassInvalid, StatusActive, ""},
		"account-info is HTML": {invalidBody, Account{}, Classify(Answer{Endpoint: EndpointAPI, Status: 404, Body: []byte("<html>")}), ClassInvalid, StatusActive, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newStatic("none", c.body)
			r.settler.account, r.settler.err = c.account, c.err
			_, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
			f := trace.Failure
			if f == nil || f.Class != c.want || f.Portal != "acme" || strings.Contains(f.Hint, "Refresh") || strings.Contains(f.Hint, "Reconnect") {
				t.Errorf("%+v", f)
			}
			r.wantStatus(t, c.status, c.reason)
			if c.status == StatusReconnectRequired != r.store.happened(EventReconnect) {
				t.Errorf("events %v", r.store.kinds())
			}
		})
	}
}

// It is not sure to be dead for ever: a call may still be tried, and one that works
// takes the verdict back.
func TestAStaticTokenThatWorksAgainIsActive(t *testing.T) {
	r := newStatic("none", invalidBody)
	r.settler.err = accountRefused(invalidBody)
	r.call(t, http.MethodGet, contactsURL, nil)
	r.call(t, http.MethodGet, contactsURL, nil)
	r.wantStatus(t, StatusReconnectRequired, "rotated")
	if _, _, writes := r.store.figures(); writes != 2 { // acquire, refuse
		t.Errorf("%d writes", writes)
	}
	r.api.good = "hstermtestsecret-access-0"
	if status, _, _ := r.call(t, http.MethodGet, contactsURL, nil); status != 200 {
		t.Fatal(status)
	}
	r.wantStatus(t, StatusActive, "")
	if !r.store.happened(EventReconnected) {
		t.Errorf("events %v", r.store.kinds())
	}
}

// So does account-info, where only the endpoint wanted something else.
func TestAccountInfoTakesTheVerdictBack(t *testing.T) {
	r := newStatic("none", invalidBody)
	r.settler.err = accountRefused(invalidBody)
	r.call(t, http.MethodGet, contactsURL, nil)
	r.settler.err, r.settler.account = nil, Account{HubID: 7}
	r.call(t, http.MethodGet, contactsURL, nil)
	r.wantStatus(t, StatusActive, "")
}

// A gateway's page is no sign of life.
func TestAnErrorDoesNotTakeTheVerdictBack(t *testing.T) {
	r := newStatic("none", invalidBody)
	r.settler.err = accountRefused(invalidBody)
	r.call(t, http.MethodGet, contactsURL, nil)
	r.transport.Base = roundTrip(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 503, Body: http.NoBody, Header: http.Header{}, Request: req}, nil
	})
	r.call(t, http.MethodGet, contactsURL, nil)
	r.wantStatus(t, StatusReconnectRequired, "rotated")
}

// While the refused call was on its way the token was replaced, or somebody holds
// the lease: the news is not ours to tell.
func TestAVerdictIsGuardedByVersionAndLease(t *testing.T) {
	for name, meanwhile := range map[string]func(*Grant){
		"replaced": func(g *Grant) { g.Portal.Version++ },
		"leased": func(g *Grant) {
			g.Portal.Lease = Lease{PortalID: 1, Owner: "other", Gen: 9, Until: time.Now().Add(time.Minute)}
		},
	} {
		r := newStatic("none", invalidBody)
		r.settler.err = accountRefused(invalidBody)
		r.transport.Base = roundTrip(func(req *http.Request) (*http.Response, error) {
			r.store.change(1, meanwhile)
			return r.api.RoundTrip(req)
		})
		r.call(t, http.MethodGet, contactsURL, nil)
		if p := r.store.portal(1); p.Status != StatusActive || r.store.happened(EventReconnect) {
			t.Errorf("%s: %s", name, p.Status)
		}
	}
	// Between acquiring and refusing, too.
	r := newStatic("none", invalidBody)
	r.settler.err = accountRefused(invalidBody)
	r.store.onRefuse = func() { r.store.change(1, func(g *Grant) { g.Portal.Version++ }) }
	r.call(t, http.MethodGet, contactsURL, nil)
	if r.store.portal(1).Status != StatusActive {
		t.Error("a token stored meanwhile was given up")
	}
}

// An OAuth grant without a refresh token ends with its access token, where the
// server has said so beyond doubt.
func TestAGrantWithoutARefreshTokenEnds(t *testing.T) {
	unsupported := Classify(Answer{Endpoint: EndpointIntrospect, Status: 404, Body: []byte("<html>")})
	down := Classify(Answer{Endpoint: EndpointIntrospect, Status: 503})
	for name, c := range map[string]struct {
		body    string
		version APIVersion
		in      Introspection
		err     error
		want    Class
		status  Status
	}{
		"expired":                {body: expiredBody, want: ClassRevoked, status: StatusReconnectRequired},
		"inactive":               {body: invalidBody, want: ClassRevoked, status: StatusReconnectRequired},
		"active":                 {body: invalidBody, in: Introspection{Active: true, HubID: 7}, want: ClassWrongCredential, status: StatusActive},
		"introspection is down":  {body: invalidBody, err: down, want: ClassInvalid, status: StatusActive},
		"no introspection":       {body: invalidBody, err: unsupported, want: ClassReconnectPending, status: StatusActive},
		"v1 has only a 404":      {body: invalidBody, version: V1, want: ClassReconnectPending, status: StatusActive},
		"RFC 6750 invalid_token": {body: `{"error":"invalid_token"}`, want: ClassRevoked, status: StatusReconnectRequired},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRoad(20*time.Minute, "none", c.body)
				r.settler.in, r.settler.err = c.in, c.err
				r.store.change(1, func(g *Grant) {
					g.Refresh = Secret{}
					if c.version != "" {
						g.App.APIVersion = c.version
					}
				})
				_, _, trace := r.call(t, http.MethodGet, contactsURL, nil)
				if trace.Failure == nil || trace.Failure.Class != c.want || trace.Sends != 1 {
					t.Errorf("%+v", trace.Failure)
				}
				r.want(t, nil, "", 0)
				r.wantStatus(t, c.status, "")
				if c.status == StatusActive {
					return
				}
				req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, contactsURL, nil)
				if _, err := r.transport.RoundTrip(req); ClassOf(err) != ClassReconnectPending || len(r.api.tokens) != 1 {
					t.Errorf("%v after %d requests", err, len(r.api.tokens))
				}
			})
		})
	}
}

// Where nothing is stored the failure is told all the same.
func TestAVerdictWithoutAStore(t *testing.T) {
	r := newStatic("none", invalidBody)
	r.settler.err, r.transport.Verdicts = accountRefused(invalidBody), nil
	if _, _, trace := r.call(t, http.MethodGet, contactsURL, nil); trace.Failure.Class != ClassRevoked {
		t.Errorf("%+v", trace.Failure)
	}
}
