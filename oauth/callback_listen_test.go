package oauth

import (
	"errors"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// occupy takes a port on one address until the test ends.
func occupy(t *testing.T, network, host string, port int) {
	t.Helper()
	l, err := net.Listen(network, net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
}

func redirectOn(port int) string {
	return "http://localhost:" + strconv.Itoa(port) + "/oauth/callback"
}

func TestListenTakesTheFirstFreePort(t *testing.T) {
	taken, squatted, free := freePort(t), freePort(t), freePort(t)
	occupy(t, "tcp4", "127.0.0.1", taken)
	occupy(t, "tcp6", "::1", squatted)
	app := hubSpotApp(free)
	app.RedirectURIs = []string{"https://example.com/cb", redirectOn(taken), redirectOn(squatted), redirectOn(free)}
	connector, store, endpoint := newConnector()
	consent := startConsent(t, connector, ConsentRequest{App: app})
	if consent.RedirectURI() != redirectOn(free) || !consent.Listening() {
		t.Fatalf("redirect URI %s", consent.RedirectURI())
	}
	logInOnce(t, consent, store, endpoint)
	if endpoint.exchanged[0].RedirectURI != redirectOn(free) {
		t.Errorf("exchanged for %s", endpoint.exchanged[0].RedirectURI)
	}
}

func TestListenNamesWhoHoldsThePorts(t *testing.T) {
	first, second := freePort(t), freePort(t)
	occupy(t, "tcp4", "127.0.0.1", first)
	occupy(t, "tcp6", "::1", second)
	app := hubSpotApp(first)
	app.RedirectURIs = []string{redirectOn(first), redirectOn(second), redirectOn(second) + "/other"}
	connector, _, _ := newConnector()
	_, err := connector.Start(t.Context(), ConsentRequest{App: app})
	var e *Error
	if !errors.As(err, &e) || e.Class != ClassOther || e.Hint == "" {
		t.Fatalf("Start: %v", err)
	}
	for _, port := range []int{first, second} {
		if strings.Count(e.Message, strconv.Itoa(port)) != 1 {
			t.Errorf("%q does not name %d once", e.Message, port)
		}
	}
	if _, err := os.Stat("/proc/net/tcp"); err == nil && !strings.Contains(e.Message, strconv.Itoa(os.Getpid())) {
		t.Errorf("%q does not name this process", e.Message)
	}
	// What was opened on the way is closed again.
	occupy(t, "tcp4", "127.0.0.1", second)
}

func TestListenFailures(t *testing.T) {
	opError := func(no syscall.Errno) error { return &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", no)} }
	cases := []struct {
		name   string
		host   string
		v4, v6 error
		want   string // in the message, "" when it works
	}{
		{"both", "localhost", nil, nil, ""},
		{"no IPv6 family", "localhost", nil, opError(syscall.EAFNOSUPPORT), ""},
		{"no IPv6 address", "127.0.0.1", nil, opError(syscall.EADDRNOTAVAIL), ""},
		{"no IPv6 but asked for", "[::1]", nil, opError(syscall.EADDRNOTAVAIL), "no IPv6"},
		{"squatted", "localhost", nil, opError(syscall.EADDRINUSE), "is taken"},
		{"taken", "localhost", opError(syscall.EADDRINUSE), nil, "is taken"},
		{"privileged", "localhost", opError(syscall.EACCES), nil, "may not be opened by this user"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			connector, _, _ := newConnector()
			open := 0
			connector.Listen = func(network, _ string) (net.Listener, error) {
				if err := map[string]error{"tcp4": c.v4, "tcp6": c.v6}[network]; err != nil {
					return nil, err
				}
				open++
				return newPipeListener(func() { open-- }), nil
			}
			app := hubSpotApp(8976)
			app.RedirectURIs = []string{"http://" + c.host + ":8976/cb"}
			consent, err := connector.Start(t.Context(), ConsentRequest{App: app})
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				_ = consent.Close()
			} else if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("Start: %v", err)
			}
			if open != 0 {
				t.Errorf("%d listeners are still open", open)
			}
		})
	}
}

func TestListenNowhereWithoutLoopback(t *testing.T) {
	connector, store, endpoint := newConnector()
	connector.Listen = func(string, string) (net.Listener, error) {
		t.Error("something listens")
		return nil, syscall.EADDRINUSE
	}
	remote, local := hubSpotApp(8976), hubSpotApp(8976)
	remote.RedirectURIs = []string{"https://connect.example.com/hubspot/callback"}
	for _, request := range []ConsentRequest{{App: remote}, {App: local, PasteOnly: true}} {
		consent := startConsent(t, connector, request)
		if consent.Listening() || consent.RedirectURI() != request.App.RedirectURIs[0] {
			t.Errorf("listening %v at %s", consent.Listening(), consent.RedirectURI())
		}
		if err := consent.Paste(honestAddress(t, consent)); err != nil {
			t.Fatal(err)
		}
		if err := consent.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := consent.Complete(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if store.puts != 2 || len(endpoint.exchanged) != 2 {
		t.Errorf("%d writes, %d exchanges", store.puts, len(endpoint.exchanged))
	}
}
