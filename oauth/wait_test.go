package oauth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestWaitEndsWithTheTimeLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		consent, _ := pipeConsent(t, 3*time.Minute)
		start := time.Now()
		if !consent.Deadline().Equal(start.Add(3 * time.Minute)) {
			t.Errorf("deadline %s", consent.Deadline())
		}
		err := consent.Wait(t.Context())
		var e *Error
		if !errors.As(err, &e) || e.Class != ClassTimedOut || time.Since(start) != 3*time.Minute {
			t.Fatalf("Wait after %s: %v", time.Since(start), err)
		}
		for _, cause := range []string{"scope", consent.RedirectURI(), "super admin"} {
			if !strings.Contains(e.Hint, cause) {
				t.Errorf("the hint does not speak of %s: %s", cause, e.Hint)
			}
		}
		if !strings.Contains(e.Message, "3 minutes") {
			t.Errorf("message %q", e.Message)
		}
		if err := consent.Paste(honestAddress(t, consent)); ClassOf(err) != ClassUsage {
			t.Errorf("Paste after the end: %v", err)
		}
	})
}

func TestConsentTimeouts(t *testing.T) {
	for given, want := range map[time.Duration]time.Duration{0: 5 * time.Minute, -1: 5 * time.Minute, time.Hour: 10 * time.Minute, time.Second: time.Second} {
		synctest.Test(t, func(t *testing.T) {
			consent, _ := pipeConsent(t, given)
			if got := time.Until(consent.Deadline()); got != want {
				t.Errorf("timeout %s gives %s", given, got)
			}
		})
	}
}

// A timer stands still while the machine sleeps; the state ends all the same.
func TestStateEndsByTheWallClock(t *testing.T) {
	connector, _, _ := newConnector()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	connector.Now = func() time.Time { return now }
	consent := startConsent(t, connector, ConsentRequest{})
	now = now.Add(5*time.Minute + time.Second)
	if status, _, _ := browse(t, honestAddress(t, consent)); status != http.StatusGone {
		t.Errorf("status %d", status)
	}
	if err := consent.Paste(honestAddress(t, consent)); ClassOf(err) != ClassUsage {
		t.Errorf("Paste: %v", err)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	connector, _, _ := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := consent.Wait(ctx); ClassOf(err) != ClassInterrupted || !errors.Is(err, context.Canceled) {
		t.Errorf("Wait: %v", err)
	}
	if _, err := consent.Complete(t.Context()); ClassOf(err) != ClassInterrupted {
		t.Errorf("Complete: %v", err)
	}
	overdue, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	consent = startConsent(t, connector, ConsentRequest{})
	if err := consent.Wait(overdue); ClassOf(err) != ClassTimedOut {
		t.Errorf("Wait with a deadline: %v", err)
	}
}

func TestWaitPrefersAnAnswerThatIsIn(t *testing.T) {
	connector, _, _ := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	if err := consent.Paste(honestAddress(t, consent)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := consent.Wait(ctx); err != nil {
		t.Errorf("Wait: %v", err)
	}
}

func TestCloseFreesEverything(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	connector, _, _ := newConnector()
	app := hubSpotApp(freePort(t))
	for range 3 {
		consent, err := connector.Start(t.Context(), ConsentRequest{App: app})
		if err != nil {
			t.Fatal(err)
		}
		held := dialCallback(t, consent)
		ended := make(chan error, 1)
		go func() { ended <- consent.Wait(context.Background()) }()
		for range 2 {
			if err := consent.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := <-ended; ClassOf(err) != ClassInterrupted {
			t.Errorf("Wait: %v", err)
		}
		_ = held.Close()
	}
}

func TestConsentLeavesNothingBehind(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	connector, store, endpoint := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	logInOnce(t, consent, store, endpoint)
	if err := consent.Close(); err != nil {
		t.Error(err)
	}
	consent = startConsent(t, connector, ConsentRequest{App: consent.request.App}) // the port is free again
	_ = consent.Close()
}

func TestDenials(t *testing.T) {
	cases := []struct {
		query  string // after the state
		status int
		class  Class
		words  string
	}{
		{"&error=access_denied", 200, ClassConsentDenied, "denied"},
		{"&error=access_denied&error_description=The+user+said+no", 200, ClassConsentDenied, "denied: The user said no"},
		{"&error=access_denied&error_description=a%1b%5B31mb%0Ac%E2%80%AEd", 200, ClassConsentDenied, "denied: a\ufffd[31mb c\ufffdd"},
		{"&error=access_denied&code=x", 200, ClassConsentDenied, "denied"},
		{"&error=odd_thing", 200, ClassConsentDenied, "odd_thing"},
		{"&error=invalid_scope&error_description=no+such+scope", 200, ClassAppMisconfigured, "no such scope"},
		{"&error=unauthorized_client", 200, ClassAppMisconfigured, "unauthorized_client"},
		{"&error=server_error", 200, ClassTransient, "server_error"},
		{"", 400, ClassBadResponse, "without a code"},
		{"&code=", 400, ClassBadResponse, "without a code"},
		{"&code=a%20b", 400, ClassBadResponse, "cannot be one"},
		{"&code=a%00b", 400, ClassBadResponse, "cannot be one"},
		{"&code=" + strings.Repeat("x", maxCode+1), 400, ClassBadResponse, "cannot be one"},
	}
	for _, c := range cases {
		connector, store, endpoint := newConnector()
		consent := startConsent(t, connector, ConsentRequest{})
		status, _, _ := browse(t, consent.RedirectURI()+"?state="+stateOf(t, consent)+c.query)
		err := consent.Wait(t.Context())
		if status != c.status || ClassOf(err) != c.class || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%.60s: status %d, %s: %v", c.query, status, ClassOf(err), err)
		}
		if _, again := consent.Complete(t.Context()); ClassOf(again) != c.class || store.puts+len(endpoint.exchanged) != 0 {
			t.Errorf("%.60s: Complete went on: %v", c.query, again)
		}
	}
}
