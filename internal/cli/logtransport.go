package cli

import (
	"log/slog"
	"net/http"
	"strings"
	"time"
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
		t.log.Warn("no answer", append(fields, slog.Any("error", err))...)
		return response, err
	}
	t.log.Info("answer", append(fields, slog.Int("status", response.StatusCode),
		slog.String("correlation_id", response.Header.Get("X-HubSpot-Correlation-Id")))...)
	return response, nil
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
