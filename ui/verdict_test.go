package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
)

// seen is a portal as its panes show it.
func seen(edit func(*oauth.Portal)) scene {
	p := scenario(noon).portals[0]
	edit(&p)
	return scene{theme: darkTheme(), portal: p, now: noon(), zone: time.UTC}
}

// TestVerdictAgreesWithTheEvidence: nothing is called good that the numbers below
// it say is not.
func TestVerdictAgreesWithTheEvidence(t *testing.T) {
	ago := func(d time.Duration) time.Time { return noon().Add(-d) }
	for name, c := range map[string]struct {
		edit        func(*oauth.Portal)
		want, never string
	}{
		"sound":     {func(*oauth.Portal) {}, "the last refresh worked", "failed"},
		"untouched": {func(p *oauth.Portal) { p.Health = oauth.Health{} }, "not had to be refreshed yet", "worked"},
		"one failed": {func(p *oauth.Portal) {
			p.FailCount, p.LastFailure, p.Health.LastFailureAt = 1, oauth.ClassTransient, ago(time.Minute)
		}, "The last refresh failed at 14:31:07: no answer came.", "Nothing is wrong"},
		"two failed": {func(p *oauth.Portal) {
			p.FailCount, p.Health.LastFailureAt, p.NextAttemptAt = 2, ago(time.Minute), noon().Add(time.Minute)
		}, "2 refreshes in a row failed, the last one at 14:31:07. The token it has is good until 14:56:58. The next try is at 14:33:07", "refreshs"},
		"failed and expired":  {func(p *oauth.Portal) { p.FailCount, p.ExpiresAt = 1, ago(time.Minute) }, "The token has expired, and refreshing it does not work", "Nothing is wrong"},
		"failed, not counted": {func(p *oauth.Portal) { p.Health.LastFailureAt = ago(time.Minute) }, "Refreshing does not work at the moment", "Nothing is wrong"},
		"connected again": {func(p *oauth.Portal) {
			p.TokenAt, p.Health = ago(time.Minute), oauth.Health{RefreshFailed: 1, LastFailureAt: ago(time.Hour)}
		}, "connected again after its last failure", "the last refresh worked"},
	} {
		got := strings.Join(strings.Fields(ansi.Strip(strings.Join(newDiagnosePane().lines(seen(c.edit), 120), "\n"))), " ")
		if !strings.Contains(got, c.want) || strings.Contains(got, c.never) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestOverviewRowsFit beside the list at 110 columns, and say what they mean.
func TestOverviewRowsFit(t *testing.T) {
	const width = 48
	for name, c := range map[string]struct {
		edit func(*oauth.Portal)
		want string
	}{
		"counting":  {func(*oauth.Portal) {}, "expires      14:56:58  in 24:51  due 14:54:58"},
		"tomorrow":  {func(p *oauth.Portal) { p.ExpiresAt = noon().Add(10 * time.Hour) }, "expires      00:32:07  in 10h 00m  due 00:30:07"},
		"in days":   {func(p *oauth.Portal) { p.ExpiresAt = noon().Add(72 * time.Hour) }, "expires      25 Nov 14:32  in 72h 00m"},
		"many":      {func(*oauth.Portal) {}, "calls        1,204  0.3 % under 2 min to live"},
		"long over": {func(p *oauth.Portal) { p.ExpiresAt = noon().Add(-19 * 24 * time.Hour) }, "expires      expired 19 d ago  3 Nov 14:32"},
		"broken":    {func(p *oauth.Portal) { p.Status = oauth.StatusReconnectRequired }, "expires      14:56:58  not refreshed any more"},
		"protected": {func(p *oauth.Portal) { p.Protected = true }, "protected    on  unlocked until hsterm is left"},
		"none":      {func(p *oauth.Portal) { p.Health.Calls, p.Health.CallsUnder120 = 4, 0 }, "calls        4  none with under 2 min to live"},
		"some":      {func(p *oauth.Portal) { p.Health.Calls, p.Health.CallsUnder120 = 4, 1 }, "calls        4  25 % with under 2 min to live"},
	} {
		lines := ansi.Strip(strings.Join(newOverviewPane().lines(seen(c.edit), width), "\n"))
		if !strings.Contains(lines+"\n", c.want+"\n") {
			t.Errorf("%s: %q is not in\n%s", name, c.want, lines)
		}
	}
}

// TestADeadStaticTokenNeedsAnother: no key of the screen stores one.
func TestADeadStaticTokenNeedsAnother(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		s.fake.change(func() {
			for i := range s.fake.portals {
				if p := &s.fake.portals[i]; p.Kind != oauth.KindOAuth {
					p.Status, p.StatusReason = oauth.StatusReconnectRequired, "The stored token is no longer valid: it was rotated or deleted in HubSpot."
				}
			}
		})
		s.pass(2 * pollPace)
		s.press("j", "j", "j")
		s.sees("HubSpot does not take this token any more", "rotated or", "hsterm add-token hooli-key")
		s.misses("connected again")
	})
}
