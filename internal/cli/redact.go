package cli

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
)

// redacted stands where something secret would have been.
const redacted = "····"

// redactAttr is the last line of defence of the log: whatever its name says is
// secret, or its text looks like a credential of HubSpot's, goes out as dots. The
// callers are expected to log no such thing in the first place.
func redactAttr(_ []string, a slog.Attr) slog.Attr {
	if secretName(a.Key) {
		return slog.String(a.Key, redacted)
	}
	switch a.Value.Kind() {
	case slog.KindString:
		return slog.String(a.Key, redactText(a.Value.String()))
	case slog.KindAny:
		if err, ok := a.Value.Any().(error); ok {
			return slog.String(a.Key, redactText(err.Error()))
		}
	}
	return a
}

func secretName(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{"token", "secret", "authorization", "passphrase", "password", "code_verifier", "cookie"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return name == "code" || name == "state" || name == "key"
}

// What looks like a credential. Made once: a busy log asks for them thousands of
// times a second.
var (
	bearerText    = regexp.MustCompile(`(?i)bearer\s+\S+`)
	staticText    = regexp.MustCompile(`pat-[a-z0-9]+-[\w-]+`)
	refreshText   = regexp.MustCompile(`\b[a-z]{2}\d-[0-9a-zA-Z_-]{16,}`)
	accessText    = regexp.MustCompile(`\bC[0-9A-Za-z_+/=-]{40,}`)
	parameterText = regexp.MustCompile(`(?i)\b(access_token|refresh_token|client_secret|code|code_verifier|state|token)=[^&\s]+`)
)

// redactText replaces what looks like a credential: bearer headers, HubSpot's
// static tokens, refresh tokens, access tokens, and parameters of a form or query
// that carry one.
func redactText(text string) string {
	for _, pattern := range []*regexp.Regexp{bearerText, staticText, refreshText, accessText, parameterText} {
		text = pattern.ReplaceAllString(text, redacted)
	}
	return text
}

// redactMessages cleans messages, which ReplaceAttr does not see as attributes of
// their own in every handler.
type redactMessages struct{ slog.Handler }

// Handle passes a cleaned record on.
func (h redactMessages) Handle(ctx context.Context, r slog.Record) error {
	r.Message = redactText(r.Message)
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the cleaning in derived handlers.
func (h redactMessages) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redactMessages{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the cleaning in derived handlers.
func (h redactMessages) WithGroup(name string) slog.Handler {
	return redactMessages{h.Handler.WithGroup(name)}
}
