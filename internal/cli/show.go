package cli

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/ui"
)

func newShowCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:               "show PORTAL",
		Short:             "Show everything stored about one portal",
		Example:           "  hsterm show acme\n  hsterm show 62515 --json",
		Args:              arguments("PORTAL"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := p.openQuietly(cmd.Context())
			if err != nil {
				return err
			}
			portal, err := store.Resolve(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if p.flags.json {
				return p.data(portalView(portal, p.now()))
			}
			return p.printPortal(portal)
		},
	}
}

func (p *program) printPortal(portal oauth.Portal) error {
	now := p.now()
	var page sheet
	field := page.add
	word, m := statusWord(portal, now)
	field("portal", portal.Alias)
	page.addAs(m, "status", strings.TrimSpace(word+"  "+portal.StatusReason))
	field("account", joined(hubText(portal), portal.HubDomain, ui.AccountWord(portal.AccountType), portal.Region))
	field("granted by", joined(portal.User, userText(portal)))
	field("app", joined(appText(portal), portal.ClientID))
	field("token", joined(portal.TokenHint, "version "+strconv.FormatInt(portal.Version, 10), portal.TokenType))
	field("expires", expiryText(portal, now))
	page.addList("scopes", portal.Scopes)
	if missing := portal.LacksScopes(); len(missing) > 0 {
		page.addListAs(moodDue, "missing", missing)
		page.add("", "The app asks for more now than was granted: hsterm connect --portal "+portal.Alias)
	}
	field("keep fresh", onOff(portal.KeepFresh))
	field("protected", onOff(portal.Protected))
	field("connected", when(portal.CreatedAt, now))
	field("updated", when(portal.UpdatedAt, now))
	if portal.Expires() {
		h := portal.Health
		field("refreshes", fmt.Sprintf("%d good, %d failed", h.RefreshOK, h.RefreshFailed))
		field("last refresh", when(h.LastRefreshAt, now))
	}
	field("last 401", when(portal.Health.Last401At, now))
	field("calls", callsText(portal.Health))
	field("next try", nextTry(portal, now))
	return p.printSheet(page)
}

// joined puts the parts that are known beside each other.
func joined(parts ...string) string {
	var known []string
	for _, part := range parts {
		if part != "" {
			known = append(known, part)
		}
	}
	return strings.Join(known, "  ")
}

func userText(portal oauth.Portal) string {
	if portal.UserID == 0 {
		return ""
	}
	return "user " + strconv.FormatInt(portal.UserID, 10)
}

func expiryText(portal oauth.Portal, now time.Time) string {
	if !portal.Expires() {
		return "never"
	}
	return portal.ExpiresAt.Local().Format("15:04:05") + "  " + lifeLeft(portal, now)
}

func lifeLeft(portal oauth.Portal, now time.Time) string {
	if ttl := portal.TTL(now); ttl > 0 {
		return "in " + clock(ttl)
	}
	return ago(-portal.TTL(now))
}

func callsText(h oauth.Health) string {
	if h.Calls == 0 {
		return "0"
	}
	return fmt.Sprintf("%d, %.1f %% with less than 120 s to live", h.Calls, 100*float64(h.CallsUnder120)/float64(h.Calls))
}

// nextTry tells of a refresh that is held back.
func nextTry(portal oauth.Portal, now time.Time) string {
	if !portal.NextAttemptAt.After(now) {
		return ""
	}
	return fmt.Sprintf("in %s, after %d failures: %s", clock(portal.NextAttemptAt.Sub(now)), portal.FailCount, cmp.Or(string(portal.LastFailure), "server not reached"))
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
