package db

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// portalColumns are read into a portalRow by fields; the order is the same.
const portalColumns = `p.id, p.alias, p.kind, coalesce(p.app_id, 0), coalesce(a.name, ''), coalesce(a.scopes, ''), p.client_id, p.hub_id,
	p.user_id, p.account_type, p.ui_domain, p.region, p.scopes, p.token_type, p.expires_at, p.lifetime,
	p.token_version, p.token_at, p.status, p.status_reason, p.status_since, p.keep_fresh, p.protected,
	p.created_at, p.updated_at, p.lease_owner, p.lease_gen, p.lease_until, p.lease_tainted, p.attempt_id,
	p.attempt_started_at, p.next_attempt_at, p.fail_count, p.last_failure_class, p.refresh_ok,
	p.refresh_failed, p.last_refresh_at, p.last_refresh_ms, p.last_failure_at, p.last_401_at, p.calls,
	p.calls_under_120, p.last_used_at, coalesce(a.paused_until, 0), p.secret`

const fromPortals = ` FROM portals p LEFT JOIN apps a ON a.id = p.app_id `

// portalRow is a row as it is stored.
type portalRow struct {
	portal   oauth.Portal
	scopes   string
	required string
	secret   []byte

	expires, lifetime                           int64 // seconds
	tokenAt, statusSince, createdAt, updatedAt  int64
	leaseUntil, attemptStarted, nextAttempt     int64
	lastRefresh, lastFailure, last401, lastUsed int64
	appPaused                                   int64
}

func (r *portalRow) fields() []any {
	p, h, l := &r.portal, &r.portal.Health, &r.portal.Lease
	return []any{
		&p.ID, &p.Alias, &p.Kind, &p.AppID, &p.AppName, &r.required, &p.ClientID, &p.HubID,
		&p.UserID, &p.AccountType, &p.UIDomain, &p.Region, &r.scopes, &p.TokenType, &r.expires, &r.lifetime,
		&p.Version, &r.tokenAt, &p.Status, &p.StatusReason, &r.statusSince, &p.KeepFresh, &p.Protected,
		&r.createdAt, &r.updatedAt, &l.Owner, &l.Gen, &r.leaseUntil, &l.TookOver, &l.AttemptID,
		&r.attemptStarted, &r.nextAttempt, &p.FailCount, &p.LastFailure, &h.RefreshOK,
		&h.RefreshFailed, &r.lastRefresh, &h.LastRefreshMS, &r.lastFailure, &r.last401, &h.Calls,
		&h.CallsUnder120, &r.lastUsed, &r.appPaused, &r.secret,
	}
}

// finish turns what was scanned into the domain's portal, without its secrets.
func (r *portalRow) finish() *oauth.Portal {
	p := &r.portal
	p.Scopes, p.Required = strings.Fields(r.scopes), strings.Fields(r.required)
	if r.expires != 0 {
		p.ExpiresAt = time.Unix(r.expires, 0).UTC()
	}
	p.Lifetime = time.Duration(r.lifetime) * time.Second
	p.TokenAt, p.StatusSince = moment(r.tokenAt), moment(r.statusSince)
	p.CreatedAt, p.UpdatedAt = moment(r.createdAt), moment(r.updatedAt)
	p.Lease.PortalID, p.Lease.Until = p.ID, moment(r.leaseUntil)
	p.Lease.AttemptStartedAt, p.NextAttemptAt = moment(r.attemptStarted), moment(r.nextAttempt)
	p.AppPausedUntil = moment(r.appPaused)
	p.Health.LastRefreshAt, p.Health.LastFailureAt = moment(r.lastRefresh), moment(r.lastFailure)
	p.Health.Last401At, p.Health.LastUsedAt = moment(r.last401), moment(r.lastUsed)
	return p
}

// portalSecret is what a portal's blob holds.
type portalSecret struct {
	Access     string           `json:"access"`
	Refresh    string           `json:"refresh,omitempty"`
	HubDomain  string           `json:"hub_domain,omitempty"`
	User       string           `json:"user,omitempty"`
	APIURL     string           `json:"api_url,omitempty"`     // of a static token
	APIVersion oauth.APIVersion `json:"api_version,omitempty"` // of a static token
}

func portalPlace(p *oauth.Portal) place {
	return place{
		table: "portals", column: "secret", row: strconv.FormatInt(p.ID, 10),
		clientID: p.ClientID, hubID: p.HubID, userID: p.UserID, version: p.Version,
	}
}

func (s *sealer) sealPortal(p *oauth.Portal, secret portalSecret) ([]byte, error) {
	plain, err := json.Marshal(secret)
	if err != nil {
		return nil, err
	}
	return s.seal(plain, portalPlace(p)), nil
}

// openPortal opens a portal's blob and fills what the portal may show of it.
func (s *sealer) openPortal(p *oauth.Portal, blob []byte) (portalSecret, error) {
	var secret portalSecret
	plain, err := s.open(blob, portalPlace(p))
	if err == nil {
		err = decodeSecret(plain, &secret)
	}
	if err != nil {
		return portalSecret{}, err
	}
	p.HubDomain, p.User = secret.HubDomain, secret.User
	p.TokenHint = oauth.NewSecret(secret.Access).Hint()
	return secret, nil
}

// tampered says that a row does not open under the right key.
func tampered(cause error, what, hint string) error {
	return failure(cause, "The stored secrets of "+what+" do not open: the row was changed by something other than hsterm.", hint)
}
