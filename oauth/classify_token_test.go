package oauth

import "testing"

func TestClassifyRefreshRefused(t *testing.T) {
	check(t, []answered{
		{
			name: "revoked, HubSpot", ep: EndpointRefresh, status: 400, want: ClassRevoked, code: "BAD_REFRESH_TOKEN",
			body: `{"status":"BAD_REFRESH_TOKEN","message":"missing or unknown refresh token","error":"invalid_grant","error_description":"missing or unknown refresh token"}`, message: "missing or unknown",
		},
		{name: "revoked, status alone", ep: EndpointRefresh, status: 400, body: `{"status":"BAD_REFRESH_TOKEN"}`, want: ClassRevoked},
		{name: "revoked, RFC 6749", ep: EndpointRefresh, status: 400, body: `{"error":"invalid_grant"}`, want: ClassRevoked, code: "invalid_grant"},
		{name: "revoked, RFC 6749 with 401", ep: EndpointRefresh, status: 401, body: `{"error":"invalid_grant","error_description":"Token expired"}`, want: ClassRevoked, message: "Token expired"},
		{name: "portal deleted", ep: EndpointRefresh, status: 400, body: `{"status":"BAD_HUB","error":"access_denied"}`, want: ClassRevoked, code: "BAD_HUB", message: "no longer exists"},
		{name: "access_denied alone", ep: EndpointRefresh, status: 400, body: `{"error":"access_denied"}`, want: ClassAppMisconfigured},
		{name: "client id", ep: EndpointRefresh, status: 400, body: `{"status":"BAD_CLIENT_ID","error":"invalid_client"}`, want: ClassAppMisconfigured, code: "BAD_CLIENT_ID", message: "client id"},
		{name: "client secret", ep: EndpointRefresh, status: 400, body: `{"status":"BAD_CLIENT_SECRET"}`, want: ClassAppMisconfigured, message: "client secret"},
		{name: "client, RFC 6749", ep: EndpointRefresh, status: 401, body: `{"error":"invalid_client"}`, want: ClassAppMisconfigured, code: "invalid_client"},
		{name: "error before status", ep: EndpointRefresh, status: 400, body: `{"status":"BAD_REFRESH_TOKEN","error":"invalid_client"}`, want: ClassAppMisconfigured},
		{name: "a wrong setting never revokes", ep: EndpointRefresh, status: 400, body: `{"status":"BAD_CLIENT_SECRET","error":"invalid_grant"}`, want: ClassAppMisconfigured},
		{name: "grant type", ep: EndpointRefresh, status: 400, body: `{"status":"BAD_GRANT_TYPE","error":"unsupported_grant_type"}`, want: ClassAppMisconfigured},
		{name: "grant type, RFC 6749", ep: EndpointRefresh, status: 400, body: `{"error":"unsupported_grant_type"}`, want: ClassAppMisconfigured},
		{name: "unauthorized client", ep: EndpointRefresh, status: 400, body: `{"error":"unauthorized_client"}`, want: ClassAppMisconfigured},
		{name: "scope", ep: EndpointRefresh, status: 400, body: `{"error":"invalid_scope"}`, want: ClassAppMisconfigured},
		{name: "request", ep: EndpointRefresh, status: 400, body: `{"error":"invalid_request"}`, want: ClassAppMisconfigured},
		{name: "server_error in a 400", ep: EndpointRefresh, status: 400, body: `{"error":"server_error"}`, want: ClassTransient},
		{name: "unavailable in a 400", ep: EndpointRefresh, status: 400, body: `{"error":"temporarily_unavailable"}`, want: ClassTransient},
		{name: "unknown code", ep: EndpointRefresh, status: 400, body: `{"status":"SOMETHING_NEW"}`, want: ClassAppMisconfigured, code: "SOMETHING_NEW"},
		{name: "unknown 404", ep: EndpointRefresh, status: 404, body: `{"error":"invalid_grant"}`, want: ClassAppMisconfigured},
		{name: "a web page", ep: EndpointRefresh, status: 404, header: "Content-Type: text/html", body: "<html>BAD_REFRESH_TOKEN</html>", want: ClassBadResponse, message: "web page"},
		{name: "a web page without a type", ep: EndpointRefresh, status: 403, body: " <!doctype html>", want: ClassBadResponse, message: "web page"},
		{name: "no body", ep: EndpointRefresh, status: 400, want: ClassBadResponse},
		{name: "an array", ep: EndpointRefresh, status: 400, body: `["invalid_grant"]`, want: ClassBadResponse},
		{name: "wrong types", ep: EndpointRefresh, status: 400, body: `{"error":{"code":"invalid_grant"},"status":400}`, want: ClassAppMisconfigured},
		{name: "a truncated body", ep: EndpointRefresh, status: 400, body: `{"error":"invalid_gr`, want: ClassBadResponse},
		{name: "a redirect", ep: EndpointRefresh, status: 307, header: "Location: https://elsewhere.example", want: ClassBadResponse, message: "redirect"},
		{name: "a 500 that says invalid_grant", ep: EndpointRefresh, status: 500, body: `{"error":"invalid_grant","status":"BAD_REFRESH_TOKEN"}`, want: ClassTransient},
	})
}

func TestClassifyExchangeRefused(t *testing.T) {
	check(t, []answered{
		{name: "code used", ep: EndpointExchange, status: 400, body: `{"status":"BAD_AUTH_CODE","error":"invalid_grant"}`, want: ClassRejected, code: "BAD_AUTH_CODE"},
		{name: "code expired", ep: EndpointExchange, status: 400, body: `{"status":"EXPIRED_AUTH_CODE"}`, want: ClassRejected, message: "expired"},
		{name: "code, RFC 6749", ep: EndpointExchange, status: 400, body: `{"error":"invalid_grant"}`, want: ClassRejected},
		{name: "redirect", ep: EndpointExchange, status: 400, body: `{"status":"MISMATCH_REDIRECT_URI_AUTH_CODE","error":"invalid_grant"}`, want: ClassAppMisconfigured, message: "redirect URI"},
		{name: "bad redirect", ep: EndpointExchange, status: 400, body: `{"status":"BAD_REDIRECT_URI"}`, want: ClassAppMisconfigured},
		{name: "PKCE", ep: EndpointExchange, status: 400, body: `{"status":"BAD_CODE_VERIFIER"}`, want: ClassAppMisconfigured, message: "PKCE"},
		{name: "secret", ep: EndpointExchange, status: 400, body: `{"status":"BAD_CLIENT_SECRET"}`, want: ClassAppMisconfigured},
		{name: "portal", ep: EndpointExchange, status: 400, body: `{"status":"BAD_HUB"}`, want: ClassRejected},
		{name: "a refresh status says nothing here", ep: EndpointExchange, status: 400, body: `{"status":"BAD_REFRESH_TOKEN"}`, want: ClassAppMisconfigured},
	})
}

func TestClassifyOtherTokenEndpoints(t *testing.T) {
	check(t, []answered{
		{name: "client credentials without scope", ep: EndpointClientCredentials, status: 400, body: `{"status":"BAD_SCOPES"}`, want: ClassAppMisconfigured, code: "BAD_SCOPES"},
		{name: "introspection never revokes", ep: EndpointIntrospect, status: 400, body: `{"error":"invalid_grant","status":"BAD_REFRESH_TOKEN"}`, want: ClassAppMisconfigured},
		{name: "introspection missing", ep: EndpointIntrospect, status: 404, body: "<html>", want: ClassBadResponse},
		{name: "revocation down", ep: EndpointRevoke, status: 503, want: ClassTransient},
	})
}
