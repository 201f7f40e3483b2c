package cli

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// logTransport writes one line for each request: method, host, path without
// query, status and time. It never looks at headers or bodies.
type logTransport struct {
	base http.RoundTripper
	log  *slog.Logger
	now  func() time.Time
}

// RoundTrip carries the request out and notes how it went.
func (t logTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	start := t.now()
	response, err := t.base.RoundTrip(r)
	fields := []any{
		slog.String("method", r.Method), slog.String("host", r.URL.Host), slog.String("endpoint", loggedPath(r.URL.Path)),
		slog.Int64("ms", t.now().Sub(start).Milliseconds()),
	}
	if err != nil {
		t.log.Warn("no answer", append(fields, slog.String("error", loggedError(err)))...)
		return response, err
	}
	t.log.Info("answer", append(fields, slog.Int("status", response.StatusCode),
		slog.String("correlation_id", response.Header.Get("X-HubSpot-Correlation-Id")))...)
	return response, nil
}

// loggedError says why no answer came. Only errors of the network and of TLS speak
// for themselves: net/http quotes in others what the server sent, tokens included.
func loggedError(err error) string {
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &network) || errors.As(err, &certificate) {
		return err.Error()
	}
	return oauth.Classify(oauth.Answer{Endpoint: oauth.EndpointAPI, Err: err}).Message
}

// loggedPath leaves out the token that HubSpot's v1 metadata endpoints carry in
// their path.
func loggedPath(path string) string {
	for _, endpoint := range []string{"/access-tokens/", "/refresh-tokens/"} {
		if before, _, found := strings.Cut(path, endpoint); found {
			return before + endpoint + redacted
		}
	}
	return path
}
