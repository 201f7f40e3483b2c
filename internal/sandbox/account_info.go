package sandbox

import (
	"net/http"
	"time"
)

// accountDetails is the best health check there is: it says whose token this is.
func (s *Server) accountDetails(q *call, who caller) answer {
	a := who.account
	zone, offset := "+00:00", 0
	if loc, err := time.LoadLocation(a.timeZone); err == nil {
		at := s.shown().In(loc)
		zone = at.Format("-07:00")
		_, offset = at.Zone()
	}
	return q.json(http.StatusOK, map[string]any{
		"portalId": a.hubID, "accountType": a.kind, "timeZone": a.timeZone, "companyCurrency": a.currency,
		"additionalCurrencies": []string{}, "utcOffset": zone, "utcOffsetMilliseconds": offset * 1000,
		"uiDomain": a.uiDomain(), "dataHostingLocation": a.region,
	})
}

// dailyUsage counts the calls of the account's static tokens since the sandbox started.
func (s *Server) dailyUsage(q *call, who caller) answer {
	now := s.shown().UTC()
	reset := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	return q.json(http.StatusOK, map[string]any{"results": []map[string]any{{
		"name": "private-apps-api-calls-daily", "usageLimit": staticDaily,
		"currentUsage": s.limits.usedToday(who.account.hubID), "fetchStatus": "SUCCESS",
		"collectedAt": now.Format(time.RFC3339), "resetsAt": reset.Format(time.RFC3339),
	}}})
}
