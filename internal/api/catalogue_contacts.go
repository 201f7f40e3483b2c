package api

const (
	areaContacts  = "Contacts"
	areaCompanies = "Companies"

	contactsPath  = "/crm/objects/2026-09/contacts"
	companiesPath = "/crm/objects/2026-09/companies"

	contactsRead  = "crm.objects.contacts.read"
	contactsWrite = "crm.objects.contacts.write"
	companiesRead = "crm.objects.companies.read"
)

func contactSamples() []Sample {
	id := Param{Name: "id", Value: "1"}
	return []Sample{
		get("list-contacts", areaContacts, "List contacts",
			contactsPath, all(contactsRead), limit("10")),
		get("get-contact", areaContacts, "Contact by id",
			contactsPath+"/{id}", all(contactsRead)).with(id),
		get("contact-by-email", areaContacts, "Contact by e-mail",
			contactsPath+"/{email}", all(contactsRead), Param{"idProperty", "email"}).
			with(Param{"email", "contact@example.com"}),
		ask("search-contacts", areaContacts, "Search contacts",
			contactsPath+"/search", all(contactsRead),
			`{"query":"example.com","limit":10,"properties":["email","firstname","lastname"]}`),
		ask("batch-read-contacts", areaContacts, "Batch read contacts",
			contactsPath+"/batch/read", all(contactsRead),
			`{"properties":["email"],"inputs":[{"id":"1"},{"id":"2"}]}`),
		{
			ID: "create-contact", Area: areaContacts, Name: "Create contact",
			Method: "POST", Path: contactsPath,
			Body:   `{"properties":{"email":"contact@example.com","firstname":"Sample","lastname":"Contact"}}`,
			Scopes: all(contactsWrite), Effect: EffectWrite,
		},
		{
			ID: "update-contact", Area: areaContacts, Name: "Update contact",
			Method: "PATCH", Path: contactsPath + "/{id}", Params: []Param{id},
			Body:   `{"properties":{"jobtitle":"Sample"}}`,
			Scopes: all(contactsWrite), Effect: EffectWrite,
		},
		{
			ID: "archive-contact", Area: areaContacts, Name: "Archive contact",
			Method: "DELETE", Path: contactsPath + "/{id}", Params: []Param{id},
			Scopes: all(contactsWrite), Effect: EffectDestructive,
		},
	}
}

func companySamples() []Sample {
	return []Sample{
		get("list-companies", areaCompanies, "List companies",
			companiesPath, all(companiesRead), limit("10")),
		get("get-company", areaCompanies, "Company by id",
			companiesPath+"/{id}", all(companiesRead)).with(Param{"id", "1"}),
		ask("search-companies", areaCompanies, "Search companies",
			companiesPath+"/search", all(companiesRead),
			`{"query":"example","limit":10,"properties":["name","domain"]}`),
	}
}
