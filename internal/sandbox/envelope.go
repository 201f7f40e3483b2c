package sandbox

import (
	"fmt"
	"net/http"
	"time"
)

// apiFailure is HubSpot's error envelope for everything except the OAuth endpoints.
type apiFailure struct {
	http     int
	category string
	message  string
	errors   []map[string]any
	context  map[string][]string
	links    map[string]string
}

func (f apiFailure) answer(q *call) answer {
	body := map[string]any{"status": "error", "message": f.message, "correlationId": q.correlation}
	if f.category != "" {
		body["category"] = f.category
	}
	if len(f.errors) > 0 {
		body["errors"] = f.errors
	}
	if len(f.context) > 0 {
		body["context"] = f.context
	}
	if len(f.links) > 0 {
		body["links"] = f.links
	}
	return q.json(f.http, body)
}

func notAuthenticated() apiFailure {
	return apiFailure{
		http: http.StatusUnauthorized, category: "INVALID_AUTHENTICATION",
		message: "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
	}
}

// expiredToken words how long ago a token ended; at is shown as the expire time.
func expiredToken(ago time.Duration, at time.Time) apiFailure {
	return apiFailure{
		http: http.StatusUnauthorized, category: "EXPIRED_AUTHENTICATION",
		message: fmt.Sprintf("The OAuth token used to make this call expired %s ago.", spell(ago)),
		context: map[string][]string{"expire time": {at.UTC().Format("2006-01-02T15:04:05.000Z")}},
	}
}

func spell(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d second(s)", int(d/time.Second))
	case d < time.Hour:
		return fmt.Sprintf("%d minute(s)", int(d/time.Minute))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d hour(s)", int(d/time.Hour))
	}
	return fmt.Sprintf("%d day(s)", int(d/(24*time.Hour)))
}

func missingScopes(rule scopeRule) apiFailure {
	return apiFailure{
		http: http.StatusForbidden, category: "MISSING_SCOPES",
		message: "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
		errors: []map[string]any{{
			"message": rule.sentence(),
			"context": map[string][]string{"requiredGranularScopes": rule.names},
		}},
		links: map[string]string{"scopes": "https://developers.hubspot.com/scopes"},
	}
}

// invalid is a 400 with one line for each thing wrong.
func invalid(message string, errs ...map[string]any) apiFailure {
	return apiFailure{http: http.StatusBadRequest, category: "VALIDATION_ERROR", message: message, errors: errs}
}

func notFoundObject() apiFailure {
	return apiFailure{http: http.StatusNotFound, category: "OBJECT_NOT_FOUND", message: "resource not found"}
}

func conflict(message string) apiFailure {
	return apiFailure{http: http.StatusConflict, category: "CONFLICT", message: message}
}
