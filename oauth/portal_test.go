package oauth

import (
	"slices"
	"testing"
	"time"
)

func TestTTLState(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	buffer := 2 * time.Minute
	for _, c := range []struct {
		name string
		kind Kind
		ttl  time.Duration
		want TTLState
	}{
		{"outside the buffer", KindOAuth, buffer + time.Second, TTLFresh},
		{"at the buffer", KindOAuth, buffer, TTLDue},
		{"last second", KindOAuth, time.Second, TTLDue},
		{"at expiry", KindOAuth, 0, TTLExpired},
		{"past expiry", KindOAuth, -time.Hour, TTLExpired},
		{"static", KindPrivateApp, time.Hour, TTLStatic},
	} {
		p := Portal{Kind: c.kind, ExpiresAt: now.Add(c.ttl)}
		if got := p.TTLState(now, buffer); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := (Portal{Kind: KindOAuth}).TTLState(now, buffer); got != TTLStatic {
		t.Errorf("no expiry on record: %s, want %s", got, TTLStatic)
	}
}

func TestBuffer(t *testing.T) {
	for _, c := range []struct {
		policy   Policy
		lifetime time.Duration
		want     time.Duration
	}{
		{PolicyInteractive, 30 * time.Minute, 2 * time.Minute},
		{PolicyWorker, 30 * time.Minute, 5 * time.Minute},
		{PolicyFleet, 30 * time.Minute, 3 * time.Minute},
		{PolicyFleet, 6 * time.Hour, 5 * time.Minute},
		{PolicyInteractive, time.Minute, 30 * time.Second},
		{PolicyWorker, 8 * time.Minute, 4 * time.Minute},
		{PolicyInteractive, 0, 2 * time.Minute}, // lifetime not known
	} {
		if got := c.policy.Buffer(c.lifetime); got != c.want {
			t.Errorf("policy %d, lifetime %s: %s, want %s", c.policy, c.lifetime, got, c.want)
		}
	}
}

func TestMissingScopes(t *testing.T) {
	p := Portal{Scopes: []string{"oauth", "tickets"}}
	if got, want := p.MissingScopes([]string{"crm.lists.read", "oauth", "forms"}), []string{"crm.lists.read", "forms"}; !slices.Equal(got, want) {
		t.Errorf("missing %v, want %v", got, want)
	}
}

func TestLeaseHeld(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	if (Lease{Owner: "a", Until: now}).Held(now) || (Lease{Until: now.Add(1)}).Held(now) || !(Lease{Owner: "a", Until: now.Add(1)}).Held(now) {
		t.Error("a lease is held while it has an owner and has not lapsed")
	}
}
