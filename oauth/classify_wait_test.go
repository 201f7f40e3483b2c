package oauth

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"syscall"
	"testing"
	"time"
)

func TestClassifyLimits(t *testing.T) {
	check(t, []answered{
		{name: "ten seconds", ep: EndpointAPI, status: 429, body: `{"errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}`, want: ClassRateLimited, policy: "TEN_SECONDLY_ROLLING", retry: 10 * time.Second},
		{name: "ten seconds, told", ep: EndpointAPI, status: 429, header: "Retry-After: 3", body: `{"policyName":"TEN_SECONDLY_ROLLING"}`, want: ClassRateLimited, policy: "TEN_SECONDLY_ROLLING", retry: 3 * time.Second},
		{name: "search", ep: EndpointAPI, status: 429, body: `{"message":"You have reached your secondly limit."}`, want: ClassRateLimited, policy: "SECONDLY", retry: time.Second},
		{name: "a day", ep: EndpointAPI, status: 429, body: `{"policyName":"DAILY"}`, want: ClassRateLimited, policy: "DAILY", message: "daily"},
		{name: "429 with nothing", ep: EndpointAPI, status: 429, want: ClassRateLimited},
		{name: "429 of the token endpoint", ep: EndpointRefresh, status: 429, header: "Retry-After: 86400", body: "<html>", want: ClassRateLimited, retry: 10 * time.Minute},
	})
}

func TestClassifyTransient(t *testing.T) {
	cases := []answered{
		{name: "locked", ep: EndpointAPI, status: 423, want: ClassTransient, retry: 2 * time.Second},
		{name: "locked, token endpoint", ep: EndpointRefresh, status: 423, want: ClassTransient, retry: 2 * time.Second},
		{name: "migrating", ep: EndpointRefresh, status: 477, header: "Retry-After: 7200", want: ClassTransient, retry: 10 * time.Minute, message: "moving"},
		{name: "request timeout", ep: EndpointRefresh, status: 408, want: ClassTransient},
		{name: "with a date", ep: EndpointAPI, status: 503, header: "Retry-After: Fri, 20 Nov 2026 12:01:00 GMT", want: ClassTransient, retry: time.Minute},
	}
	for _, status := range []int{500, 502, 503, 504, 521, 522, 523, 524, 525, 526} {
		for _, ep := range []Endpoint{EndpointAPI, EndpointRefresh} {
			cases = append(cases, answered{
				name: fmt.Sprint(ep, status), ep: ep, status: status, body: "<html>bad gateway</html>", want: ClassTransient,
			})
		}
	}
	check(t, cases)
}

func TestClassifyAbsence(t *testing.T) {
	dial := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	read := &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	secret := &url.Error{Op: "Get", URL: "https://x/oauth/v1/access-tokens/hstermtestsecret-sent", Err: io.EOF}
	check(t, []answered{
		{name: "refused", ep: EndpointRefresh, method: "POST", err: dial, want: ClassTransient, message: "refused the connection"},
		{name: "no name", ep: EndpointRefresh, err: &net.DNSError{Err: "no such host", Name: "x"}, want: ClassTransient, message: "name"},
		{name: "reset", ep: EndpointRefresh, method: "POST", err: read, want: ClassTransient, message: "broke"},
		{name: "timeout", ep: EndpointRefresh, method: "POST", err: context.DeadlineExceeded, want: ClassTransient, message: "in time"},
		{name: "certificate", ep: EndpointRefresh, err: x509.UnknownAuthorityError{}, want: ClassTransient, message: "certificate"},
		{name: "a URL with a token", ep: EndpointIntrospect, err: secret, want: ClassTransient, message: "broke"},
		{name: "too large", ep: EndpointRefresh, err: errTooLarge, want: ClassBadResponse, message: "larger"},
		{name: "broken gzip", ep: EndpointRefresh, err: gzip.ErrHeader, want: ClassBadResponse},
		{name: "stopped", ep: EndpointAPI, err: context.Canceled, want: ClassInterrupted},
		{name: "an error of ours", ep: EndpointAPI, err: fmt.Errorf("wrapped: %w", misconfigured("x", "y")), want: ClassAppMisconfigured, message: "x"},
		{name: "anything else", ep: EndpointAPI, err: errors.New("hstermtestsecret-sent"), want: ClassTransient},
	})
}

// A gateway may have handed the request on before it gave up: the answer of the API
// never came. A failure of the API itself is an answer.
func TestClassifyAFailedWrite(t *testing.T) {
	var cases []answered
	for _, status := range []int{500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526} {
		class, message := ClassUnknownOutcome, "unknown"
		if status == 500 || status == 503 {
			class, message = ClassTransient, "failed"
		}
		for _, method := range []string{"POST", "PATCH"} {
			cases = append(cases, answered{
				name: fmt.Sprint(method, status), ep: EndpointAPI, method: method, status: status, body: "<html>bad gateway</html>", want: class, message: message,
			})
		}
		cases = append(
			cases,
			answered{name: fmt.Sprint("a search ", status), ep: EndpointAPI, method: "POST", reads: true, status: status, want: ClassTransient},
			answered{name: fmt.Sprint("PUT ", status), ep: EndpointAPI, method: "PUT", status: status, want: ClassTransient},
			answered{name: fmt.Sprint("refresh ", status), ep: EndpointRefresh, method: "POST", status: status, want: ClassTransient},
		)
	}
	for _, status := range []int{408, 423, 425, 477} {
		retry := time.Duration(0)
		if status == 423 {
			retry = 2 * time.Second
		}
		cases = append(cases, answered{name: fmt.Sprint("POST ", status), ep: EndpointAPI, method: "POST", status: status, want: ClassTransient, retry: retry})
	}
	check(t, cases)
}

func TestClassifyUnknownOutcome(t *testing.T) {
	reset := &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	check(t, []answered{
		{name: "POST reset", ep: EndpointAPI, method: "POST", err: reset, want: ClassUnknownOutcome, message: "unknown"},
		{name: "PATCH timeout", ep: EndpointAPI, method: "PATCH", err: context.DeadlineExceeded, want: ClassUnknownOutcome},
		{name: "POST stopped", ep: EndpointAPI, method: "POST", err: context.Canceled, want: ClassUnknownOutcome},
		{name: "POST stopped before it left", ep: EndpointAPI, method: "POST", err: context.Canceled, unsent: true, want: ClassInterrupted},
		{name: "POST never connected", ep: EndpointAPI, method: "POST", err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, want: ClassTransient},
		{name: "POST without a certificate", ep: EndpointAPI, method: "POST", err: x509.HostnameError{Certificate: &x509.Certificate{}}, want: ClassTransient},
		{name: "PUT is idempotent", ep: EndpointAPI, method: "PUT", err: reset, want: ClassTransient},
		{name: "DELETE is idempotent", ep: EndpointAPI, method: "DELETE", err: reset, want: ClassTransient},
		{name: "a search is a read", ep: EndpointAPI, method: "POST", reads: true, err: reset, want: ClassTransient},
		{name: "GET", ep: EndpointAPI, method: "GET", err: reset, want: ClassTransient},
	})
}

// The words about a limit are those of the time the server gave.
func TestALimitSaysWhenToTryAgain(t *testing.T) {
	for _, c := range []struct{ header, body, want string }{
		{"Retry-After: 1", `{"policyName":"TEN_SECONDLY_ROLLING"}`, "Try again in a second."},
		{"", `{"policyName":"TEN_SECONDLY_ROLLING"}`, "Try again in 10 seconds."},
		{"", `{"message":"You have reached your secondly limit."}`, "Try again in a second."},
		{"Retry-After: 119", ``, "Try again in 119 seconds."},
		{"Retry-After: 121", ``, "Try again in 3 minutes."},
		{"", ``, "Wait a little and try again."},
		{"Retry-After: 1", `{"policyName":"DAILY"}`, "It is reset at midnight in the portal's time zone; fewer calls or a higher limit help."},
	} {
		e := Classify(answered{ep: EndpointAPI, status: 429, header: c.header, body: c.body}.answer())
		if e.Hint != c.want {
			t.Errorf("%s %s: %q, want %q", c.header, c.body, e.Hint, c.want)
		}
	}
}
