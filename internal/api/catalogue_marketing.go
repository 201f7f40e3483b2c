package api

const areaMarketing = "Marketing"

func marketingSamples() []Sample {
	return []Sample{
		get("list-forms", areaMarketing, "Forms",
			"/marketing/v3/forms", all("forms"), limit("10")),
		get("list-marketing-emails", areaMarketing, "Marketing e-mails",
			"/marketing/emails/2026-09", all("content"), limit("10")),
		get("list-campaigns", areaMarketing, "Campaigns",
			"/marketing/campaigns/2026-09", all("marketing.campaigns.read"), limit("10")),
		get("list-marketing-events", areaMarketing, "Marketing events",
			"/marketing/marketing-events/2026-09", all("crm.objects.marketing_events.read"), limit("10")),
		get("list-subscription-types", areaMarketing, "Subscription types",
			"/communication-preferences/2026-09/definitions",
			anyOf("communication_preferences.read", "communication_preferences.read_write")),
	}
}
