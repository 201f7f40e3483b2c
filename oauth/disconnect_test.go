package oauth

import (
	"context"
	"strings"
	"testing"
)

// connectedStore has account 111 connected as portal id.
func connectedStore(t *testing.T) (connector *Connector, store *memoryConnections, endpoint *fakeEndpoint, id int64) {
	t.Helper()
	connector, store, endpoint = newConnector()
	result, err := answeredConsent(t, connector, ConsentRequest{}).Complete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return connector, store, endpoint, result.Portal.ID
}

func TestDisconnect(t *testing.T) {
	down := &Error{Class: ClassTransient, Message: "The server is down."}
	cases := []struct {
		name   string
		revoke bool
		change func(*memoryConnections, *fakeEndpoint, int64)
		asked  int    // times the server was asked
		notice string // words of it, "" for none
		detail string // words of the event's
	}{
		{"here only", false, func(*memoryConnections, *fakeEndpoint, int64) {}, 0, "", "stays"},
		{"with revoking", true, func(*memoryConnections, *fakeEndpoint, int64) {}, 1, "", "was revoked"},
		{"server down", true, func(_ *memoryConnections, e *fakeEndpoint, _ int64) { e.revokeErr = down }, 1, "The server is down. It works until", "not revoked"},
		{"static token", true, func(m *memoryConnections, _ *fakeEndpoint, id int64) {
			p := m.portals[id]
			p.Kind = KindPrivateApp
			m.portals[id] = p
		}, 0, "static token", "not revoked"},
		{"no refresh token", true, func(m *memoryConnections, _ *fakeEndpoint, id int64) {
			c := m.grants[id]
			c.Token.Refresh = Secret{}
			m.grants[id] = c
		}, 0, "no refresh token", "not revoked"},
		{"secrets unreadable", false, func(m *memoryConnections, _ *fakeEndpoint, _ int64) {
			m.grantErr = &Error{Class: ClassStore, Message: "The key is missing."}
		}, 0, "", "stays"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			connector, store, endpoint, id := connectedStore(t)
			c.change(store, endpoint, id)
			notice, err := connector.Disconnect(t.Context(), id, c.revoke)
			if err != nil || len(store.portals) != 0 || len(endpoint.revoked) != c.asked {
				t.Fatalf("%v, %d portals left, asked %d times", err, len(store.portals), len(endpoint.revoked))
			}
			if !strings.Contains(notice, c.notice) || (notice == "") != (c.notice == "") {
				t.Errorf("notice %q", notice)
			}
			if e := store.events[len(store.events)-1]; e.Kind != EventDisconnected || !strings.Contains(e.Detail, c.detail) {
				t.Errorf("event %+v", e)
			}
		})
	}
}

func TestDisconnectKeepsWhatItCannotRevoke(t *testing.T) {
	connector, store, endpoint, id := connectedStore(t)
	store.grantErr = &Error{Class: ClassStore, Message: "The key is missing."}
	if _, err := connector.Disconnect(t.Context(), id, true); ClassOf(err) != ClassStore || len(store.portals) != 1 || len(endpoint.revoked) != 0 {
		t.Errorf("%v", err)
	}
	store.grantErr = nil
	if _, err := connector.Disconnect(t.Context(), id+1, false); ClassOf(err) != ClassNotFound {
		t.Errorf("unknown portal: %v", err)
	}
}

// A revoked grant must not stay behind as if it worked.
func TestDisconnectRemovesWhatItRevoked(t *testing.T) {
	connector, store, _, id := connectedStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // the fake revokes all the same, as a server whose answer is late
	if _, err := connector.Disconnect(ctx, id, true); err != nil || len(store.portals) != 0 {
		t.Errorf("%v, %d portals left", err, len(store.portals))
	}
}
