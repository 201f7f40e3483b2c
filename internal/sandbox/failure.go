package sandbox

import "net/http"

// oauthFailure is a refusal of the token, introspection or revocation endpoint. The
// body carries HubSpot's status and message and the fields of RFC 6749 section 5.2.
type oauthFailure struct {
	status  string // HubSpot's word, such as BAD_REFRESH_TOKEN
	code    string // RFC 6749 error code
	message string
}

func badClientID() *oauthFailure {
	return &oauthFailure{"BAD_CLIENT_ID", "invalid_client", "missing or invalid client id"}
}

func badClientSecret() *oauthFailure {
	return &oauthFailure{"BAD_CLIENT_SECRET", "invalid_client", "missing or invalid client secret"}
}

func badGrantType() *oauthFailure {
	return &oauthFailure{"BAD_GRANT_TYPE", "unsupported_grant_type", "missing or unknown grant type"}
}

func badAuthCode() *oauthFailure {
	return &oauthFailure{"BAD_AUTH_CODE", "invalid_grant", "missing or unknown auth code"}
}

func expiredAuthCode() *oauthFailure {
	return &oauthFailure{"EXPIRED_AUTH_CODE", "invalid_grant", "auth code has expired"}
}

func badRedirectURI() *oauthFailure {
	return &oauthFailure{"BAD_REDIRECT_URI", "invalid_request", "missing or unknown redirect URI"}
}

func mismatchedRedirect() *oauthFailure {
	return &oauthFailure{"MISMATCH_REDIRECT_URI_AUTH_CODE", "invalid_grant", "redirect URI does not match the one of the auth code"}
}

func badCodeVerifier() *oauthFailure {
	return &oauthFailure{"BAD_CODE_VERIFIER", "invalid_grant", "code verifier does not match the code challenge"}
}

func badRefreshToken() *oauthFailure {
	return &oauthFailure{"BAD_REFRESH_TOKEN", "invalid_grant", "missing or invalid refresh token"}
}

func badHub() *oauthFailure {
	return &oauthFailure{"BAD_HUB", "access_denied", "hub is deleted or disabled"}
}

func badScopes() *oauthFailure {
	return &oauthFailure{"BAD_SCOPES", "invalid_scope", "missing or invalid scopes"}
}

func badToken() *oauthFailure {
	return &oauthFailure{"BAD_TOKEN", "invalid_request", "missing token"}
}

func (f *oauthFailure) answer(q *call) answer {
	return q.json(http.StatusBadRequest, map[string]any{
		"status": f.status, "message": f.message, "correlationId": q.correlation,
		"error": f.code, "error_description": f.message,
	}).with("Cache-Control", "no-store")
}
