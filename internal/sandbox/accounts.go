package sandbox

import "fmt"

// account is one invented HubSpot account.
type account struct {
	hubID    int64
	name     string
	domain   string
	user     string
	userID   int64
	region   string // na1, eu1, ap1
	kind     string // STANDARD, SANDBOX, DEVELOPER_TEST
	tier     int
	currency string
	timeZone string
	deleted  bool
	records  *crmStore
}

// user is somebody who may sign in to an account.
type user struct {
	id    int64
	email string
}

// person is the user with that id; 0 is the account's first one.
func (a *account) person(id int64) user {
	if id == 0 || id == a.userID {
		return user{a.userID, a.user}
	}
	return user{id, fmt.Sprintf("user%d@%s", id, a.domain)}
}

// uiDomain is where a browser finds the account; HubSpot moves other regions to their own host.
func (a *account) uiDomain() string {
	if a.region == "na1" {
		return "app.hubspot.com"
	}
	return "app-" + a.region + ".hubspot.com"
}

// cannotGrant returns those of the scopes that the account's subscription does not include.
func (a *account) cannotGrant(names []string) []string {
	var out []string
	for _, n := range names {
		if s, ok := findScope(n); ok && s.tier > a.tier {
			out = append(out, n)
		}
	}
	return out
}

func inventedAccounts() []account {
	return []account{
		{hubID: 62515, name: "Acme", domain: "acme.com", region: "na1", kind: "STANDARD", tier: tierEnterprise, currency: "USD", timeZone: "US/Eastern"},
		{hubID: 771204, name: "Globex", domain: "globex.com", region: "eu1", kind: "STANDARD", tier: tierProfessional, currency: "EUR", timeZone: "Europe/Berlin"},
		{hubID: 903344, name: "Northwind Traders", domain: "northwind.com", region: "na1", kind: "STANDARD", tier: tierProfessional, currency: "USD", timeZone: "US/Pacific"},
		{hubID: 148231, name: "Acme sandbox", domain: "acme-sandbox.com", region: "na1", kind: "SANDBOX", tier: tierEnterprise, currency: "USD", timeZone: "US/Eastern"},
		{hubID: 118820, name: "Umbrella", domain: "umbrella.com", region: "eu1", kind: "STANDARD", tier: tierFree, currency: "GBP", timeZone: "Europe/London"},
		{hubID: 550012, name: "Initech test", domain: "initech.com", region: "na1", kind: "DEVELOPER_TEST", tier: tierEnterprise, currency: "USD", timeZone: "US/Central"},
		{hubID: 220145, name: "Hooli", domain: "hooli.com", region: "ap1", kind: "STANDARD", tier: tierEnterprise, currency: "AUD", timeZone: "Australia/Sydney"},
		{hubID: 334710, name: "Vehement Capital", domain: "vehement.com", region: "na1", kind: "STANDARD", tier: tierStarter, currency: "USD", timeZone: "US/Eastern"},
		{hubID: 481266, name: "Soylent", domain: "soylent.com", region: "eu1", kind: "STANDARD", tier: tierProfessional, currency: "EUR", timeZone: "Europe/Paris"},
		{hubID: 605938, name: "Contoso", domain: "contoso.com", region: "na2", kind: "STANDARD", tier: tierEnterprise, currency: "USD", timeZone: "US/Pacific"},
	}
}

// makeAccounts returns n accounts: the invented companies first, then numbered branches of them.
func makeAccounts(n int) []*account {
	companies := inventedAccounts()
	out := make([]*account, 0, n)
	for i := range n {
		a := companies[i%len(companies)]
		if round := i / len(companies); round > 0 {
			a.hubID += int64(round) * 1000000
			a.name = fmt.Sprintf("%s branch %d", a.name, round)
			a.domain = fmt.Sprintf("branch%d.%s", round, a.domain)
		}
		a.user = "admin@" + a.domain
		a.userID = 22000 + int64(i)
		out = append(out, &a)
	}
	return out
}
