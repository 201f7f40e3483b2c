package oauth

import (
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// A 101 hands the connection over, and reading on from it would never end.
func TestSwitchedConnectionsAreLeft(t *testing.T) {
	server := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
		waitForEnd(conn)
	})
	done := make(chan error, 1)
	go func() {
		_, err := newTestClient(t).Refresh(t.Context(), server.app(V3), NewSecret("hstermtestsecret-sent"))
		done <- err
	}()
	select {
	case err := <-done:
		if ClassOf(err) != ClassBadResponse {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("a refresh reads on")
	}

	g := storedGrant(time.Hour)
	g.APIURL = server.URL
	base := NewBaseTransport()
	defer base.CloseIdleConnections()
	tr := &Transport{Base: base, Tokens: NewRefresher(RefresherOptions{Store: newLeaseStore(g)}), PortalID: 1}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, _, err := tr.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSwitchingProtocols || resp.Body != http.NoBody {
		t.Errorf("a call reads on: %d", resp.StatusCode)
	}
}

// waitForEnd returns when the other side hangs up.
func waitForEnd(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }
