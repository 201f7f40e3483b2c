package sandbox

import (
	"net/http"
	"strings"
)

// listing is a read-only route outside the CRM records: a few invented rows under a scope rule.
type listing struct {
	method string
	path   string // {v} stands for each dated version
	legacy string // the older path, empty for none
	rule   scopeRule
	body   func(a *account) map[string]any
}

func (s *Server) libraryRoutes(mux *http.ServeMux) {
	for _, l := range append(append(schemaListings(), marketingListings()...), append(siteListings(), settingsListings()...)...) {
		h := s.guard(l.rule, func(q *call, who caller) answer {
			body := l.body(who.account)
			if rows, ok := body["results"].([]map[string]any); ok && len(body) == 1 {
				return pageOf(q, rows)
			}
			return q.json(http.StatusOK, body)
		})
		paths := []string{l.path}
		if strings.Contains(l.path, "{v}") {
			paths = nil
			for _, v := range dated() {
				paths = append(paths, strings.ReplaceAll(l.path, "{v}", v))
			}
		}
		if l.legacy != "" {
			paths = append(paths, l.legacy)
		}
		for _, p := range paths {
			mux.Handle(l.method+" "+p, h)
		}
	}
}

// rows is the body of most lists.
func rows(list ...map[string]any) func(*account) map[string]any {
	return func(*account) map[string]any { return map[string]any{"results": append([]map[string]any{}, list...)} }
}

// counted is the body of the lists that say how many there are.
func counted(list ...map[string]any) func(*account) map[string]any {
	return func(*account) map[string]any {
		return map[string]any{"total": len(list), "results": append([]map[string]any{}, list...)}
	}
}

type row = map[string]any

func schemaListings() []listing {
	return []listing{
		{"GET", "/crm-object-schemas/{v}/schemas", "/crm/v3/schemas", anyOf("crm.schemas.custom.read", "crm.objects.custom.read"), rows(
			row{"id": "2-3465404", "name": "shipments", "objectTypeId": "2-3465404", "labels": row{"singular": "Shipment", "plural": "Shipments"}, "primaryDisplayProperty": "tracking_code", "archived": false},
		)},
		{"POST", "/crm/lists/{v}/search", "/crm/v3/lists/search", anyOf("crm.lists.read"), func(*account) map[string]any {
			return row{"offset": 2, "hasMore": false, "total": 2, "lists": []row{
				{"listId": "11", "name": "Newsletter readers", "objectTypeId": "0-1", "processingType": "DYNAMIC", "processingStatus": "COMPLETE", "listVersion": 4},
				{"listId": "12", "name": "Trade fair visitors", "objectTypeId": "0-1", "processingType": "MANUAL", "processingStatus": "COMPLETE", "listVersion": 1},
			}}
		}},
		{"GET", "/crm/imports/{v}", "/crm/v3/imports", anyOf("crm.import"), rows(
			row{"id": "7001", "importName": "contacts.csv", "state": "DONE", "optOutImport": false, "createdAt": "2026-02-11T08:30:00.000Z", "metadata": row{"counters": row{"TOTAL_ROWS": 48, "CREATED_OBJECTS": 48}}},
		)},
	}
}

func marketingListings() []listing {
	return []listing{
		{"GET", "/marketing/v3/forms", "/marketing/forms/2026-09", anyOf("forms"), rows(
			row{"id": "1f2e3d4c-0000-4000-8000-000000000001", "name": "Contact us", "formType": "hubspot", "archived": false, "createdAt": "2025-05-05T10:00:00Z", "updatedAt": "2026-03-01T10:00:00Z"},
			row{"id": "1f2e3d4c-0000-4000-8000-000000000002", "name": "Ask for a catalogue", "formType": "hubspot", "archived": false, "createdAt": "2025-06-05T10:00:00Z", "updatedAt": "2026-04-01T10:00:00Z"},
		)},
		{"GET", "/marketing/emails/{v}", "/marketing/v3/emails", anyOf("content"), counted(
			row{"id": "8101", "name": "Spring newsletter", "subject": "What is new this spring", "state": "PUBLISHED", "type": "BATCH_EMAIL"},
			row{"id": "8102", "name": "Welcome", "subject": "Welcome aboard", "state": "AUTOMATED", "type": "AUTOMATED_EMAIL"},
		)},
		{"GET", "/marketing/campaigns/{v}", "/marketing/v3/campaigns", anyOf("marketing.campaigns.read"), counted(
			row{"id": "c0000000-0000-4000-8000-000000000001", "properties": row{"hs_name": "Autumn fair"}, "createdAt": "2026-06-01T09:00:00Z", "updatedAt": "2026-08-01T09:00:00Z"},
		)},
		{"GET", "/marketing/marketing-events/{v}", "/marketing/v3/marketing-events", anyOf("crm.objects.marketing_events.read"), rows(
			row{"objectId": "9001", "eventName": "Open day", "eventType": "CONFERENCE", "eventOrganizer": "Marketing", "startDateTime": "2026-09-20T08:00:00Z", "eventCancelled": false},
		)},
		{"GET", "/communication-preferences/{v}/definitions", "/communication-preferences/v3/definitions", anyOf("communication_preferences.read", "communication_preferences.read_write"), func(*account) map[string]any {
			return row{"subscriptionDefinitions": []row{
				{"id": "5001", "name": "Newsletter", "description": "News once a month", "isActive": true, "isDefault": false, "purpose": "Marketing", "communicationMethod": "Email"},
				{"id": "5002", "name": "One to one", "description": "Messages from a person", "isActive": true, "isDefault": true, "purpose": "Sales", "communicationMethod": "Email"},
			}}
		}},
		{"GET", "/automation/v4/flows", "", anyOf("automation"), rows(
			row{"id": "6001", "name": "Welcome new contacts", "isEnabled": true, "objectTypeId": "0-1", "flowType": "WORKFLOW", "revisionId": "3", "createdAt": "2025-09-01T09:00:00Z", "updatedAt": "2026-05-01T09:00:00Z"},
			row{"id": "6002", "name": "Remind about renewals", "isEnabled": false, "objectTypeId": "0-3", "flowType": "WORKFLOW", "revisionId": "1", "createdAt": "2025-10-01T09:00:00Z", "updatedAt": "2025-10-01T09:00:00Z"},
		)},
		{"GET", "/automation/sequences/{v}", "/automation/v4/sequences", anyOf("automation.sequences.read"), counted(
			row{"id": "6101", "name": "After the fair", "createdAt": "2026-01-15T09:00:00Z", "updatedAt": "2026-01-15T09:00:00Z", "userId": "22000"},
		)},
		{"GET", "/scheduler/{v}/meetings/meeting-links", "/scheduler/v3/meetings/meeting-links", anyOf("scheduler.meetings.meeting-link.read"), counted(
			row{"id": "6201", "slug": "sales-desk", "name": "Talk to sales", "type": "PERSONAL_LINK", "link": "https://meetings.hubspot.com/sales-desk", "defaultLink": true},
		)},
	}
}
