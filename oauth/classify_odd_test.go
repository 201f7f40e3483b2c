package oauth

import (
	"testing"
	"time"
)

// Answers of servers, gateways and proxies that keep to no description.

func TestClassifyOddTokenAnswers(t *testing.T) {
	const bom = "\ufeff"
	check(t, []answered{
		{name: "a byte order mark", ep: EndpointRefresh, status: 400, body: bom + `{"error":"invalid_grant"}`, want: ClassRevoked},
		{name: "a byte order mark and a page", ep: EndpointRefresh, status: 400, body: bom + `<html>invalid_grant`, want: ClassBadResponse, message: "web page"},
		{name: "gzip that nobody unpacked", ep: EndpointRefresh, status: 400, body: "\x1f\x8b\x08\x00invalid_grant", want: ClassBadResponse},
		{name: "an answer in plain text", ep: EndpointRefresh, status: 400, header: "Content-Type: text/plain", body: `invalid_grant`, want: ClassBadResponse},
		{name: "JSON called text", ep: EndpointRefresh, status: 400, header: "Content-Type: text/plain", body: `{"error":"invalid_grant"}`, want: ClassRevoked},
		{name: "JSON called HTML", ep: EndpointRefresh, status: 400, header: "Content-Type: text/html", body: `{"error":"invalid_grant"}`, want: ClassBadResponse},
		{name: "XHTML", ep: EndpointRefresh, status: 403, header: "Content-Type: application/xhtml+xml", body: `<?xml`, want: ClassBadResponse},
		{name: "a form", ep: EndpointRefresh, status: 400, body: `error=invalid_grant`, want: ClassBadResponse},
		{name: "null", ep: EndpointRefresh, status: 400, body: `null`, want: ClassBadResponse},
		{name: "a string", ep: EndpointRefresh, status: 400, body: `"invalid_grant"`, want: ClassBadResponse},
		{name: "a number", ep: EndpointRefresh, status: 400, body: `400`, want: ClassBadResponse},
		{name: "two objects", ep: EndpointRefresh, status: 400, body: `{"error":"invalid_grant"}{}`, want: ClassBadResponse},
		{name: "blank", ep: EndpointRefresh, status: 400, body: " \r\n", want: ClassBadResponse},
		{name: "a number as status", ep: EndpointRefresh, status: 400, body: `{"status":400,"error":"invalid_grant"}`, want: ClassRevoked, code: "invalid_grant"},
		{name: "the API's envelope around RFC 6749", ep: EndpointRefresh, status: 400, body: `{"status":"error","error":"invalid_grant"}`, want: ClassRevoked, code: "invalid_grant"},
		{name: "the API's envelope alone", ep: EndpointRefresh, status: 400, body: `{"status":"error","category":"VALIDATION_ERROR","message":"no"}`, want: ClassAppMisconfigured, code: "VALIDATION_ERROR"},
		{name: "a list as error", ep: EndpointRefresh, status: 400, body: `{"error":["invalid_grant"]}`, want: ClassAppMisconfigured},
		{name: "another case of the code", ep: EndpointRefresh, status: 400, body: `{"error":"INVALID_GRANT"}`, want: ClassAppMisconfigured},
		{name: "another case of the name", ep: EndpointRefresh, status: 400, body: `{"Error":"invalid_grant"}`, want: ClassAppMisconfigured},
		{name: "another case of HubSpot's status", ep: EndpointRefresh, status: 400, body: `{"status":"bad_refresh_token"}`, want: ClassAppMisconfigured},
		{name: "the words without a code", ep: EndpointRefresh, status: 400, body: `{"message":"missing or unknown refresh token"}`, want: ClassAppMisconfigured},
		{name: "RFC 6749 and HubSpot disagree, transient", ep: EndpointRefresh, status: 400, body: `{"error":"temporarily_unavailable","status":"BAD_REFRESH_TOKEN"}`, want: ClassTransient},
		{name: "an unknown error beside a known status", ep: EndpointRefresh, status: 400, body: `{"error":"something_new","status":"BAD_REFRESH_TOKEN"}`, want: ClassRevoked},
		{name: "a known error beside an unknown status", ep: EndpointRefresh, status: 400, body: `{"error":"invalid_grant","status":"SOMETHING_NEW"}`, want: ClassRevoked},
		{name: "access_denied beside BAD_HUB", ep: EndpointRefresh, status: 403, body: `{"error":"access_denied","status":"BAD_HUB"}`, want: ClassRevoked},
		{name: "a redirect mismatch filed under invalid_grant", ep: EndpointRefresh, status: 400, body: `{"error":"invalid_grant","status":"BAD_REDIRECT_URI"}`, want: ClassAppMisconfigured},
		{name: "a proxy wants a password", ep: EndpointRefresh, status: 407, body: `<html>`, want: ClassBadResponse},
		{name: "a captive portal", ep: EndpointRefresh, status: 302, header: "Location: http://login.example", want: ClassBadResponse},
		{name: "a limit that says invalid_grant", ep: EndpointRefresh, status: 429, body: `{"error":"invalid_grant"}`, want: ClassRateLimited},
		{name: "locked that says BAD_HUB", ep: EndpointRefresh, status: 423, body: `{"status":"BAD_HUB"}`, want: ClassTransient, retry: 2 * time.Second},
		{name: "moving for hours", ep: EndpointRefresh, status: 477, header: "Retry-After: 86400", body: `{"error":"invalid_grant"}`, want: ClassTransient, retry: 10 * time.Minute},
		{name: "no status", ep: EndpointRefresh, status: 0, body: `{"error":"invalid_grant"}`, want: ClassBadResponse},
		{name: "a status beyond all", ep: EndpointRefresh, status: 999, body: `{"error":"invalid_grant"}`, want: ClassBadResponse},
	})
}

func TestClassifyOddCredentials(t *testing.T) {
	const notFound = `{"status":"error","message":"Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com","category":"INVALID_AUTHENTICATION"}`
	age := func(words string) string {
		return `{"status":"error","category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired ` + words + ` ago."}`
	}
	check(t, []answered{
		// HubSpot cannot read an expiry out of a refresh token, a client secret, a
		// personal access key or JSON, and takes it for 1970.
		{name: "not an access token", ep: EndpointAPI, status: 401, body: age("20705 day(s)"), want: ClassNotAToken},
		{name: "the first day that tells", ep: EndpointAPI, status: 401, body: age("20000 day(s)"), want: ClassNotAToken},
		{name: "the last day that does not", ep: EndpointAPI, status: 401, body: age("19999 day(s)"), want: ClassExpired},
		{name: "seconds since 1970 are no days", ep: EndpointAPI, status: 401, body: age("30000 second(s)"), want: ClassExpired},
		{name: "minutes", ep: EndpointAPI, status: 401, body: age("25 minute(s)"), want: ClassExpired},
		{name: "a number beyond all", ep: EndpointAPI, status: 401, body: age("99999999999999999999 day(s)"), want: ClassExpired},
		{name: "a time before it began", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":["1969-12-31T23:59:59.999Z"]}}`, want: ClassNotAToken},
		{name: "a time as a string", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":"1970-01-01T00:00:00.000Z"}}`, want: ClassNotAToken},
		{name: "a time as a number", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":[0]}}`, want: ClassExpired},
		{name: "a time that is none", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENTICATION","context":{"expire time":["never"]}}`, want: ClassExpired},
		{name: "a private app's token where OAuth is wanted", ep: EndpointAPI, status: 401, body: notFound, want: ClassInvalid},
		{name: "a byte order mark", ep: EndpointAPI, status: 401, body: "\ufeff" + age("0 second(s)"), want: ClassExpired},
		{name: "truncated", ep: EndpointAPI, status: 401, body: `{"category":"EXPIRED_AUTHENT`, want: ClassInvalid},
		{name: "a list", ep: EndpointAPI, status: 401, body: `[{"category":"EXPIRED_AUTHENTICATION"}]`, want: ClassInvalid},
		{name: "gzip that nobody unpacked", ep: EndpointAPI, status: 401, body: "\x1f\x8b\x08", want: ClassInvalid},
		{name: "a page that says so", ep: EndpointAPI, status: 401, header: "Content-Type: text/html", body: age("0 second(s)"), want: ClassInvalid},
		{name: "another case", ep: EndpointAPI, status: 401, body: `{"category":"expired_authentication"}`, want: ClassInvalid},
		{name: "a category of wrong type", ep: EndpointAPI, status: 401, body: `{"category":["EXPIRED_AUTHENTICATION"]}`, want: ClassInvalid},
		{name: "invalid_request", ep: EndpointAPI, status: 401, header: `WWW-Authenticate: Bearer error="invalid_request"`, want: ClassInvalid},
		{name: "two challenges", ep: EndpointAPI, status: 401, header: "WWW-Authenticate: Basic realm=\"x\"\nWWW-Authenticate: Bearer error=invalid_token", want: ClassExpired},
		{name: "expired, but not as a 401", ep: EndpointAPI, status: 400, body: age("0 second(s)"), want: ClassRejected},
	})
}

func TestClassifyOddScopes(t *testing.T) {
	missing := func(fields string) string { return `{"category":"MISSING_SCOPES",` + fields + `}` }
	const anyOf, allOf = `"message":"One or more of the following scopes are required."`, `"message":"All of the following scopes are required."`
	check(t, []answered{
		{name: "one string", ep: EndpointAPI, status: 403, body: missing(`"errors":[{"context":{"requiredGranularScopes":"a"}}]`), want: ClassPermissionDenied, scopes: "a"},
		{name: "a string of several", ep: EndpointAPI, status: 403, body: missing(`"errors":[{` + anyOf + `,"context":{"requiredGranularScopes":["a b"]}}]`), want: ClassPermissionDenied, scopes: "a b", message: "one of"},
		{name: "a printed list", ep: EndpointAPI, status: 403, body: missing(`"errors":[{` + allOf + `,"context":{"requiredGranularScopes":["[a, b]"]}}]`), want: ClassPermissionDenied, scopes: "a b", all: true, message: "all of"},
		{name: "one error, not a list", ep: EndpointAPI, status: 403, body: missing(`"errors":{"context":{"requiredGranularScopes":["a"]}}`), want: ClassPermissionDenied, scopes: "a"},
		{name: "an error that is a text", ep: EndpointAPI, status: 403, body: missing(`"errors":["scopes"]`), want: ClassPermissionDenied},
		{name: "on top", ep: EndpointAPI, status: 403, body: missing(anyOf + `,"context":{"requiredGranularScopes":["a","b"]}`), want: ClassPermissionDenied, scopes: "a b"},
		{name: "the new name before the old", ep: EndpointAPI, status: 403, body: missing(`"errors":[{"context":{"requiredScopes":["old"],"requiredGranularScopes":["new"]}}]`), want: ClassPermissionDenied, scopes: "new"},
		{name: "in the second error", ep: EndpointAPI, status: 403, body: missing(`"errors":[{"message":"x"},{` + allOf + `,"context":{"requiredScopes":["a"]}}]`), want: ClassPermissionDenied, scopes: "a", all: true},
		{name: "of wrong types", ep: EndpointAPI, status: 403, body: missing(`"errors":[{"context":{"requiredGranularScopes":[1,{}]}}]`), want: ClassPermissionDenied},
		{name: "none", ep: EndpointAPI, status: 403, body: missing(`"errors":[{"context":{"requiredGranularScopes":[]}}]`), want: ClassPermissionDenied},
		{name: "the RFC's, unnamed", ep: EndpointAPI, status: 403, header: `WWW-Authenticate: Bearer error="insufficient_scope"`, want: ClassPermissionDenied, all: true},
		{name: "a category that says otherwise", ep: EndpointAPI, status: 403, body: `{"category":"GATED","errors":[{"context":{"requiredGranularScopes":["a"]}}]}`, want: ClassForbidden, message: "subscription"},
		{name: "nothing", ep: EndpointAPI, status: 403, want: ClassForbidden},
		{name: "truncated", ep: EndpointAPI, status: 403, body: `{"category":"MISSING_SC`, want: ClassForbidden},
	})
}

func TestClassifyOddRefusals(t *testing.T) {
	check(t, []answered{
		{name: "a limit by its words, a day", ep: EndpointAPI, status: 429, body: `{"message":"You have reached your daily limit."}`, want: ClassRateLimited, policy: "DAILY", message: "daily"},
		{name: "a limit by its words, ten seconds", ep: EndpointAPI, status: 429, body: `{"message":"You have reached your ten_secondly_rolling limit."}`, want: ClassRateLimited, policy: "TEN_SECONDLY_ROLLING", retry: 10 * time.Second},
		{name: "a limit by its type", ep: EndpointAPI, status: 429, body: `{"errorType":"RATE_LIMIT"}`, want: ClassRateLimited},
		{name: "a day with Retry-After", ep: EndpointAPI, status: 429, header: "Retry-After: 3600", body: `{"policyName":"DAILY"}`, want: ClassRateLimited, policy: "DAILY", retry: 10 * time.Minute},
		{name: "a day in small letters", ep: EndpointAPI, status: 429, body: `{"policyName":"daily"}`, want: ClassRateLimited, policy: "daily", message: "daily"},
		{name: "the search limit by name", ep: EndpointAPI, status: 429, body: `{"policyName":"SECONDLY"}`, want: ClassRateLimited, policy: "SECONDLY", retry: time.Second},
		{name: "a policy of wrong type", ep: EndpointAPI, status: 429, body: `{"policyName":7}`, want: ClassRateLimited},
		{name: "Retry-After that is none", ep: EndpointAPI, status: 429, header: "Retry-After: soon", want: ClassRateLimited},
		{name: "a page as limit", ep: EndpointAPI, status: 429, header: "Content-Type: text/html", body: "<html>", want: ClassRateLimited},
		{name: "moving for hours", ep: EndpointAPI, status: 477, header: "Retry-After: 43200", want: ClassTransient, retry: 10 * time.Minute, message: "moving"},
		{name: "moving, untold", ep: EndpointAPI, status: 477, want: ClassTransient, message: "moving"},
		{name: "too early", ep: EndpointAPI, status: 425, want: ClassTransient},
		{name: "a page for a 400", ep: EndpointAPI, status: 400, body: "<html>", want: ClassRejected, message: "gateway"},
		{name: "too large for a gateway", ep: EndpointAPI, status: 413, body: "<html>", want: ClassRejected, message: "gateway"},
		{name: "a proxy wants a password", ep: EndpointAPI, status: 407, body: "<html>", want: ClassRejected, message: "gateway"},
		{name: "a method no route has", ep: EndpointAPI, status: 405, body: "<html>", want: ClassRejected, message: "no such path"},
		{name: "gone", ep: EndpointAPI, status: 410, header: "Content-Type: text/html", body: "<html>", want: ClassRejected, message: "no such path"},
		{name: "not found without a word", ep: EndpointAPI, status: 404, want: ClassRejected, message: "no such object"},
		{name: "a conflict that is a list", ep: EndpointAPI, status: 409, body: `["x"]`, want: ClassRejected, message: "conflicts"},
		{name: "validation, truncated", ep: EndpointAPI, status: 400, body: `{"category":"VALID`, want: ClassRejected},
		{name: "a choice of answers", ep: EndpointAPI, status: 300, want: ClassBadResponse, message: "redirect"},
		{name: "an informational answer", ep: EndpointAPI, status: 101, want: ClassBadResponse},
		{name: "a status beyond all", ep: EndpointAPI, status: 600, want: ClassBadResponse},
		{name: "a failure with words", ep: EndpointAPI, status: 500, body: `{"message":"internal error"}`, want: ClassTransient, message: "internal error"},
		{name: "a failure that is a list", ep: EndpointAPI, status: 500, body: `[1]`, want: ClassTransient},
	})
}
