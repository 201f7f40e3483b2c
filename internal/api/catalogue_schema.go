package api

const (
	areaSchema   = "Owners and schema"
	areaSegments = "Lists and imports"
)

func schemaSamples() []Sample {
	either := anyOf(contactsRead, companiesRead)
	return []Sample{
		get("list-owners", areaSchema, "Owners",
			"/crm/owners/2026-09", all("crm.objects.owners.read"), limit("10")),
		get("list-properties", areaSchema, "Contact properties",
			"/crm/properties/2026-09/contacts", anyOf("crm.schemas.contacts.read", contactsRead)),
		ask("batch-read-associations", areaSchema, "Companies of contacts",
			"/crm/associations/2026-09/contacts/companies/batch/read", either,
			`{"inputs":[{"id":"1"},{"id":"2"}]}`),
		get("list-association-labels", areaSchema, "Association labels",
			"/crm/associations/2026-09/contacts/companies/labels", either),
		get("list-custom-schemas", areaSchema, "Custom object schemas",
			"/crm-object-schemas/2026-09/schemas", anyOf("crm.schemas.custom.read", "crm.objects.custom.read")),
	}
}

func segmentSamples() []Sample {
	return []Sample{
		ask("search-lists", areaSegments, "Search lists",
			"/crm/lists/2026-09/search", all("crm.lists.read"), `{"query":"","offset":0,"count":10}`),
		get("list-imports", areaSegments, "Imports",
			"/crm/imports/2026-09", all("crm.import"), limit("10")),
	}
}
