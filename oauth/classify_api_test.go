package oauth

import "testing"

func TestClassifyUnauthorized(t *testing.T) {
	check(t, []answered{
		{
			name: "expired", ep: EndpointAPI, status: 401, want: ClassExpired, code: "EXPIRED_AUTHENTICATION",
			body: `{"status":"error","message":"The OAuth token used to make this call expired 0 second(s) ago.","category":"EXPIRED_AUTHENTICATION","context":{"expire time":["2026-03-10T23:04:41.164Z"]}}`,
		},
		{name: "expired, category alone", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION"}`, want: ClassExpired},
		{name: "expired, message alone", ep: EndpointAPI, status: 401, body: `{"message":"The OAuth token used to make this call expired 3 hour(s) ago."}`, want: ClassExpired},
		{name: "expired for some days", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired 12 day(s) ago."}`, want: ClassExpired},
		{name: "not a token, by its age", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired 20705 day(s) ago."}`, want: ClassNotAToken},
		{name: "not a token, by its expiry", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":["1970-01-01T00:00:00Z"]}}`, want: ClassNotAToken},
		{
			name: "invalid", ep: EndpointAPI, status: 401, want: ClassInvalid, code: "INVALID_AUTHENTICATION",
			body: `{"status":"error","message":"Authentication credentials not found. This API supports OAuth 2.0 authentication","category":"INVALID_AUTHENTICATION"}`,
		},
		{name: "401 with nothing", ep: EndpointAPI, status: 401, want: ClassInvalid},
		{name: "401 as a web page", ep: EndpointAPI, status: 401, body: "<html>", want: ClassInvalid},
		{name: "RFC 6750", ep: EndpointAPI, status: 401, header: `WWW-Authenticate: Bearer realm="a, b", error="invalid_token", error_description="expired"`, want: ClassExpired, code: "invalid_token"},
		{name: "RFC 6750 in the body", ep: EndpointAPI, status: 401, header: "WWW-Authenticate: Bearer", body: `{"error":"invalid_token"}`, want: ClassExpired, code: "invalid_token"},
		{name: "RFC 6750, another scheme", ep: EndpointAPI, status: 401, header: `WWW-Authenticate: Basic error="invalid_token"`, want: ClassInvalid},
		{name: "HubSpot's category before RFC 6750", ep: EndpointAPI, status: 401, header: `WWW-Authenticate: Bearer error="invalid_token"`, body: `{"category":"INVALID_AUTHENTICATION"}`, want: ClassInvalid},
	})
}

func TestClassifyForbidden(t *testing.T) {
	check(t, []answered{
		{
			name: "one scope", ep: EndpointAPI, status: 403, want: ClassPermissionDenied, scopes: "crm.objects.contacts.read", all: true, code: "MISSING_SCOPES", message: "crm.objects.contacts.read",
			body: `{"category":"MISSING_SCOPES","errors":[{"message":"All of the following scopes are required.","context":{"requiredGranularScopes":["crm.objects.contacts.read"]}}]}`,
		},
		{
			name: "any scope", ep: EndpointAPI, status: 403, want: ClassPermissionDenied, scopes: "a b", message: "one of",
			body: `{"category":"MISSING_SCOPES","errors":[{"message":"One or more of the following scopes are required.","context":{"requiredGranularScopes":["a","b"]}}]}`,
		},
		{
			name: "every scope", ep: EndpointAPI, status: 403, want: ClassPermissionDenied, scopes: "a b", all: true, message: "all of",
			body: `{"category":"MISSING_SCOPES","errors":[{"message":"All of the following scopes are required.","context":{"requiredGranularScopes":["a","b","a"]}}]}`,
		},
		{name: "older names", ep: EndpointAPI, status: 403, body: `{"category":"MISSING_SCOPES","errors":[{"context":{"requiredScopes":["a"]}}]}`, want: ClassPermissionDenied, scopes: "a"},
		{name: "oldest names", ep: EndpointAPI, status: 403, body: `{"category":"MISSING_SCOPES","context":{"missingScopes":["a"]}}`, want: ClassPermissionDenied, scopes: "a"},
		{name: "scopes without a category", ep: EndpointAPI, status: 403, body: `{"errors":[{"context":{"requiredGranularScopes":["a"]}}]}`, want: ClassPermissionDenied, scopes: "a"},
		{name: "no names at all", ep: EndpointAPI, status: 403, body: `{"category":"MISSING_SCOPES"}`, want: ClassPermissionDenied},
		{name: "RFC 6750", ep: EndpointAPI, status: 403, header: `WWW-Authenticate: Bearer error="insufficient_scope", scope="a b"`, want: ClassPermissionDenied, scopes: "a b", all: true},
		{name: "tier", ep: EndpointAPI, status: 403, body: `{"category":"GATED"}`, want: ClassForbidden, message: "subscription"},
		{name: "user", ep: EndpointAPI, status: 403, body: `{"category":"USER_DOES_NOT_HAVE_PERMISSIONS"}`, want: ClassForbidden, message: "user"},
		{name: "other", ep: EndpointAPI, status: 403, body: `{"category":"FORBIDDEN","message":"no"}`, want: ClassForbidden},
		{name: "a web page", ep: EndpointAPI, status: 403, body: "<html>", want: ClassForbidden, message: "gateway"},
	})
}

func TestClassifyRejected(t *testing.T) {
	check(t, []answered{
		{name: "validation", ep: EndpointAPI, status: 400, body: `{"category":"VALIDATION_ERROR","message":"Property x does not exist"}`, want: ClassRejected, message: "Property x", code: "VALIDATION_ERROR"},
		{name: "not found", ep: EndpointAPI, status: 404, body: `{"category":"OBJECT_NOT_FOUND"}`, want: ClassRejected, message: "no such object"},
		{name: "no such route", ep: EndpointAPI, status: 404, header: "Content-Type: text/html; charset=utf-8", body: "<html>", want: ClassRejected, message: "no such path"},
		{name: "conflict", ep: EndpointAPI, status: 409, body: `{"category":"CONFLICT"}`, want: ClassRejected, message: "conflicts"},
		{name: "method", ep: EndpointAPI, status: 405, want: ClassRejected},
		{name: "unsupported type", ep: EndpointAPI, status: 415, want: ClassRejected},
		{name: "a redirect", ep: EndpointAPI, status: 302, want: ClassBadResponse},
		{name: "no status", ep: EndpointAPI, status: 0, want: ClassBadResponse},
	})
}
