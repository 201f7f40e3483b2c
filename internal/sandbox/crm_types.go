package sandbox

// objectType is one kind of CRM record.
type objectType struct {
	name     string // as in paths: contacts
	singular string // as in messages: Contact
	typeID   string // HubSpot's own number for it
	unique   string // property that no two records may share, and that idProperty may name
	modified string // name of the property that holds the time of the last change
	read     scopeRule
	write    scopeRule
	fields   []field
	count    int // invented records in an account
}

// field is a property of an object type.
type field struct {
	name    string
	label   string
	kind    string // string, number, datetime, enumeration
	shown   bool   // part of an answer that names no properties
	options []string
}

func (t objectType) field(name string) (field, bool) {
	for _, f := range t.fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// objectTypes lists what /crm/objects serves.
func objectTypes() []objectType {
	return append([]objectType{contactType(), companyType(), dealType(), ticketType(), productType(), emailType()}, activityTypes()...)
}

// stamped adds the properties that every record has.
func stamped(modified string, fields ...field) []field {
	return append(fields,
		field{name: "createdate", label: "Create date", kind: "datetime", shown: true},
		field{name: modified, label: "Last modified date", kind: "datetime", shown: true},
		field{name: "hs_object_id", label: "Record id", kind: "number", shown: true},
	)
}

func contactType() objectType {
	return objectType{
		name: "contacts", singular: "Contact", typeID: "0-1", unique: "email", modified: "lastmodifieddate", count: 48,
		read: anyOf("crm.objects.contacts.read"), write: anyOf("crm.objects.contacts.write"),
		fields: stamped("lastmodifieddate",
			field{name: "email", label: "Email", kind: "string", shown: true},
			field{name: "firstname", label: "First name", kind: "string", shown: true},
			field{name: "lastname", label: "Last name", kind: "string", shown: true},
			field{name: "phone", label: "Phone number", kind: "string"},
			field{name: "company", label: "Company name", kind: "string"},
			field{name: "website", label: "Website URL", kind: "string"},
			field{name: "jobtitle", label: "Job title", kind: "string"},
			field{name: "city", label: "City", kind: "string"},
			field{name: "lifecyclestage", label: "Lifecycle stage", kind: "enumeration", options: []string{"subscriber", "lead", "opportunity", "customer"}},
			field{name: "hubspot_owner_id", label: "Contact owner", kind: "number"},
			field{name: "associatedcompanyid", label: "Primary company id", kind: "number"},
			field{name: "num_notes", label: "Number of notes", kind: "number"},
		),
	}
}

func companyType() objectType {
	return objectType{
		name: "companies", singular: "Company", typeID: "0-2", unique: "domain", modified: "hs_lastmodifieddate", count: 24,
		read: anyOf("crm.objects.companies.read"), write: anyOf("crm.objects.companies.write"),
		fields: stamped("hs_lastmodifieddate",
			field{name: "name", label: "Company name", kind: "string", shown: true},
			field{name: "domain", label: "Company domain name", kind: "string", shown: true},
			field{name: "phone", label: "Phone number", kind: "string"},
			field{name: "city", label: "City", kind: "string"},
			field{name: "industry", label: "Industry", kind: "enumeration", options: []string{"LOGISTICS", "SOFTWARE", "FOOD", "ENERGY", "RETAIL"}},
			field{name: "numberofemployees", label: "Number of employees", kind: "number"},
			field{name: "annualrevenue", label: "Annual revenue", kind: "number"},
			field{name: "hubspot_owner_id", label: "Company owner", kind: "number"},
		),
	}
}

func dealType() objectType {
	return objectType{
		name: "deals", singular: "Deal", typeID: "0-3", modified: "hs_lastmodifieddate", count: 30,
		read: anyOf("crm.objects.deals.read"), write: anyOf("crm.objects.deals.write"),
		fields: stamped("hs_lastmodifieddate",
			field{name: "dealname", label: "Deal name", kind: "string", shown: true},
			field{name: "amount", label: "Amount", kind: "number", shown: true},
			field{name: "dealstage", label: "Deal stage", kind: "enumeration", shown: true, options: dealStages()},
			field{name: "pipeline", label: "Pipeline", kind: "enumeration", shown: true, options: []string{"default"}},
			field{name: "closedate", label: "Close date", kind: "datetime", shown: true},
			field{name: "dealtype", label: "Deal type", kind: "enumeration", options: []string{"newbusiness", "existingbusiness"}},
			field{name: "hubspot_owner_id", label: "Deal owner", kind: "number"},
		),
	}
}

func ticketType() objectType {
	return objectType{
		name: "tickets", singular: "Ticket", typeID: "0-5", modified: "hs_lastmodifieddate", count: 20,
		read: anyOf("tickets"), write: anyOf("tickets"),
		fields: stamped("hs_lastmodifieddate",
			field{name: "subject", label: "Ticket name", kind: "string", shown: true},
			field{name: "content", label: "Ticket description", kind: "string", shown: true},
			field{name: "hs_pipeline", label: "Pipeline", kind: "enumeration", shown: true, options: []string{"0"}},
			field{name: "hs_pipeline_stage", label: "Ticket status", kind: "enumeration", shown: true, options: []string{"1", "2", "3", "4"}},
			field{name: "hs_ticket_priority", label: "Priority", kind: "enumeration", shown: true, options: []string{"LOW", "MEDIUM", "HIGH"}},
			field{name: "hubspot_owner_id", label: "Ticket owner", kind: "number"},
		),
	}
}

func productType() objectType {
	return objectType{
		name: "products", singular: "Product", typeID: "0-7", unique: "hs_sku", modified: "hs_lastmodifieddate", count: 12,
		read: allOf("crm.objects.products.read", "e-commerce"), write: allOf("crm.objects.products.write", "e-commerce"),
		fields: stamped("hs_lastmodifieddate",
			field{name: "name", label: "Name", kind: "string", shown: true},
			field{name: "price", label: "Unit price", kind: "number", shown: true},
			field{name: "description", label: "Product description", kind: "string", shown: true},
			field{name: "hs_sku", label: "SKU", kind: "string"},
		),
	}
}

func emailType() objectType {
	return objectType{
		name: "emails", singular: "Email", typeID: "0-49", modified: "hs_lastmodifieddate", count: 8,
		read:  allOf("crm.objects.contacts.read", "sales-email-read"),
		write: allOf("crm.objects.contacts.write", "sales-email-read"),
		fields: stamped("hs_lastmodifieddate",
			field{name: "hs_email_subject", label: "Email subject", kind: "string"},
			field{name: "hs_email_text", label: "Email body", kind: "string"},
			field{name: "hs_email_direction", label: "Email direction", kind: "enumeration", options: []string{"EMAIL", "INCOMING_EMAIL"}},
			field{name: "hs_timestamp", label: "Activity date", kind: "datetime"},
		),
	}
}

// activityTypes are notes, tasks, calls and meetings: they belong to contacts and go by their scopes.
func activityTypes() []objectType {
	activity := func(name, singular, typeID, title, body string) objectType {
		return objectType{
			name: name, singular: singular, typeID: typeID, modified: "hs_lastmodifieddate", count: 9,
			read: anyOf("crm.objects.contacts.read"), write: anyOf("crm.objects.contacts.write"),
			fields: stamped("hs_lastmodifieddate",
				field{name: title, label: singular + " title", kind: "string"},
				field{name: body, label: singular + " body", kind: "string"},
				field{name: "hs_timestamp", label: "Activity date", kind: "datetime"},
				field{name: "hubspot_owner_id", label: "Activity assigned to", kind: "number"},
			),
		}
	}
	return []objectType{
		activity("notes", "Note", "0-46", "hs_note_title", "hs_note_body"),
		activity("tasks", "Task", "0-27", "hs_task_subject", "hs_task_body"),
		activity("calls", "Call", "0-48", "hs_call_title", "hs_call_body"),
		activity("meetings", "Meeting", "0-47", "hs_meeting_title", "hs_meeting_body"),
	}
}

func dealStages() []string {
	return []string{"appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "contractsent", "closedwon", "closedlost"}
}
