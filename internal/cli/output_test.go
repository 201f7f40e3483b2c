package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestJSONHidesNothingAndActsOnNothing(t *testing.T) {
	const hostile = "a\x1b]0;x\x07\u009b31m\u202eb\u200b\U000e0041 é 漢 <&>"
	var b bytes.Buffer
	if err := writeJSON(&b, hostile); err != nil {
		t.Fatal(err)
	}
	for _, r := range strings.TrimSuffix(b.String(), "\n") {
		if hidden(r) {
			t.Errorf("%U is on the terminal", r)
		}
	}
	var back string
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || back != hostile {
		t.Errorf("it reads back as %q, %v", back, err)
	}
}

func TestSafe(t *testing.T) {
	if got := safe("a\x1b[31mb\u202ec\n"); got != "a\ufffd[31mb\ufffdc\ufffd" {
		t.Errorf("safe gives %q", got)
	}
}

func TestPortalJSON(t *testing.T) {
	now := time.Date(2026, 11, 2, 14, 0, 0, 500, time.UTC)
	portal := oauth.Portal{
		Alias: "acme", Kind: oauth.KindOAuth, HubID: 62515, Status: oauth.StatusActive,
		ExpiresAt: now.Truncate(time.Second).Add(90 * time.Second), UpdatedAt: now.In(time.FixedZone("x", 3600)),
	}
	var b bytes.Buffer
	if err := writeJSON(&b, portalView(portal, now)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"expires_at":"2026-11-02T14:01:30Z"`, `"ttl_seconds":89`, `"updated_at":"2026-11-02T14:00:00Z"`,
		`"scopes":[]`, `"last_401_at":null`, `"calls_under_120s":0`, `"hub_id":62515`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s lacks %s", b.String(), want)
		}
	}
	portal.Kind, portal.ExpiresAt = oauth.KindPrivateApp, time.Time{}
	if v := portalView(portal, now); v.TTLSeconds != nil || !time.Time(v.ExpiresAt).IsZero() {
		t.Errorf("a static token expires: %+v", v)
	}
}

func TestStatusWords(t *testing.T) {
	now := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	live := func(ttl time.Duration) oauth.Portal {
		return oauth.Portal{
			Kind: oauth.KindOAuth, Status: oauth.StatusActive,
			ExpiresAt: now.Add(ttl), Lifetime: 30 * time.Minute,
		}
	}
	for _, c := range []struct {
		portal     oauth.Portal
		word, life string
	}{
		{live(24*time.Minute + 51*time.Second), "active", "24:51"},
		{live(98 * time.Second), "due", "01:38"},
		{live(-3 * time.Minute), "expired", "expired 3 min ago"},
		{oauth.Portal{Kind: oauth.KindServiceKey, Status: oauth.StatusActive}, "active", "no expiry"},
		{oauth.Portal{Status: oauth.StatusReconnectRequired, StatusReason: "the app was uninstalled"}, "reconnect", "the app was uninstalled"},
	} {
		if word, _ := statusWord(c.portal, now); word != c.word {
			t.Errorf("the word is %q, want %q", word, c.word)
		}
		if life := lifeWords(c.portal, now); life != c.life {
			t.Errorf("the life is %q, want %q", life, c.life)
		}
	}
}
