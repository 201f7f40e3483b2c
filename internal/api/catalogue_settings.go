package api

const (
	areaSettings   = "Settings"
	areaAutomation = "Automation"
)

func settingsSamples() []Sample {
	return []Sample{
		get("list-users", areaSettings, "Users",
			"/settings/users/2026-03", all("settings.users.read"), limit("10")),
		get("list-teams", areaSettings, "Teams",
			"/settings/users/2026-03/teams", all("settings.users.teams.read")),
		get("company-currency", areaSettings, "Company currency",
			"/settings/currencies/2026-09/company-currency", all("settings.currencies.read")),
	}
}

func automationSamples() []Sample {
	return []Sample{
		get("list-workflows", areaAutomation, "Workflows",
			"/automation/v4/flows", all("automation"), limit("10")),
		get("list-sequences", areaAutomation, "Sequences",
			"/automation/sequences/2026-09", all("automation.sequences.read"), limit("10")),
		get("list-meeting-links", areaAutomation, "Meeting links",
			"/scheduler/2026-09/meetings/meeting-links", all("scheduler.meetings.meeting-link.read"), limit("10")),
	}
}
