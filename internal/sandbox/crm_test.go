package sandbox

import (
	"net/http"
	"testing"
)

func TestContactsPage(t *testing.T) {
	r := newRig(t, Config{AutoConsent: true})
	mine := r.connect()
	seen := map[any]bool{}
	path := "/crm/objects/2026-09/contacts?limit=20"
	for page := 0; page < 3; page++ {
		got := r.api(mine.access, "GET", path, nil)
		want(t, "status", got.status, http.StatusOK)
		results, _ := got.json["results"].([]any)
		for _, one := range results {
			seen[one.(map[string]any)["id"]] = true
		}
		paging, more := got.json["paging"].(map[string]any)
		want(t, "another page", more, page < 2)
		if more {
			path = "/crm/objects/2026-09/contacts?limit=20&after=" + paging["next"].(map[string]any)["after"].(string)
		}
	}
	want(t, "contacts in all", len(seen), 48)
}
