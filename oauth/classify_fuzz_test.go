package oauth

import (
	"net/http"
	"strings"
	"testing"
	"unicode"
)

// Whatever a server says: there is a class and a sentence, nothing sent comes
// back, and a connection ends only over a refused grant of the refresh endpoint.
func FuzzClassify(f *testing.F) {
	f.Add("token-refresh", "POST", 400, "application/json", `{"status":"BAD_REFRESH_TOKEN","error":"invalid_grant"}`)
	f.Add("token-refresh", "POST", 400, "text/html", `<html>BAD_HUB`)
	f.Add("api", "GET", 401, "application/json", expiredBody)
	f.Add("api", "GET", 403, "", `{"category":"MISSING_SCOPES","errors":[{"context":{"requiredGranularScopes":["a\u202e"]}}]}`)
	f.Add("introspect", "POST", 404, "", `{"error":{"a":[1]},"message":"hstermtestsecret-sent\u0000"}`)
	f.Fuzz(func(t *testing.T, ep, method string, status int, kind, body string) {
		e := Classify(Answer{
			Endpoint: Endpoint(ep), Method: method, Status: status, Header: http.Header{"Content-Type": {kind}, "Www-Authenticate": {kind}},
			Body: []byte(body), Now: classifyNow, Secrets: []Secret{NewSecret("hstermtestsecret-sent")},
		})
		if e == nil {
			if status < 200 || status > 299 {
				t.Fatalf("%d is no failure", status)
			}
			return
		}
		refusal := status == 400 || status == 401 || status == 403
		named := strings.Contains(body, "invalid_grant") || strings.Contains(body, "BAD_") || strings.Contains(body, `\u`)
		if e.Class == ClassRevoked && (Endpoint(ep) != EndpointRefresh || status >= 500 || !named || (!refusal && !strings.Contains(body, "BAD_"))) {
			t.Fatalf("%s %d %s ends a connection", ep, status, body)
		}
		words := e.Message + e.Hint + e.Code + e.Policy + e.CorrelationID + strings.Join(e.Scopes, "")
		if e.Class == "" || e.Message == "" || strings.Contains(words, "hstermtestsecret-sent") || strings.ContainsFunc(words, unicode.IsControl) {
			t.Fatalf("%q", words)
		}
	})
}
