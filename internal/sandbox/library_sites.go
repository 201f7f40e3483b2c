package sandbox

func siteListings() []listing {
	return []listing{
		{"GET", "/files/{v}/files/search", "/files/v3/files/search", anyOf("files", "files.ui_hidden.read"), rows(
			row{"id": "4001", "name": "logo", "extension": "svg", "type": "IMG", "size": 2048, "path": "/brand/logo.svg", "access": "PUBLIC_INDEXABLE", "archived": false},
			row{"id": "4002", "name": "catalogue-2026", "extension": "pdf", "type": "DOCUMENT", "size": 884736, "path": "/sales/catalogue-2026.pdf", "access": "PRIVATE", "archived": false},
		)},
		{"GET", "/cms/pages/{v}/site-pages", "/cms/v3/pages/site-pages", anyOf("content", "content.site_pages.read"), counted(
			row{"id": "3001", "name": "Home", "slug": "", "state": "PUBLISHED", "language": "en", "domain": ""},
			row{"id": "3002", "name": "About", "slug": "about", "state": "DRAFT", "language": "en", "domain": ""},
		)},
		{"GET", "/cms/blogs/{v}/posts", "/cms/v3/blogs/posts", anyOf("content"), counted(
			row{"id": "3101", "name": "How we pack", "slug": "blog/how-we-pack", "state": "PUBLISHED", "authorName": "Press Office", "publishDate": "2026-05-20T08:00:00Z"},
		)},
		{"GET", "/cms/hubdb/{v}/tables", "/cms/v3/hubdb/tables", anyOf("hubdb", "hubdb.tables.read"), counted(
			row{"id": "3201", "name": "stores", "label": "Stores", "rowCount": 17, "published": true, "archived": false},
		)},
		{"GET", "/cms/domains/{v}", "/cms/v3/domains", anyOf("cms.domains.read", "content"), func(a *account) map[string]any {
			return row{"total": 1, "results": []row{{"id": "3301", "domain": "www." + a.domain, "isResolving": true, "primarySitePage": true, "isSslEnabled": true}}}
		}},
	}
}

func settingsListings() []listing {
	return []listing{
		{"GET", "/settings/users/{v}", "/settings/v3/users", anyOf("settings.users.read"), func(a *account) map[string]any {
			return row{"results": []row{
				{"id": "22000", "email": a.user, "superAdmin": true, "roleIds": []string{}},
				{"id": "22990", "email": "reports@" + a.domain, "superAdmin": false, "roleIds": []string{"77"}},
			}}
		}},
		{"GET", "/settings/users/{v}/teams", "/settings/v3/users/teams", anyOf("settings.users.teams.read"), rows(
			row{"id": "501", "name": "Sales", "userIds": []string{"22000"}, "secondaryUserIds": []string{}},
			row{"id": "502", "name": "Support", "userIds": []string{"22990"}, "secondaryUserIds": []string{}},
		)},
		{"GET", "/settings/currencies/{v}/company-currency", "/settings/v3/currencies/company-currency", anyOf("settings.currencies.read"), func(a *account) map[string]any {
			return row{"currencyCode": a.currency, "currencyName": a.currency, "id": "1", "createdAt": "2025-01-10T09:00:00Z", "updatedAt": "2025-01-10T09:00:00Z"}
		}},
		{"GET", "/account-info/{v}/activity/audit-logs", "/account-info/v3/activity/audit-logs", anyOf("account-info.security.read"), func(a *account) map[string]any {
			return row{"results": []row{
				{"id": "a1", "category": "LOGIN", "subCategory": "LOGIN_SUCCEEDED", "action": "PERFORM", "actingUser": row{"userId": a.userID, "userEmail": a.user}, "occurredAt": "2026-08-30T07:12:00Z"},
				{"id": "a2", "category": "APP", "subCategory": "APP_INSTALL", "action": "CREATE", "actingUser": row{"userId": a.userID, "userEmail": a.user}, "occurredAt": "2026-08-30T07:15:00Z"},
			}}
		}},
	}
}
