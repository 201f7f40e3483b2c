package oauth

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

// net/http takes the host from either of two fields, and from the URL when the
// other is empty. Each alone must name the portal's API.
func TestBothNamesOfAHostAreLookedAt(t *testing.T) {
	for name, change := range map[string]func(*http.Request){
		"the URL":  func(r *http.Request) { r.URL, r.Host = &url.URL{Scheme: "https", Host: "evil.example", Path: "/x"}, "" },
		"the Host": func(r *http.Request) { r.Host = "evil.example" },
	} {
		road := newRoad(20*time.Minute, "hstermtestsecret-access-0", expiredBody)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, contactsURL, nil)
		if err != nil {
			t.Fatal(err)
		}
		change(req)
		if _, _, err := road.transport.Do(req); ClassOf(err) != ClassUsage || len(road.api.tokens) != 0 {
			t.Errorf("%s: %v, %d tokens sent", name, err, len(road.api.tokens))
		}
	}
}
