package sandbox

import (
	"slices"
	"strings"
)

// The subscription levels that decide which scopes an account can grant.
const (
	tierFree = iota
	tierStarter
	tierProfessional
	tierEnterprise
)

// scope is one permission HubSpot knows, with the words its consent page uses.
type scope struct {
	name string
	what string
	tier int
}

// knownScopes lists every scope a consent page accepts; anything else stops it.
// "contacts" and "offline" are missing on purpose: the first is retired, the second never was.
func knownScopes() []scope {
	return []scope{
		{"oauth", "Sign in and read basic account details", tierFree},
		{"crm.objects.contacts.read", "View contacts", tierFree},
		{"crm.objects.contacts.write", "Create, change and delete contacts", tierFree},
		{"crm.objects.companies.read", "View companies", tierFree},
		{"crm.objects.companies.write", "Create, change and delete companies", tierFree},
		{"crm.objects.deals.read", "View deals", tierFree},
		{"crm.objects.deals.write", "Create, change and delete deals", tierFree},
		{"crm.objects.owners.read", "View owners", tierFree},
		{"tickets", "View and change tickets", tierFree},
		{"crm.objects.products.read", "View products", tierFree},
		{"crm.objects.products.write", "Create, change and delete products", tierFree},
		{"e-commerce", "Work with the product library", tierFree},
		{"sales-email-read", "Read the content of one-to-one e-mails", tierFree},
		{"crm.schemas.contacts.read", "View the properties of contacts", tierFree},
		{"crm.schemas.companies.read", "View the properties of companies", tierFree},
		{"crm.schemas.deals.read", "View the properties and pipelines of deals", tierFree},
		{"crm.schemas.custom.read", "View custom object schemas", tierEnterprise},
		{"crm.objects.custom.read", "View custom objects", tierEnterprise},
		{"crm.lists.read", "View lists", tierFree},
		{"crm.import", "Import records", tierFree},
		{"forms", "View and change forms", tierFree},
		{"content", "View and change sites, pages and marketing e-mails", tierFree},
		{"content.site_pages.read", "View site pages", tierFree},
		{"marketing.campaigns.read", "View campaigns", tierProfessional},
		{"crm.objects.marketing_events.read", "View marketing events", tierFree},
		{"communication_preferences.read", "View subscription preferences", tierFree},
		{"communication_preferences.read_write", "View and change subscription preferences", tierFree},
		{"files", "View and change files", tierFree},
		{"files.ui_hidden.read", "View files, hidden ones too", tierFree},
		{"hubdb", "View and change HubDB tables", tierProfessional},
		{"hubdb.tables.read", "View HubDB tables", tierProfessional},
		{"cms.domains.read", "View connected domains", tierFree},
		{"settings.users.read", "View users", tierFree},
		{"settings.users.teams.read", "View teams", tierProfessional},
		{"settings.currencies.read", "View currencies", tierFree},
		{"automation", "View and change workflows", tierProfessional},
		{"automation.sequences.read", "View sequences", tierProfessional},
		{"scheduler.meetings.meeting-link.read", "View meeting links", tierFree},
		{"account-info.security.read", "View the audit log", tierEnterprise},
		{"crm.objects.line_items.read", "View line items", tierFree},
		{"crm.objects.line_items.write", "Create, change and delete line items", tierFree},
		{"crm.objects.quotes.read", "View quotes", tierFree},
		{"crm.objects.leads.read", "View leads", tierProfessional},
		{"crm.objects.custom.write", "Create, change and delete custom objects", tierEnterprise},
		{"crm.schemas.contacts.write", "Change the properties of contacts", tierFree},
		{"crm.schemas.companies.write", "Change the properties of companies", tierFree},
		{"crm.schemas.deals.write", "Change the properties and pipelines of deals", tierFree},
		{"crm.lists.write", "Create, change and delete lists", tierFree},
		{"crm.export", "Export records", tierFree},
		{"forms-uploaded-files", "Download files sent with forms", tierFree},
		{"timeline", "Create timeline events", tierFree},
		{"transactional-email", "Send transactional e-mails", tierProfessional},
		{"business-intelligence", "Read analytics", tierFree},
		{"conversations.read", "View conversations", tierFree},
		{"conversations.write", "Send messages in conversations", tierFree},
		{"settings.users.write", "Create and change users", tierFree},
		{"marketing-email", "View and change marketing e-mails", tierProfessional},
		{"social", "View and change social posts", tierProfessional},
	}
}

func defaultRequired() []string {
	return []string{
		"oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.companies.read",
		"crm.objects.deals.read", "crm.objects.deals.write", "crm.objects.owners.read", "tickets",
	}
}

func scopesExcept(taken []string) []string {
	var rest []string
	for _, s := range knownScopes() {
		if !slices.Contains(taken, s.name) {
			rest = append(rest, s.name)
		}
	}
	return rest
}

func findScope(name string) (scope, bool) {
	for _, s := range knownScopes() {
		if s.name == name {
			return s, true
		}
	}
	return scope{}, false
}

func unknownScopes(names []string) []string {
	var unknown []string
	for _, n := range names {
		if _, ok := findScope(n); !ok {
			unknown = append(unknown, n)
		}
	}
	return unknown
}

// missingFrom returns the names of want that are not in have.
func missingFrom(have, want []string) []string {
	var missing []string
	for _, n := range want {
		if !slices.Contains(have, n) {
			missing = append(missing, n)
		}
	}
	return missing
}

// union keeps the order of first appearance.
func union(lists ...[]string) []string {
	out := []string{}
	for _, list := range lists {
		for _, n := range list {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// scopeRule is what a route asks of a token: one of the names, or every one.
type scopeRule struct {
	names []string
	every bool
}

func anyOf(names ...string) scopeRule { return scopeRule{names: names} }

func allOf(names ...string) scopeRule { return scopeRule{names: names, every: true} }

func (r scopeRule) metBy(granted []string) bool {
	if len(r.names) == 0 {
		return true
	}
	if r.every {
		return len(missingFrom(granted, r.names)) == 0
	}
	return len(missingFrom(granted, r.names)) < len(r.names)
}

// sentence is the wording a client tells "any" and "every" apart by.
func (r scopeRule) sentence() string {
	if r.every {
		return "All of the following scopes are required."
	}
	return "One or more of the following scopes are required."
}

func splitScopes(raw string) []string { return strings.Fields(raw) }
