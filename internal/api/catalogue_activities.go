package api

const areaActivities = "Activities"

func activitySamples() []Sample {
	list := func(id, name, kind string, scopes ScopeRule) Sample {
		return get(id, areaActivities, name, "/crm/objects/2026-09/"+kind, scopes, limit("10"))
	}
	return []Sample{
		list("list-notes", "List notes", "notes", all(contactsRead)),
		list("list-tasks", "List tasks", "tasks", all(contactsRead)),
		list("list-calls", "List calls", "calls", all(contactsRead)),
		list("list-meetings", "List meetings", "meetings", all(contactsRead)),
		list("list-emails", "List e-mails", "emails", all(contactsRead, "sales-email-read")),
	}
}
