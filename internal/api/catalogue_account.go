package api

const areaAccount = "Account"

func accountSamples() []Sample {
	return []Sample{
		get("account-details", areaAccount, "Account details",
			"/account-info/2026-09/details", all("oauth")),
		get("daily-usage", areaAccount, "Daily usage of private apps",
			"/account-info/2026-09/api-usage/daily/private-apps", all("oauth")),
		get("audit-log", areaAccount, "Audit log",
			"/account-info/2026-09/activity/audit-logs", all("account-info.security.read"), limit("10")),
		{
			ID: "uninstall-app", Area: areaAccount, Name: "Uninstall the app",
			Method: "DELETE", Path: "/appinstalls/2026-09/external-install",
			Scopes: all("oauth"), Effect: EffectDestructive,
		},
	}
}
