package cli

import (
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// portalJSON is a portal as scripts see it. Its field names are a contract.
type portalJSON struct {
	Alias        string     `json:"alias"`
	Kind         string     `json:"kind"`
	App          string     `json:"app"`
	HubID        int64      `json:"hub_id"`
	HubDomain    string     `json:"hub_domain"`
	User         string     `json:"user"`
	AccountType  string     `json:"account_type"`
	Region       string     `json:"region"`
	Scopes       []string   `json:"scopes"`
	Missing      []string   `json:"missing_scopes"` // the app requires them now, the grant lacks them
	TokenType    string     `json:"token_type"`
	Status       string     `json:"status"`
	StatusReason string     `json:"status_reason"`
	KeepFresh    bool       `json:"keep_fresh"`
	Protected    bool       `json:"protected"`
	ExpiresAt    stamp      `json:"expires_at"`
	TTLSeconds   *int64     `json:"ttl_seconds"` // null for a token that never expires
	Version      int64      `json:"version"`
	UpdatedAt    stamp      `json:"updated_at"`
	LastRefresh  stamp      `json:"last_refresh_at"`
	Last401      stamp      `json:"last_401_at"`
	Health       healthJSON `json:"health"`
}

type healthJSON struct {
	RefreshOK     int64 `json:"refresh_ok"`
	RefreshFailed int64 `json:"refresh_failed"`
	Calls         int64 `json:"calls"`
	CallsUnder120 int64 `json:"calls_under_120s"`
}

func portalView(portal oauth.Portal, now time.Time) portalJSON {
	v := portalJSON{
		Alias:        portal.Alias,
		Kind:         string(portal.Kind),
		App:          portal.AppName,
		HubID:        portal.HubID,
		HubDomain:    portal.HubDomain,
		User:         portal.User,
		AccountType:  portal.AccountType,
		Region:       portal.Region,
		Scopes:       portal.Scopes,
		Missing:      orEmpty(portal.LacksScopes()),
		TokenType:    portal.TokenType,
		Status:       string(portal.Status),
		StatusReason: portal.StatusReason,
		KeepFresh:    portal.KeepFresh,
		Protected:    portal.Protected,
		Version:      portal.Version,
		UpdatedAt:    stamp(portal.UpdatedAt),
		LastRefresh:  stamp(portal.Health.LastRefreshAt),
		Last401:      stamp(portal.Health.Last401At),
		Health: healthJSON{
			RefreshOK:     portal.Health.RefreshOK,
			RefreshFailed: portal.Health.RefreshFailed,
			Calls:         portal.Health.Calls,
			CallsUnder120: portal.Health.CallsUnder120,
		},
	}
	if v.Scopes == nil {
		v.Scopes = []string{}
	}
	if portal.Expires() {
		ttl := wholeSeconds(portal.TTL(now))
		v.ExpiresAt, v.TTLSeconds = stamp(portal.ExpiresAt), &ttl
	}
	return v
}

// wholeSeconds rounds down, so that what is shown is never longer than what is
// left.
func wholeSeconds(d time.Duration) int64 {
	s := int64(d / time.Second)
	if d < 0 && d%time.Second != 0 {
		s--
	}
	return s
}
