package oauth

import (
	"fmt"
	"net/http"
)

// row is one meaning of a code.
type row struct {
	class   Class
	message string
	hint    string
}

const (
	hintApp       = "Check the app's client id and secret."
	hintReconnect = "Reconnect the portal."
	hintAgain     = "Connect again; a code works once and only for a short time."
)

// classifyTokenRefusal reads a 4xx of the token, introspection or revocation
// endpoint. A code that nobody has documented is a matter of configuration; it
// never ends a connection, nor does an answer that cannot be read.
func classifyTokenRefusal(a Answer, s said) *Error {
	r, code := refusalRow(a, s)
	return &Error{Class: r.class, Message: sentence(r.message, s.words()), Hint: r.hint, Code: code}
}

// refusalRow finds what was meant: RFC 6749 error first, then HubSpot's status.
// A status that names a wrong setting wins even over invalid_grant, because a
// wrong setting must never cost a connection and RFC 6749 section 5.2 files a
// redirect mismatch under invalid_grant.
func refusalRow(a Answer, s said) (r row, code string) {
	if r, ok := settingRow(s.status); ok {
		return r, s.status
	}
	if r, ok := rfcRow(a.Endpoint, a.Status, s.rfcError); ok {
		return r, s.code()
	}
	if r, ok := grantRow(a.Endpoint, s.status); ok {
		return r, s.status
	}
	if !s.object {
		// Not the endpoint's own answer, as RFC 6749 section 5.2 has it, but that
		// of something between here and it, or of another path.
		what := "without a JSON object"
		if s.html {
			what = "with a web page instead of JSON"
		}
		return row{
			ClassBadResponse,
			fmt.Sprintf("The token endpoint answered %s (HTTP %d).", what, a.Status),
			"Check the app's API URL and API version.",
		}, ""
	}
	return row{
		ClassAppMisconfigured,
		fmt.Sprintf("The token endpoint refused the request for a reason hsterm does not know (HTTP %d).", a.Status),
		"Check the app's settings: client id, secret, API URL and API version.",
	}, s.code()
}

// settingRow is HubSpot's status for a wrong setting of the app.
func settingRow(status string) (row, bool) {
	switch status {
	case "BAD_CLIENT_ID":
		return row{ClassAppMisconfigured, "The server does not know the app's client id.", "Check the app's client id."}, true
	case "BAD_CLIENT_SECRET":
		return row{ClassAppMisconfigured, "The app's client secret is wrong.", "Set the app's current client secret."}, true
	case "MISMATCH_REDIRECT_URI_AUTH_CODE", "BAD_REDIRECT_URI":
		return row{
			ClassAppMisconfigured, "The redirect URI of the app and the one of the consent differ.",
			"Register exactly the redirect URI that hsterm uses, with its port and path.",
		}, true
	case "BAD_CODE_VERIFIER":
		return row{
			ClassAppMisconfigured, "The server refused the PKCE code verifier.",
			"Switch PKCE on or off for the app, as it is registered.",
		}, true
	case "BAD_GRANT_TYPE":
		return row{
			ClassAppMisconfigured, "The server did not understand the grant type.",
			"Check the app's API URL and API version.",
		}, true
	case "BAD_SCOPES":
		return row{ClassAppMisconfigured, "The server refused the scopes.", "Check the app's scopes."}, true
	}
	return row{}, false
}

// rfcRow is an error of RFC 6749 section 5.2, or of section 4.1.2.1 where
// servers use those at the token endpoint too.
func rfcRow(ep Endpoint, status int, code string) (row, bool) {
	switch code {
	case "invalid_grant":
		if status == http.StatusBadRequest || status == http.StatusUnauthorized || status == http.StatusForbidden {
			return grantRow(ep, "BAD_REFRESH_TOKEN", "BAD_AUTH_CODE")
		}
	case "invalid_client":
		return row{ClassAppMisconfigured, "The server refused the app's client id or secret.", hintApp}, true
	case "unauthorized_client":
		return row{
			ClassAppMisconfigured, "The app may not use this kind of grant.",
			"Allow it where the app is registered, and check the client id.",
		}, true
	case "unsupported_grant_type":
		return settingRow("BAD_GRANT_TYPE")
	case "invalid_scope":
		return settingRow("BAD_SCOPES")
	case "invalid_request":
		return row{
			ClassAppMisconfigured, "The server finds something missing or wrong in the request.",
			"Check the app's settings: client id, redirect URI, PKCE and API version.",
		}, true
	case "server_error", "temporarily_unavailable":
		return row{ClassTransient, "The server cannot answer at the moment.", "Try again in a little while."}, true
	}
	return row{}, false
}

// grantRow is the first of HubSpot's statuses about the grant itself that fits
// the endpoint.
func grantRow(ep Endpoint, statuses ...string) (row, bool) {
	for _, status := range statuses {
		switch {
		case ep == EndpointRefresh && status == "BAD_REFRESH_TOKEN":
			return row{
				ClassRevoked, "Grant refused: it was revoked, the app was uninstalled, " +
					"or the refresh token belongs to another client id.", hintReconnect,
			}, true
		case ep == EndpointRefresh && status == "BAD_HUB":
			return row{
				ClassRevoked, "Portal gone: it no longer exists or no longer lets the app in.",
				"Reconnect the portal if it still exists, or remove it.",
			}, true
		case ep == EndpointExchange && status == "EXPIRED_AUTH_CODE":
			return row{ClassRejected, "The code of the consent had expired.", hintAgain}, true
		case ep == EndpointExchange && status == "BAD_AUTH_CODE":
			return row{ClassRejected, "The code of the consent was refused: it was used before or is too old.", hintAgain}, true
		case ep == EndpointExchange && status == "BAD_HUB":
			return row{ClassRejected, "The portal that gave its consent does not exist or does not let the app in.", "Connect again and choose another portal."}, true
		}
	}
	return row{}, false
}
