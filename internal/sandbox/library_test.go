package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// catalogue is the table of sample calls that HubSpot's descriptions give, with the scopes they name.
func catalogue() [][3]string {
	return [][3]string{
		{"GET", "/account-info/2026-09/details", "oauth"},
		{"GET", "/crm/objects/2026-09/contacts?limit=10", "crm.objects.contacts.read"},
		{"POST", "/crm/objects/2026-09/contacts/search", "crm.objects.contacts.read"},
		{"GET", "/crm/objects/2026-09/companies", "crm.objects.companies.read"},
		{"POST", "/crm/objects/2026-09/companies/search", "crm.objects.companies.read"},
		{"GET", "/crm/objects/2026-09/deals", "crm.objects.deals.read"},
		{"GET", "/crm/objects/2026-09/tickets", "tickets"},
		{"GET", "/crm/objects/2026-09/products", "crm.objects.products.read+e-commerce"},
		{"GET", "/crm/objects/2026-09/notes", "crm.objects.contacts.read"},
		{"GET", "/crm/objects/2026-09/tasks", "crm.objects.contacts.read"},
		{"GET", "/crm/objects/2026-09/calls", "crm.objects.contacts.read"},
		{"GET", "/crm/objects/2026-09/meetings", "crm.objects.contacts.read"},
		{"GET", "/crm/objects/2026-09/emails", "crm.objects.contacts.read+sales-email-read"},
		{"GET", "/crm/owners/2026-09", "crm.objects.owners.read"},
		{"GET", "/crm/v3/owners/", "crm.objects.owners.read"},
		{"GET", "/crm/properties/2026-09/contacts", "crm.schemas.contacts.read"},
		{"GET", "/crm/pipelines/2026-09/deals", "crm.schemas.deals.read"},
		{"GET", "/crm/associations/2026-09/contacts/companies/labels", "crm.objects.companies.read"},
		{"GET", "/crm-object-schemas/2026-09/schemas", "crm.schemas.custom.read"},
		{"POST", "/crm/lists/2026-09/search", "crm.lists.read"},
		{"GET", "/crm/imports/2026-09", "crm.import"},
		{"GET", "/marketing/v3/forms", "forms"},
		{"GET", "/marketing/emails/2026-09", "content"},
		{"GET", "/marketing/campaigns/2026-09", "marketing.campaigns.read"},
		{"GET", "/marketing/marketing-events/2026-09", "crm.objects.marketing_events.read"},
		{"GET", "/communication-preferences/2026-09/definitions", "communication_preferences.read"},
		{"GET", "/files/2026-09/files/search", "files"},
		{"GET", "/cms/pages/2026-03/site-pages", "content.site_pages.read"},
		{"GET", "/cms/blogs/2026-09/posts", "content"},
		{"GET", "/cms/hubdb/2026-03/tables", "hubdb.tables.read"},
		{"GET", "/cms/domains/2026-09", "cms.domains.read"},
		{"GET", "/settings/users/2026-03", "settings.users.read"},
		{"GET", "/settings/users/2026-03/teams", "settings.users.teams.read"},
		{"GET", "/settings/currencies/2026-09/company-currency", "settings.currencies.read"},
		{"GET", "/automation/v4/flows", "automation"},
		{"GET", "/automation/sequences/2026-09", "automation.sequences.read"},
		{"GET", "/scheduler/2026-09/meetings/meeting-links", "scheduler.meetings.meeting-link.read"},
		{"GET", "/account-info/2026-09/activity/audit-logs", "account-info.security.read"},
	}
}

func TestEverySampleCallAnswersToItsScopes(t *testing.T) {
	r := newRig(t, Config{RateLimit: -1})
	bare, err := r.s.NewStaticToken(62515, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range catalogue() {
		token, err := r.s.NewStaticToken(62515, strings.Split(c[2], "+"))
		if err != nil {
			t.Fatal(err)
		}
		body := map[string]any{}
		got := r.api(token, c[0], c[1], body)
		want(t, c[1], got.status, http.StatusOK)
		if len(got.json) == 0 {
			t.Errorf("%s answers %s", c[1], got.text)
		}
		refused := http.StatusForbidden
		if c[2] == "oauth" { // a static token needs no scope to ask who it is
			refused = http.StatusOK
		}
		want(t, c[1]+" without scopes", r.api(bare, c[0], c[1], body).status, refused)
	}
}

func TestListsArePaged(t *testing.T) {
	r := newRig(t, Config{})
	token, err := r.s.NewStaticToken(62515, []string{"forms", "crm.objects.owners.read"})
	if err != nil {
		t.Fatal(err)
	}
	got := r.api(token, "GET", "/marketing/v3/forms?limit=1", nil)
	paging, _ := got.json["paging"].(map[string]any)
	next, _ := paging["next"].(map[string]any)
	want(t, "cursor", next["after"], any("1"))
	got = r.api(token, "GET", "/marketing/v3/forms?limit=1&after=1", nil)
	want(t, "last page", got.json["paging"], any(nil))
	for _, bad := range []string{"limit=0", "limit=many", "after=-1"} {
		want(t, bad, r.api(token, "GET", "/crm/owners/2026-09?"+bad, nil).status, http.StatusBadRequest)
	}
	want(t, "one owner", r.api(token, "GET", "/crm/v3/owners/41001", nil).json["firstName"], any("Sales"))
	want(t, "no owner", r.api(token, "GET", "/crm/v3/owners/1", nil).status, http.StatusNotFound)
}
